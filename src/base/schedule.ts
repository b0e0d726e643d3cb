import type { Disposable } from './disposable';

/**
 * Runs `work` after `trigger`, and at most every `ms` milliseconds: at once when the last run began longer ago, else as
 * soon as `ms` have passed. Unlike a debounce, it is not postponed by a steady stream of triggers.
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

/** Runs `work` once, `ms` milliseconds after the first trigger, for all triggers until then. */
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

/** Does work for one value at a time. Of the values that come while it is busy, only the latest is kept. */
export class LatestOnly<T> {
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

/** Does one piece of work after the other, in the order in which they were given. */
export class Sequencer {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
