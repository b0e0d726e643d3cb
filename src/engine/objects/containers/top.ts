import { list, record, texts } from '../../../base/read';
import type { CallOptions, Engine } from '../../connection/engine';
import { EngineError } from '../../errors';
import { containerPath } from './path';

/** The processes of a container as `ps` lists them. Every row has as many cells as there are titles. */
export interface ProcessTable {
  titles: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface TopOptions extends CallOptions {
  /** The arguments of `ps`, e.g. `aux`; the engine chooses when not given. */
  psArgs?: string | undefined;
}

/**
 * `GET /containers/{id}/top`. Docker Engine gives the host's process ids, Podman the container's own. Fails with an
 * EngineError of the kind conflict when the container does not run.
 */
export async function top(engine: Engine, id: string, options: TopOptions = {}): Promise<ProcessTable> {
  const { psArgs, signal } = options;
  const path = containerPath(id, 'top');
  // Podman's Docker-compatible API runs the container's own `ps`, which may be missing, and does not split the columns.
  const native = engine.identity.flavour === 'podman' && psArgs === undefined;
  const query = { ps_args: psArgs };
  const answer = await engine.client.read({ path: native ? `/libpod${path}` : path, query, signal });
  if (answer === undefined) throw new EngineError('conflict', { code: 'containerNotRunning' });
  return processTable(answer);
}

/** Lines that are not split into columns are split at white space; the last column takes the rest. */
export function processTable(answer: unknown): ProcessTable {
  const { Titles, Processes } = record(answer);
  const titles = wordsOf(texts(Titles));
  const undivided = titles.length > texts(Titles).length;
  return {
    titles,
    rows: list(Processes).map(row => {
      const cells = undivided ? wordsOf(texts(row)) : texts(row);
      const last = titles.length - 1;
      return titles.map((_, column) => (column < last ? (cells[column] ?? '') : cells.slice(last).join(' ')));
    }),
  };
}

function wordsOf(lines: readonly string[]): string[] {
  return lines.flatMap(line => line.split(/\s+/).filter(Boolean));
}
