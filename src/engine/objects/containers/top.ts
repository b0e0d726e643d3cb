import { list, record, texts } from '../../../base/read';
import type { CallOptions, Engine } from '../../connection/engine';
import { EngineError } from '../../errors';

/** The processes of a container as `ps` tells them. Every row has as many cells as there are titles. */
export interface ProcessTable {
  titles: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface TopOptions extends CallOptions {
  /** What `ps` is to be called with, e.g. `aux`; the engine's own choice when not given. */
  psArgs?: string | undefined;
}

/**
 * `GET /containers/{id}/top`. Docker Engine tells the host's process ids, Podman the container's own. Fails with an
 * EngineError: conflict when the container does not run.
 */
export async function top(engine: Engine, id: string, options: TopOptions = {}): Promise<ProcessTable> {
  const { psArgs, signal } = options;
  const path = `/containers/${encodeURIComponent(id)}/top`;
  // By its Docker-compatible way Podman runs the container's own `ps`, which it may lack, and does not part the columns.
  const native = engine.identity.flavour === 'podman' && psArgs === undefined;
  const query = { ps_args: psArgs };
  const answer = await engine.client.read({ path: native ? `/libpod${path}` : path, query, signal });
  if (answer === undefined) throw new EngineError('conflict', { code: 'containerNotRunning' });
  return processTable(answer);
}

/** Undivided lines are divided where the titles are: the last column takes what is left. */
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
