import { records, text } from '../../../base/read';
import type { CallOptions, Engine } from '../../connection/engine';
import { isEngineError } from '../../errors';
import { inspect } from './operations';
import { containerPath } from './path';

/** What became of a path since the container was made of its image. */
export interface PathChange {
  kind: 'added' | 'changed' | 'deleted';
  path: string;
}

/** By the engine's numbers. */
const kinds: readonly PathChange['kind'][] = ['changed', 'added', 'deleted'];

/** `GET /containers/{id}/changes`, in the order of the paths: what `docker diff` prints. */
export async function changes(engine: Engine, id: string, options: CallOptions = {}): Promise<PathChange[]> {
  const { signal } = options;
  try {
    return pathChanges(await engine.client.read({ path: containerPath(id, 'changes'), signal }));
  } catch (error) {
    if (isEngineError(error, 'failed')) await inspect(engine, id, { signal }); // Podman fails so when it is gone.
    throw error;
  }
}

/** No changes come as null; what is of no known kind, or has no path, is passed over. */
export function pathChanges(answer: unknown): PathChange[] {
  return records(answer)
    .flatMap(({ Kind, Path }) => {
      const kind = typeof Kind === 'number' ? kinds[Kind] : undefined;
      return kind && text(Path) ? [{ kind, path: text(Path) }] : [];
    })
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
