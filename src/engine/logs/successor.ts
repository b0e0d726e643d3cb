import { waitFor } from '../../base/wait';
import { toEngineError } from '../errors';
import type { WatchedEngine } from '../mirror/containerWatch';
import type { Container } from '../objects/containers/row';

/** The container that takes the place of a removed one of a Compose project, once it is there. */
export async function successor(
  { mirror }: WatchedEngine,
  before: Container,
  signal: AbortSignal,
): Promise<Container | undefined> {
  if (!before.compose?.service || before.compose.oneOff) return undefined;
  const find = (): Container | undefined =>
    mirror
      .list('container')
      .filter(row => succeeds(row, before))
      .reduce<Container | undefined>(
        (newest, row) => (newest && newest.created > row.created ? newest : row),
        undefined,
      );
  return waitFor(mirror.onDidChangeRows('container'), find, signal).catch((error: unknown) => {
    throw toEngineError(error, signal);
  });
}

/** Numbers tell apart the containers of a service; one that was there before, under the same labels, replaces nothing. */
function succeeds(row: Container, before: Container): boolean {
  const [after, place] = [row.compose, before.compose];
  if (!after || !place || after.oneOff || row.id === before.id || row.created < before.created) return false;
  return after.project === place.project && after.service === place.service && after.number === place.number;
}
