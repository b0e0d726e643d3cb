import { Batcher } from '../../base/schedule';

/** Too short to be seen, and long enough for changes that come together, as those of state and rows do. */
const windowMs = 30;

/**
 * Draws once for all changes of a moment. It also lets a newly connected engine be asked for its lists before anything
 * is drawn.
 */
export function coalesced(draw: () => void): Batcher {
  return new Batcher(windowMs, draw);
}
