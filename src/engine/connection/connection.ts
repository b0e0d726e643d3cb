import { isDeepStrictEqual } from 'node:util';
import { aborted, LinkedAbort, withDeadline } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { EngineClient } from '../client/client';
import type { RequestRecord } from '../client/request';
import type { Endpoint } from '../endpoints/endpoint';
import { EngineError, isEngineError, toEngineError } from '../errors';
import { SshMemory, type SshOptions } from '../transport/ssh';
import { openTransport, type Transport } from '../transport/transport';
import { type Attempt, reasonOf, type UnreachableReason, unreadableEndpoint } from './attempts';
import type { Engine } from './engine';
import { Heartbeat, type HeartbeatTimes } from './heartbeat';
import { identify } from './identity';
import { Retries, type RetryTimes } from './retries';

export type { Attempt, UnreachableReason } from './attempts';

export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'connected'; engine: Engine }
  | { kind: 'unreachable'; reason: UnreachableReason; attempts: readonly Attempt[]; since: number };

export interface ConnectionOptions {
  /** The endpoints to try, in order; asked anew for each attempt. May fail with an EngineError. */
  candidates: () => readonly Endpoint[] | Promise<readonly Endpoint[]>;
  onRequest?: (record: RequestRecord, endpoint: Endpoint) => void;
  /** How ssh endpoints are logged in to. */
  ssh?: SshOptions;
  random?: () => number;
  /** Milliseconds by a clock that goes on while the machine sleeps; `Date.now` when not given. */
  now?: () => number;
  /** Other times than the usual ones. */
  times?: Partial<ConnectionTimes>;
}

/** All in milliseconds. */
export interface ConnectionTimes extends HeartbeatTimes, RetryTimes {
  /** A connection that held this long was a good one: the next loss starts the back-off anew. */
  healthy: number;
  /** An engine that went away is waited for this long before another of the candidates may take its place. */
  keepEndpointFor: number;
}

const usualTimes: ConnectionTimes = {
  firstRetry: 250,
  lastRetry: 15_000,
  watchedRetry: 600,
  lastWatchedRetry: 5_000,
  pingDeadline: 4_500,
  pingEvery: 10_000,
  patience: 30_000,
  healthy: 5_000,
  keepEndpointFor: 15_000,
  sleep: 5_000,
};

/**
 * Keeps one connection to one engine: finds it among the candidates, notices when it is lost or hangs, and comes back.
 * The engine object is new after every reconnect, and the same after an engine that only hung for a while. After a doubt
 * that the engine could lift it is new too, over the same client.
 */
export class Connection implements Disposable {
  readonly #changed = new Emitter<ConnectionState>();
  readonly onDidChangeState = this.#changed.event;
  readonly #answers = new Emitter<void>();
  /** While somebody watches, each few seconds: the engine answers. */
  readonly onDidAnswerPing = this.#answers.event;
  readonly #disposal = new AbortController();
  readonly #times: ConnectionTimes;
  readonly #heartbeat: Heartbeat;
  readonly #ssh: SshMemory;
  readonly #retries: Retries;
  #state: ConnectionState = { kind: 'connecting' };
  #dialling: { abort(): void } = new AbortController();
  #lost = new AbortController();
  #doubt = new LinkedAbort(undefined);
  #engine: Engine | undefined;
  #last: { url: string; lostAt: number } | undefined;
  #hung = false;

  constructor(private readonly options: ConnectionOptions) {
    this.#times = { ...usualTimes, ...options.times };
    this.#heartbeat = new Heartbeat(this.#times, options.now ?? Date.now);
    this.#ssh = new SshMemory(options.ssh);
    this.#retries = new Retries(this.#times, this.#ssh, () => this.#heartbeat.watched, options.random);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get engine(): Engine | undefined {
    return this.#engine;
  }

  /** Aborts when the connection is disposed: what waits for a state waits in vain from then on. */
  get ended(): AbortSignal {
    return this.#disposal.signal;
  }

  start(): void {
    void this.#run();
  }

  /** Tries anew and at once, as if for the first time: an attempt under way is given up. */
  retry(): void {
    this.#ssh.refusal = undefined;
    this.#retries.reset();
    this.#retries.hurry();
    this.#dialling.abort();
  }

