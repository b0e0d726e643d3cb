import type { Disposable } from '../../../base/disposable';

/** A tab as long as it is shown. */
export interface Showing extends Disposable {
  /** Something happened that may change what it shows. */
  update(): void;
}

/** A tab that is read when it may differ, once more when that happens meanwhile, and by itself if need be. */
export class ReadTab implements Showing {
  readonly #abort = new AbortController();
  #reading = false;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param read reads and shows it, and says after how many milliseconds to do so again without being told */
  constructor(private readonly read: (signal: AbortSignal) => Promise<number | undefined>) {}

  update(): void {
    this.#again = true;
    if (!this.#reading) void this.#readAll();
  }

  dispose(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  async #readAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#reading = true;
    let next: number | undefined;
    while (this.#again && !this.#abort.signal.aborted) {
      this.#again = false;
      next = await this.read(this.#abort.signal);
    }
    this.#reading = false;
    if (next !== undefined && !this.#abort.signal.aborted) this.#timer = setTimeout(() => this.update(), next);
  }
}
