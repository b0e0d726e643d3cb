import { delay } from '../base/async';
import type { Engine } from './connection';
import { remembersEvents } from './events';

/** What is still on its way by the stream is not missing, in milliseconds. */
const graceMs = 2_000;

/**
 * Notices an event stream that stays open and brings nothing any more, while the engine answers all else: a relay in
 * between may lose one connection and keep the others. After a silence the engine is asked, once, for what it remembers.
 */
export class Pulse {
  #last = { at: 0, heard: 0 };

  /** @param silence what nobody wonders at, in milliseconds; the next question comes after as long again, or twice */
  constructor(
    private readonly engine: Engine,
    private readonly silence: number,
    private readonly isWatched: () => boolean,
  ) {}

  /** @param at when the stream was alive, by the engine's clock, in milliseconds */
  beat(at: number): void {
    this.#last = { at: Math.max(at, this.#last.at), heard: performance.now() };
  }

  /** Resolves when the engine remembers an event that the stream has not brought; rejects when the signal is aborted. */
  async untilMissed(signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(this.silence * (1 + Math.random()), signal);
      const { at, heard } = this.#last;
      const silent = performance.now() - heard;
      if (silent < this.silence || !this.isWatched()) continue;
      const since = { since: at, until: at + silent - graceMs };
      // A question that fails says nothing of the stream: what is wrong with the engine itself, the ping notices.
      const missed = await remembersEvents(this.engine, since, signal).catch(() => false);
      if (missed && this.#last.at === at) return;
    }
  }
}
