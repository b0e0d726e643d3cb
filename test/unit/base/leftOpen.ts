import { getEventListeners } from 'node:events';

/** How many wait for a signal's abort. */
export function listeners(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

/** The timers of this process; mocha's own for the test comes a moment after its begin. */
export async function timers(): Promise<number> {
  await new Promise(resolve => setImmediate(resolve));
  return process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;
}
