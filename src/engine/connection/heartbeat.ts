import { aborted, DeadlineError, delay, first, withDeadline } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { waitFor } from '../../base/wait';
import type { EngineClient } from '../client/client';
import { EngineError, toEngineError } from '../errors';
import { beat, type EngineIdentity, identify, persistently, ping } from './identity';

/** All in milliseconds. */
export interface HeartbeatTimes {
  /** How long a ping may take: an engine that restores containers accepts connections and answers seconds later. */
  pingDeadline: number;
  pingEvery: number;
  /** How long to wait for an engine that hangs, before it is connected anew. */
  patience: number;
  /** When a pause lasts longer than it should by this much, the machine slept. */
  sleep: number;
}

/** An engine that hung answers old and new connections within this time of each other, in milliseconds. */
const outlivedMs = 500;

/** What a heartbeat calls. */
export interface HeartbeatListener {
  onAnswer(): void;
  /** No answer came in time; one may still come. */
  onSilence(error: EngineError): void;
  /** The ping failed, or no answer came within the patience. The listener aborts `over`. */
  onLost(error: EngineError): void;
  /**
   * The machine slept, or this process was stopped: connections may be dead without a sign, and events may be missing.
   */
  onSleep(): void;
}

/** Pings an engine while somebody watches, which notices an engine that keeps its sockets open and silent. */
export class Heartbeat {
  #watchers = 0;
  readonly #watchStarted = new Emitter<void>();
  /** How long the last answer took, in milliseconds. */
  #took = 0;

  constructor(
    private readonly times: HeartbeatTimes,
    private readonly now: () => number,
  ) {}

  get watched(): boolean {
    return this.#watchers > 0;
  }

  watch(): Disposable {
    this.#watchers++;
    this.#watchStarted.fire();
    let ended = false;
    return {
      dispose: () => {
        if (ended) return;
        ended = true;
        this.#watchers--;
      },
    };
  }

  /** Measures how long an answer takes. */
  async timed<T>(ask: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const answer = await ask();
    this.#took = performance.now() - begun;
    return answer;
  }

  /** Pings every few seconds while somebody watches, until `over` is aborted. */
  async keep(client: EngineClient, over: AbortSignal, listener: HeartbeatListener): Promise<void> {
    const isOver = (): boolean => over.aborted;
    while (!isOver()) {
      try {
        if ((await this.#pauseSlept(over)) && !isOver()) listener.onSleep();
        await waitFor(this.#watchStarted.event, () => this.watched || undefined, over);
        await this.#check(client, over, listener);
      } catch (error) {
        if (!isOver()) listener.onLost(toEngineError(error));
      }
    }
  }

  /** Asks at once who the engine is. Fails when it does not answer in time. */
  check(client: EngineClient, over: AbortSignal): Promise<EngineIdentity> {
    const outlived = async (signal: AbortSignal): Promise<never> => {
      await delay(outlivedMs, signal);
      return untilOutlived(client, signal);
    };
    const ask = (signal: AbortSignal): Promise<EngineIdentity> =>
      first(signal, [signal => identify(client, signal), outlived]);
    const answer = (signal: AbortSignal): Promise<EngineIdentity> => persistently(() => ask(signal), signal);
    return this.timed(() => withDeadline(this.#deadline, over, answer));
  }

  /** Waits until the next ping is due. Gives whether the machine slept meanwhile. */
  async #pauseSlept(over: AbortSignal): Promise<boolean> {
    const { pingEvery, pingDeadline, sleep } = this.times;
    const wait = pingEvery + pingDeadline - this.#deadline;
    const begun = this.now();
    await delay(wait, over).catch(() => undefined);
    return this.now() - begun - wait > sleep;
  }

  /**
   * A slow engine gets more time, so that it is not called hung. It is asked earlier, so that its end shows as soon.
   */
  get #deadline(): number {
    const { pingDeadline } = this.times;
    return Math.min(Math.max(pingDeadline, 1.5 * this.#took), 2 * pingDeadline);
  }

  async #check(client: EngineClient, over: AbortSignal, listener: HeartbeatListener): Promise<void> {
    const deadline = this.#deadline;
    const silence = async (signal: AbortSignal): Promise<never> => {
      await delay(deadline, signal);
      listener.onSilence(toEngineError(new DeadlineError(deadline)));
      return untilOutlived(client, signal);
    };
    const answer = (signal: AbortSignal): Promise<unknown> => first(signal, [signal => beat(client, signal), silence]);
    await this.timed(() => withDeadline(this.times.patience, over, answer));
    if (!over.aborted) listener.onAnswer();
  }
}

/**
 * Rejects when a new connection is answered and, a little later, the kept one is still not. Then the connections that
 * were made before are dead without a sign, as after a change of the network. An engine that hung answers both at once.
 */
async function untilOutlived(client: EngineClient, signal: AbortSignal): Promise<never> {
  await ping(client, signal).catch(() => aborted(signal));
  await delay(outlivedMs, signal);
  throw new EngineError('unreachable', { code: 'onlyNewConnectionsAnswered' });
}
