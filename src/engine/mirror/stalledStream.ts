import type { Engine } from '../connection/engine';
import { type EventSource, remembersEvents } from '../connection/events';

/** An event that happened so lately may still be on its way by the stream, in milliseconds. */
const graceMs = 2_000;

/** Engines are asked about whole seconds. */
const secondMs = 1_000;

export interface StalledStreamOptions {
  /** The events that the stream brings. */
  sources: readonly EventSource[];
  /** How long a stream may be silent before the engine is asked, and asked again, in milliseconds. */
  silence: number;
}

/**
 * Notices an event stream that stays open but brings nothing any more, while the engine answers all else: a relay in
 * between may lose one connection and keep the others. It asks the engine for the events that it remembers: once when
 * this client has changed something and no event came since, and in any case after a long silence.
 */
export class StalledStreamDetector {
  #last = { at: 0, heard: -Infinity };
  #asked = -Infinity;

  constructor(
    private readonly engine: Engine,
    private readonly options: StalledStreamOptions,
  ) {}

  /** @param at the time until which the stream has brought everything, by the engine's clock, in milliseconds */
  sawStream(at: number): void {
    this.#last = { at: Math.max(at, this.#last.at), heard: performance.now() };
  }

  /** Whether the engine remembers an event that the stream has not brought. Asks only when that is likely, or due. */
  async hasMissed(signal: AbortSignal): Promise<boolean> {
    const now = performance.now();
    const { at, heard } = this.#last;
    if (!this.#isDue(now)) return false;
    this.#asked = now;
    const past = { since: at, until: at + now - heard - graceMs };
    // A question that fails says nothing about the stream: the ping notices what is wrong with the engine itself.
    const missed = await remembersEvents(this.engine, this.options.sources, past, signal).catch(() => false);
    return missed && this.#last.at === at;
  }

  #isDue(now: number): boolean {
    const { changedAt } = this.engine.client;
    const known = Math.max(this.#last.heard, this.#asked);
    return (changedAt > known && now - changedAt > graceMs + secondMs) || now - known > this.options.silence;
  }
}
