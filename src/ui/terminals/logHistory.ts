/** The last things of a log, by number and size, so that memory stays bounded however long it is followed. */
export class LogHistory<T extends { text: string }> {
  #items: T[] = [];
  #head = 0;
  #characters = 0;
  /** How many were let go. */
  dropped = 0;

  constructor(
    private readonly maxItems: number,
    private readonly maxCharacters = 4 * 1024 * 1024,
  ) {}

  get length(): number {
    return this.#items.length - this.#head;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#characters += item.text.length;
    while (this.length > this.maxItems || (this.#characters > this.maxCharacters && this.length > 1)) {
      this.#characters -= this.#items[this.#head++]?.text.length ?? 0;
      this.dropped++;
    }
    if (this.#head <= this.maxItems) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }

  /** Counted from the oldest; negative indices from the end. */
  slice(from?: number, to?: number): T[] {
    const live = this.#items.slice(this.#head);
    return live.slice(from, to);
  }

  /** The last `count`, without a copy of the others. */
  last(count: number): T[] {
    return this.#items.slice(Math.max(this.#head, this.#items.length - count));
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
    this.#characters = 0;
    this.dropped = 0;
  }
}
