import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { Backoff } from '../../base/retry';
import type { Engine } from '../connection/engine';
import { type EngineError, isEngineError, toEngineError } from '../errors';
import type { WatchedEngine } from '../mirror/containerWatch';
import { stats, type StatsSample } from './stats';

/** What is told of a container's figures. */
export interface StatsUpdate {
  /** Whether the samples take the place of all that were told before; otherwise they come after them. */
  reset: boolean;
  samples: readonly StatsSample[];
  /** Why the engine gives no figures though the container runs. Asked again from time to time; samples take it back. */
  failure: EngineError | undefined;
  /** Whether what was told last is not of now: its stream has ended, and no other one has given a sample yet. */
  ended: boolean;
}

/** All in milliseconds. */
export interface StatsTimes {
  history: number;
  /** How long a stream outlives the last who looked: looking away and back does not open another. */
  linger: number;
  firstRetry: number;
  lastRetry: number;
}

/** More samples than come in the time of the history, unless an engine floods. */
const maxSamples = 1_200;

/** The figures of one container: one stream, open while somebody looks and the container runs, and what it told lately. */
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

  /** @param onIdle called when nobody has looked for a while */
  constructor(
    private readonly id: string,
    private readonly followed: WatchedEngine,
    private readonly times: StatsTimes,
    private readonly onIdle: () => void,
  ) {
    this.#backoff = new Backoff(times.firstRetry, times.lastRetry);
  }

  /** The listener hears at once what is known, and then what comes. */
  watch(listener: (update: StatsUpdate) => void): Disposable {
    clearTimeout(this.#lingering);
    this.#watchers++;
    const subscription = this.#updates.event(listener);
    let looks = true;
    listener({ reset: true, samples: [...this.#history], failure: this.#failure, ended: this.#ended });
    this.adjust();
    return {
      dispose: () => {
        if (!looks) return;
        looks = false;
        subscription.dispose();
        if (--this.#watchers === 0 && !this.#disposed)
          this.#lingering = setTimeout(() => this.onIdle(), this.times.linger);
      },
    };
  }

  /** Opens or ends the stream, after the container's state or the connection has changed. */
  adjust(): void {
    const engine = this.#wantedOn;
    if (!engine) this.#end();
    else if (!this.#stream && !this.#retrying) void this.#read(engine);
  }

  /** Like adjust, and what failed before may succeed now. */
  startAnew(): void {
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

  get #wantedOn(): Engine | undefined {
    if (this.#disposed) return undefined;
    const state = this.followed.mirror.get('container', this.id)?.state;
    return state === 'running' || state === 'paused' ? this.followed.connection.engine : undefined;
  }

  #end(): void {
    this.#stopRetrying();
    if (!this.#stream) return;
    this.#stream.abort();
    this.#stream = undefined;
    this.#tellEnd();
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
    this.#tellEnd();
    if (this.#wantedOn) this.#retryLater();
  }

  #retryLater(): void {
    this.#retrying = setTimeout(() => {
      this.#retrying = undefined;
      this.adjust();
    }, this.#backoff.next());
  }

  /** An engine whose clock was set back begins another history. */
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

  #tellEnd(): void {
    this.#ended = true;
    this.#updates.fire({ reset: false, samples: [], failure: this.#failure, ended: true });
  }
}

/** A lost connection is told by the connection, and the end or removal of the container by the mirror. */
function failureOf(error: EngineError): EngineError | undefined {
  return isEngineError(error, 'unreachable', 'canceled', 'notFound', 'conflict') ? undefined : error;
}
