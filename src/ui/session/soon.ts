import { Batcher } from '../../base/schedule';

/** Too short to be seen, and long enough for what comes together, as state and rows do. */
const soonMs = 30;

/**
 * Shows once what has changed together. When an engine is connected, this leaves its lists the first word: what they need
 * is asked for before anything is drawn.
 */
export function soon(show: () => void): Batcher {
  return new Batcher(soonMs, show);
}