  /** Makes the next attempt now rather than when it would be due; one under way goes on. */
  hurry(): void {
    this.#retries.hurry();
  }

  /**
   * Says that something broke as it does when an engine ends, e.g. its event stream. The engine is asked: while it answers,
   * all else that is under way on it goes on, and it is told as connected anew.
   */
  reportDoubt(engine: Engine, error: EngineError): void {
    if (engine === this.#engine) this.#doubt.abort(error);
  }

  /** Says that all of this engine could be read: it is not one that breaks at once, and is tried soon when it is lost. */
  reportListed(engine: Engine): void {
    if (engine === this.#engine) this.#retries.reached();
  }

  /** While somebody watches, a ping every 10 s notices an engine that keeps its sockets open and silent. */
  watch(): Disposable {
    if (!this.#heartbeat.watched && this.#state.kind !== 'connected') this.hurry();
    return this.#heartbeat.watch();
  }

  /** @param reason what the requests under way fail with */
  dispose(reason = new EngineError('canceled', { code: 'connectionClosed' })): void {
    this.#disposal.abort();
    this.#lost.abort(reason);
    this.#engine?.client.close(reason);
    this.#ssh.dispose();
    this.#changed.dispose();
    this.#answers.dispose();
  }

  get #disposed(): boolean {
    return this.#disposal.signal.aborted;
  }

  get #isLost(): boolean {
    return this.#lost.signal.aborted;
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    if (!this.#disposed) this.#changed.fire(state);
  }

  async #run(): Promise<void> {
    while (!this.#disposed) {
      const engine = await this.#connect();
      if (engine) await this.#keep(engine);
    }
  }

  async #keep(made: Engine): Promise<void> {
    if (this.#disposed) {
      made.client.close();
      return;
    }
    this.#lost = new AbortController();
    this.#beat(made, this.#lost.signal);
    let held = 0;
    for (let engine: Engine | undefined = made; engine; engine = await this.#confirmed(engine, held)) {
      const since = performance.now();
      await this.#untilDoubted(engine);
      held = performance.now() - since;
    }
    await this.#leave(made, held);
  }

  async #untilDoubted(engine: Engine): Promise<void> {
    this.#engine = engine;
    this.#doubt = new LinkedAbort(this.#lost.signal);
    this.#setState({ kind: 'connected', engine });
    await aborted(this.#doubt.signal);
    this.#doubt.dispose();
  }

