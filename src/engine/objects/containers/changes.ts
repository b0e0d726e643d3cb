import { records, text } from '../../../base/read';
import type { CallOptions, Engine } from '../../connection/engine';
import { isEngineError } from '../../errors';
import { inspect } from './operations';
import { containerPath } from './path';

/** What happened to a path since the container was created from its image. */
export interface PathChange {
  kind: 'added' | 'changed' | 'deleted';
  path: string;
}

/** In the order of the engine's numbers for them. */
const kinds: readonly PathChange['kind'][] = ['changed', 'added', 'deleted'];

/** `GET /containers/{id}/changes`, in the order of the paths: what `docker diff` prints. */
export async function changes(engine: Engine, id: string, options: CallOptions = {}): Promise<PathChange[]> {
  const { signal } = options;
  try {
    return pathChanges(await engine.client.read({ path: containerPath(id, 'changes'), signal }));
  } catch (error) {
    if (isEngineError(error, 'failed')) await inspect(engine, id, { signal }); // So Podman fails when there is no such container.
    throw error;
  }
}

/** The engine answers null when nothing changed. Entries of an unknown kind or without a path are left out. */
export function pathChanges(answer: unknown): PathChange[] {
  return records(answer)
    .flatMap(({ Kind, Path }) => {
      const kind = typeof Kind === 'number' ? kinds[Kind] : undefined;
      return kind && text(Path) ? [{ kind, path: text(Path) }] : [];
    })
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
