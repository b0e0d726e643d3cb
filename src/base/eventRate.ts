/** How many events come in a second: each is counted when it comes, and fades within about a second. */
export class EventRate {
  #value = 0;
  #at = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Events per second, by those of the last second or so. */
  get value(): number {
    return this.#value * Math.exp((this.#at - this.now()) / 1000);
  }

  add(): void {
    this.#value = this.value + 1;
    this.#at = this.now();
  }
}
