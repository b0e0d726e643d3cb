import { delay } from './abort';

/** Jittered exponential back-off: each delay is 50 to 150 % of a step that doubles from `min` to `max` milliseconds. */
export class Backoff {
  #step: number;

  constructor(
    private readonly min: number,
    private readonly max: number,
    private readonly random: () => number = Math.random,
  ) {
    this.#step = min;
  }

  next(): number {
    const delay = Math.min(this.max, this.#step * (0.5 + this.random()));
    this.#step = Math.min(this.max, this.#step * 2);
    return delay;
  }

  reset(): void {
    this.#step = this.min;
  }
}

/**
 * Does work, and does it again after each of the pauses (milliseconds, 50 to 150 % of them) while it fails in a way that
 * may pass. Rejects with the last failure, or with the signal's reason.
 */
export async function retry<T>(
  work: () => Promise<T>,
  options: { pauses: readonly number[]; mayPass: (error: unknown) => boolean; signal?: AbortSignal | undefined },
): Promise<T> {
  const { pauses, mayPass, signal } = options;
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted || !mayPass(error)) throw error;
      await delay(pause * (0.5 + Math.random()), signal);
    }
  }
  return work();
}