  /** The engine, once it has answered that it is the same, and has been left alone if it is doubted often; else it is lost. */
  async #confirmed(engine: Engine, held: number): Promise<Engine | undefined> {
    if (this.#isLost) return undefined;
    const { client, endpoint } = engine;
    const attempts = [{ endpoint, error: toEngineError(this.#doubt.signal.reason) }];
    this.#showLoss(attempts);
    try {
      const identity = await this.#heartbeat.check(client, this.#lost.signal);
      if (!isDeepStrictEqual(identity, engine.identity))
        throw new EngineError('unreachable', { code: 'anotherVersionAnswers' });
      await this.#rest(attempts, held);
      this.#lost.signal.throwIfAborted();
      return { ...engine, identity };
    } catch (error) {
      this.#giveUp(endpoint, toEngineError(error));
      return undefined;
    }
  }

  /** An engine that was asked in vain; a silent one may be about to answer, so it is waited for patiently. */
  #giveUp(endpoint: Endpoint, error: EngineError): void {
    const attempts = [{ endpoint, error }];
    this.#hung = !this.#isLost && reasonOf(attempts) === 'hung';
    if (this.#hung) this.#unreachable('hung', attempts);
    this.#lose(error);
  }

  #lose(error: EngineError): void {
    this.#lost.abort(error);
    this.hurry();
  }

  async #leave({ client, endpoint }: Engine, held: number): Promise<void> {
    this.#engine = undefined;
    this.#last = { url: endpoint.url, lostAt: performance.now() };
    const error = toEngineError(this.#lost.signal.reason);
    client.close(new EngineError('unreachable', error.reason, { cause: error }));
    const attempts = [{ endpoint, error }];
    this.#showLoss(attempts);
    await this.#rest(attempts, held);
  }

  #showLoss(attempts: readonly Attempt[]): void {
    if (attempts.some(({ error }) => error.status !== undefined)) this.#unreachable('refused', attempts);
    else if (this.#state.kind === 'connected') this.#setState({ kind: 'connecting' });
  }

  /** Before an engine is used again that was connected for so many milliseconds. */
  async #rest(attempts: readonly Attempt[], held: number): Promise<void> {
    if (held > this.#times.healthy) this.#retries.reset();
    else await this.#retries.pause(attempts, this.#hung, this.#disposal.signal);
  }

  /** One round through the candidates. Without success the state says why, and the back-off's pause is over. */
  async #connect(): Promise<Engine | undefined> {
    const attempts: Attempt[] = [];
    const deadline = this.#hung ? this.#times.patience : this.#times.pingDeadline;
    try {
      for (const endpoint of await this.#candidates()) {
        try {
          const engine = await this.#dial(endpoint, deadline);
          this.#hung = false;
          return engine;
        } catch (error) {
          if (this.#disposed) return undefined;
          if (isEngineError(toEngineError(error), 'canceled')) {
            this.#startOver();
            return;
          }
          const attempt = { endpoint, error: toEngineError(error) };
          attempts.push(attempt);
          // It is there: another's engine takes its place only when patience does not help.
          if (!this.#hung && reasonOf([attempt]) === 'hung') break;
        }
      }
    } catch (error) {
      this.#unreachable('misconfigured', [], toEngineError(error));
      await this.#retries.longPause(this.#disposal.signal);
      return undefined;
    }
    const reason = reasonOf(attempts);
    this.#unreachable(reason, attempts);
    this.#hung = reason === 'hung';
    await this.#retries.pause(attempts, this.#hung, this.#disposal.signal);
    return undefined;
  }

  /** Somebody asked for a new attempt in the midst of this one. */
  #startOver(): undefined {
    this.#hung = false;
    return undefined;
  }

  /** An engine that restarts keeps its place: what it held must not give way to another engine's for that while. */
  async #candidates(): Promise<readonly Endpoint[]> {
    const all = await this.options.candidates();
    const last = this.#last;
    if (!last || performance.now() - last.lostAt > this.#times.keepEndpointFor) return all;
    const kept = all.filter(({ url }) => url === last.url);
    return kept.length > 0 ? kept : all;
  }

  async #dial(endpoint: Endpoint, deadline: number): Promise<Engine> {
    const onRequest = (record: RequestRecord): void => this.options.onRequest?.(record, endpoint);
    const open = (): Transport => openTransport(endpoint.address, this.#ssh);
    const transport = open();
    const pinger = new EngineClient(transport, undefined, onRequest);
    const abort = new LinkedAbort(this.#disposal.signal);
    this.#dialling = abort;
    try {
      await transport.open(abort.signal);
      const identity = await this.#heartbeat.timed(() =>
        withDeadline(deadline, abort.signal, signal => identify(pinger, signal)),
      );
      const watch = (): Disposable => this.#heartbeat.watch();
      const clientOver = (over: Transport): EngineClient =>
        new EngineClient(over, identity.apiVersion, onRequest, watch);
      return { client: clientOver(transport), endpoint, identity, reopen: () => clientOver(open()) };
    } catch (error) {
      pinger.close();
      throw error;
    } finally {
      abort.dispose();
    }
  }

  #unreachable(reason: UnreachableReason, attempts: readonly Attempt[], error?: EngineError): void {
    const since = this.#state.kind === 'unreachable' ? this.#state.since : Date.now();
    const all = error ? [...attempts, { endpoint: unreadableEndpoint, error }] : attempts;
    this.#setState({ kind: 'unreachable', reason, attempts: all, since });
  }

  /** Pings the engine until it is lost. A silent one is shown as hung; it keeps its streams while there is patience. */
  #beat({ client, endpoint }: Engine, lost: AbortSignal): void {
    void this.#heartbeat.keep(client, lost, {
      onAnswer: () => {
        const engine = this.#engine;
        if (engine && this.#state.kind !== 'connected' && !this.#doubt.signal.aborted)
          this.#setState({ kind: 'connected', engine });
        this.#answers.fire();
      },
      onSilence: error => this.#unreachable('hung', [{ endpoint, error }]),
      onLost: error => this.#lose(error),
      onSleep: () => this.#doubt.abort(new EngineError('unreachable', { code: 'machineSlept' })),
    });
  }
}
