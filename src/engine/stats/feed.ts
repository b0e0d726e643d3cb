import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { Backoff } from '../../base/retry';
import type { Engine } from '../connection/engine';
import { type EngineError, isEngineError, toEngineError } from '../errors';
import type { WatchedEngine } from '../mirror/containerWatch';
import { stats, type StatsSample } from './stats';

/** News of a container's figures. */
export interface StatsUpdate {
  /** Whether the samples replace all earlier ones; otherwise they come after them. */
  reset: boolean;
  samples: readonly StatsSample[];
  /** Why the engine sends no figures though the container runs. The engine is asked again from time to time. */
  failure: EngineError | undefined;
  /** Whether the last sample is out of date: its stream has ended, and no other one has brought a sample yet. */
  ended: boolean;
}

/** All in milliseconds. */
export interface StatsTimes {
  history: number;
  /** How long a stream stays open without a listener, so that leaving and returning does not open another one. */
  linger: number;
  firstRetry: number;
  lastRetry: number;
}

/** More samples than come in the time of the history, unless an engine sends far too many. */
const maxSamples = 1_200;

/**
 * The figures of one container: one stream, open while there is a listener and the container runs, and its last samples.
 */
export class StatsFeed implements Disposable {
  readonly #updates = new Emitter<StatsUpdate>();
  readonly #backoff: Backoff;
  #watchers = 0;
  #history: StatsSample[] = [];
  #failure: EngineError | undefined;
  #ended = true;
  #stream: AbortController | undefined;
  #lingering: NodeJS.Timeout | undefined;
  #retrying: NodeJS.Timeout | undefined;
  #disposed = false;

  /** @param onIdle called when there has been no listener for a while */
  constructor(
    private readonly id: string,
    private readonly followed: WatchedEngine,
    private readonly times: StatsTimes,
    private readonly onIdle: () => void,
  ) {
    this.#backoff = new Backoff(times.firstRetry, times.lastRetry);
  }

  /** Calls the listener at once with what is known, and then with each update. */
  watch(listener: (update: StatsUpdate) => void): Disposable {
    clearTimeout(this.#lingering);
    this.#watchers++;
    const subscription = this.#updates.event(listener);
    let isListening = true;
    listener({ reset: true, samples: [...this.#history], failure: this.#failure, ended: this.#ended });
    this.adjust();
    return {
      dispose: () => {
        if (!isListening) return;
        isListening = false;
        subscription.dispose();
        this.#watchers--;
        if (this.#watchers === 0 && !this.#disposed) this.#linger();
      },
    };
  }

  /** Opens or ends the stream. Call it when the container's state or the connection has changed. */
  adjust(): void {
    const engine = this.#source;
    if (!engine) this.#end();
    else if (!this.#stream && !this.#retrying) void this.#read(engine);
  }

  /** Like `adjust`, but without a pause after an earlier failure, as the next attempt may succeed. */
  retryNow(): void {
    this.#backoff.reset();
    this.#stopRetrying();
    this.adjust();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#lingering);
    this.#end();
    this.#updates.dispose();
  }

  #linger(): void {
    this.#lingering = setTimeout(() => this.onIdle(), this.times.linger);
  }

  /** The engine to read from; undefined while no stream is to be open. */
  get #source(): Engine | undefined {
    if (this.#disposed) return undefined;
    const state = this.followed.mirror.get('container', this.id)?.state;
    return state === 'running' || state === 'paused' ? this.followed.connection.engine : undefined;
  }

  #end(): void {
    this.#stopRetrying();
    if (!this.#stream) return;
    this.#stream.abort();
    this.#stream = undefined;
    this.#fireEnd();
  }

  #stopRetrying(): void {
    clearTimeout(this.#retrying);
    this.#retrying = undefined;
  }

  async #read(engine: Engine): Promise<void> {
    const stream = new AbortController();
    this.#stream = stream;
    try {
      await stats(engine, this.id, { signal: stream.signal, onSample: sample => this.#take(sample) });
    } catch (error) {
      if (!stream.signal.aborted) this.#failure = failureOf(toEngineError(error)) ?? this.#failure;
    }
    if (this.#stream !== stream) return;
    this.#stream = undefined;
    this.#fireEnd();
    if (this.#source) this.#retryLater();
  }

  #retryLater(): void {
    this.#retrying = setTimeout(() => {
      this.#retrying = undefined;
      this.adjust();
    }, this.#backoff.next());
  }

  /** If the engine's clock was set back, the history begins again. */
  #take(sample: StatsSample): void {
    const last = this.#history.at(-1);
    const reset = last !== undefined && sample.time < last.time;
    if (reset) this.#history = [];
    this.#history.push(sample);
    this.#forget(sample.time - this.times.history);
    this.#failure = undefined;
    this.#ended = false;
    this.#backoff.reset();
    this.#updates.fire({ reset, samples: [sample], failure: undefined, ended: false });
  }

  #forget(before: number): void {
    const old = this.#history.findIndex(({ time }) => time >= before);
    const surplus = Math.max(old, this.#history.length - maxSamples);
    if (surplus > 0) this.#history.splice(0, surplus);
  }

  #fireEnd(): void {
    this.#ended = true;
    this.#updates.fire({ reset: false, samples: [], failure: this.#failure, ended: true });
  }
}

/** Leaves out what others tell already: the connection that it was lost, the mirror that the container ended. */
function failureOf(error: EngineError): EngineError | undefined {
  return isEngineError(error, 'unreachable', 'canceled', 'notFound', 'conflict') ? undefined : error;
}
