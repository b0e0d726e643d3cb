/** Pseudo-random numbers that a seed determines (mulberry32). */
export class Random {
  #state: number;

  constructor(readonly seed: number = Math.floor(Math.random() * 2 ** 32)) {
    this.#state = seed;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from 0 to below the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }
}

/** The seed that `QUAYSIDE_SEED` names, to run one sequence again; else a new one. Printed, so that it can be. */
export function announcedSeed(): number {
  const named = process.env['QUAYSIDE_SEED'];
  const seed = named ? Number(named) : Math.floor(Math.random() * 2 ** 32);
  console.log(`      seed ${seed} (QUAYSIDE_SEED=${seed} runs it again)`);
  return seed;
}
