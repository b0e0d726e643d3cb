import { setTimeout as delay } from 'node:timers/promises';

export interface UntilOptions {
  /** Milliseconds until it fails. */
  timeout?: number;
  /** Milliseconds between two looks. */
  interval?: number;
}

type Truthy<T> = Exclude<T, undefined | null | false | 0 | ''>;

/** Looks until the condition gives something, and returns that. Fails with `what` when it takes too long. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  options: UntilOptions = {},
): Promise<Truthy<T>> {
  const { timeout = 5_000, interval = 20 } = options;
  const end = performance.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    if (performance.now() > end) throw new Error(`Waited ${timeout} ms in vain until ${what}`);
    await delay(interval);
  }
}
