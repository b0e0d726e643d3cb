import assert from 'node:assert/strict';
import { api, until } from '../setup';
import type { SeenTerminal } from './terminals';

/** What runs in a container besides its main process, by command line. */
export async function others(id: string): Promise<string[]> {
  const { Processes } = (await api('GET', `/containers/${id}/top?ps_args=-eo%20pid,args`)) as { Processes: string[][] };
  return Processes.map(([, command = '']) => command).filter(command => command !== 'sleep 1000000');
}

/** Waits until nothing but its main process runs in a container. */
export const untilAlone = (id: string): Promise<unknown> =>
  until(`nothing else runs in ${id}`, async () => (await others(id)).length === 0);

/** The one terminal that was opened; fails when there are more or none. */
export function only(opened: readonly SeenTerminal[]): SeenTerminal {
  const [terminal, second] = opened;
  assert(terminal && !second, `${opened.length} terminals were opened`);
  return terminal;
}
