import { Throttle } from '../../base/schedule';

/**
 * VS Code waits 200 ms after each change event that follows another within that time, so a steady quick stream of them
 * would never be drawn. Changes that are further apart are each drawn at once. The margin is for timers of a busy host,
 * which count from the begin of the task that set them.
 */
const paceMs = 220;

/** Calls `draw` for what changed, at once or as soon as VS Code draws without waiting. */
export function paced(draw: () => void): Throttle {
  return new Throttle(paceMs, draw);
}
