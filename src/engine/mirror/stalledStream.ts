import type { Engine } from '../connection/engine';
import { remembersEvents } from '../connection/events';

/** What is still on its way by the stream is not missing, in milliseconds. */
const graceMs = 2_000;

/** Engines are asked about whole seconds. */
const secondMs = 1_000;

/**
 * Notices an event stream that stays open and brings nothing any more, while the engine answers all else: a relay in
 * between may lose one connection and keep the others. The engine is asked, once, for what it remembers: when something
 * was changed through this client and no event came since, and in any case after a long silence.
 */
export class Pulse {
  #last = { at: 0, heard: -Infinity };
  #asked = -Infinity;

  /** @param silence what nobody wonders at, in milliseconds; the next question comes after as long again */
  constructor(
    private readonly engine: Engine,
    private readonly silence: number,
  ) {}

  /** @param at when the stream was alive, by the engine's clock, in milliseconds */
  beat(at: number): void {
    this.#last = { at: Math.max(at, this.#last.at), heard: performance.now() };
  }

  /** Whether the engine remembers an event that the stream has not brought. Asks only when that is likely, or due. */
  async hasMissed(signal: AbortSignal): Promise<boolean> {
    const now = performance.now();
    const { at, heard } = this.#last;
    if (!this.#isDue(now)) return false;
    this.#asked = now;
    // A question that fails says nothing of the stream: what is wrong with the engine itself, the ping notices.
    const past = { since: at, until: at + now - heard - graceMs };
    const missed = await remembersEvents(this.engine, past, signal).catch(() => false);
    return missed && this.#last.at === at;
  }

  #isDue(now: number): boolean {
    const { changedAt } = this.engine.client;
    const known = Math.max(this.#last.heard, this.#asked);
    return (changedAt > known && now - changedAt > graceMs + secondMs) || now - known > this.silence;
  }
}
