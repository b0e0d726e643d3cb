import type { Disposable } from '../../../base/disposable';

/** A tab while it is shown. */
export interface Showing extends Disposable {
  /** Something happened that may change what it shows. */
  update(): void;
}

/** Reads a tab when it may have changed, again if that happens while it reads, and after a time if it asks for that. */
export class ReadTab implements Showing {
  readonly #abort = new AbortController();
  #reading = false;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param read reads and shows the tab; returns after how many milliseconds to do so again, if at all */
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
