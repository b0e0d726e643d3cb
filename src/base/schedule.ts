import { delay } from './abort';
import type { Disposable } from './disposable';

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
 * Tries work again while its failure is one that may pass: once after each of the pauses (milliseconds, jittered by half).
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

/**
 * Runs `work` for what `trigger` asks: at once when it was quiet for `ms`, else `ms` after the last run began. Unlike a
 * debounce, a steady stream of triggers never postpones it.
 */
export class Throttle implements Disposable {
  #last = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ms: number,
    private readonly work: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  trigger(): void {
    if (this.#timer) return;
    const wait = this.#last + this.ms - this.now();
    if (wait <= 0) this.#run();
    else this.#timer = setTimeout(() => this.#run(), wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer = undefined;
    this.#last = this.now();
    this.work();
  }
}

/** Runs `work` once for all triggers of `ms` milliseconds, at their end; a steady stream of them never postpones it. */
export class Batcher implements Disposable {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ms: number,
    private readonly work: () => void,
  ) {}

  trigger(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.work();
    }, this.ms);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Does work for values that may come faster than it is done: one after the other, and of those that wait the newest only. */
export class Newest<T> {
  #waiting: { value: T } | undefined;
  #busy = false;

  /** @param work never rejects. */
  constructor(private readonly work: (value: T) => Promise<void>) {}

  offer(value: T): void {
    this.#waiting = { value };
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const { value } = this.#waiting;
      this.#waiting = undefined;
      await this.work(value);
    }
    this.#busy = false;
  }
}

/** Lets one work be done after the other, in the order in which it was asked for. */
export class Sequencer {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** How much happened lately: what is added fades within about a second, so a steady stream's value is its rate a second. */
export class Load {
  #value = 0;
  #at = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get value(): number {
    return this.#value * Math.exp((this.#at - this.now()) / 1000);
  }

  add(): void {
    this.#value = this.value + 1;
    this.#at = this.now();
  }
}

/** Runs an action for each item, at most `limit` at a time, and returns the outcomes in the items' order. */
export async function settleAll<T, R>(
  items: readonly T[],
  limit: number,
  action: (item: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = [];
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) {
      results[index] = await action(item).then(
        value => ({ status: 'fulfilled', value }),
        (reason: unknown) => ({ status: 'rejected', reason }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
