import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { connectionClosed, EngineError, toEngineError } from '../errors';
import type { SshOptions } from '../transport/ssh';
import { SshAccess } from '../transport/sshAccess';
import { type Attempt, reasonOf, type UnreachableReason } from './attempts';
import type { Engine } from './engine';
import { Heartbeat, type HeartbeatTimes } from './heartbeat';
import { type Break, HeldEngine } from './heldEngine';
import { Retries, type RetryTimes } from './retries';
import { Search, type SearchOptions, type SearchTimes } from './search';
import { attemptsOn, type Failed, type Holding, type Stage } from './stages';

export type { Attempt, UnreachableReason } from './attempts';

export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'connected'; engine: Engine }
  | { kind: 'unreachable'; reason: UnreachableReason; attempts: readonly Attempt[]; since: number };

export interface ConnectionOptions extends SearchOptions {
  /** How ssh endpoints are logged in to. */
  ssh?: SshOptions;
  random?: () => number;
  /** Milliseconds by a clock that goes on while the machine sleeps; `Date.now` when not given. */
  now?: () => number;
  /** Other times than the usual ones. */
  times?: Partial<ConnectionTimes>;
}

/** All in milliseconds. */
export interface ConnectionTimes extends HeartbeatTimes, RetryTimes, SearchTimes {
  /** After a connection that held this long, the pauses between attempts begin with the shortest again. */
  healthy: number;
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
 * After a loss, the engine object and its client are new. After a doubt that the engine lifted, the engine object is new
 * and its client the same. After a silence, both are the same.
 */
export class Connection implements Disposable {
  readonly #changed = new Emitter<ConnectionState>();
  readonly onDidChangeState = this.#changed.event;
  readonly #answers = new Emitter<void>();
  /** Fires every few seconds while somebody watches and the engine answers. */
  readonly onDidAnswerPing = this.#answers.event;
  readonly #disposal = new AbortController();
  readonly #times: ConnectionTimes;
  readonly #heartbeat: Heartbeat;
  readonly #ssh: SshAccess;
  readonly #retries: Retries;
  readonly #search: Search;
  #state: ConnectionState = { kind: 'connecting' };
  #stage: Stage = { name: 'searching', patient: false };

  constructor(options: ConnectionOptions) {
    this.#times = { ...usualTimes, ...options.times };
    this.#heartbeat = new Heartbeat(this.#times, options.now ?? Date.now);
    this.#ssh = new SshAccess(options.ssh);
    this.#retries = new Retries(this.#times, this.#ssh, () => this.#heartbeat.watched, options.random);
    this.#search = new Search(options, this.#times, this.#heartbeat, this.#ssh);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The engine that is connected, also while it is silent or doubted. */
  get engine(): Engine | undefined {
    return 'engine' in this.#stage ? this.#stage.engine : undefined;
  }

  /** Aborted when the connection is disposed: no other state comes after that. */
  get ended(): AbortSignal {
    return this.#disposal.signal;
  }

  start(): void {
    void this.#run();
  }

  /** Tries again at once, as if for the first time. Gives up an attempt that is under way. */
  retry(): void {
    this.#ssh.forgetRefusal();
    this.#retries.reset();
    this.#retries.hurry();
    this.#search.giveUp();
  }

  /** Makes the next attempt now, and not when it would be due. One that is under way goes on. */
  hurry(): void {
    this.#retries.hurry();
  }

  /**
   * Says that something broke as it does when an engine ends, e.g. its event stream. The engine is asked. While it answers,
   * everything else that is under way on it goes on, and the state becomes `connected` anew.
   */
  reportDoubt(engine: Engine, error: EngineError): void {
    if (this.#stage.name === 'connected' && this.#stage.engine === engine) this.#stage.held.doubt(error);
  }

  /** Says that all of this engine could be read: it does not break at once, so it is tried soon after it is lost. */
  reportListed(engine: Engine): void {
    if (engine === this.engine) this.#retries.reached();
  }

  /** While somebody watches, a ping every 10 s notices an engine that keeps its sockets open and silent. */
  watch(): Disposable {
    if (!this.#heartbeat.watched && this.#state.kind !== 'connected') this.hurry();
    return this.#heartbeat.watch();
  }

  /** @param reason what the requests under way fail with */
  dispose(reason = new EngineError('canceled', { code: 'connectionClosed' })): void {
    this.#disposal.abort();
    if ('held' in this.#stage) this.#stage.held.lose(reason);
    this.engine?.client.close(reason);
    this.#ssh.dispose();
    this.#changed.dispose();
    this.#answers.dispose();
  }

  get #disposed(): boolean {
    return this.#disposal.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#disposed) this.#stage = await this.#next(this.#stage);
    const held = 'held' in this.#stage ? this.#stage.held : undefined;
    this.#stage = { name: 'ended' };
    if (held) this.#leave(held, connectionClosed());
  }

  /** The only place where one stage follows another. {@link dispose} ends them all. */
  async #next(stage: Stage): Promise<Stage> {
    switch (stage.name) {
      case 'searching': {
        const found = await this.#search.find(stage.patient, this.#disposal.signal); // `retry` gives it up.
        if (found.kind === 'givenUp') return { name: 'searching', patient: false };
        if (found.kind === 'engine') return { name: 'connected', engine: found.engine, held: this.#hold(found.engine) };
        this.#showUnreachable(found.reason, found.attempts);
        if (found.reason === 'misconfigured') return { name: 'misconfigured', patient: stage.patient };
        return { name: 'pausing', patient: found.reason === 'hung', attempts: found.attempts };
      }
      case 'pausing':
        await this.#retries.pause(stage.attempts, stage.patient, this.#disposal.signal); // `hurry` ends it.
        return { name: 'searching', patient: stage.patient };
      case 'misconfigured':
        await this.#retries.longPause(this.#disposal.signal); // `hurry` ends it.
        return { name: 'searching', patient: stage.patient };
      case 'connected': {
        const { kind, error, stable } = await this.#useUntilBroken(stage); // A report or the heartbeat breaks it.
        if (kind === 'doubt') return { ...stage, name: 'asking', doubt: error, stable };
        return { name: 'lost', held: stage.held, loss: error, stable, patient: false };
      }
      case 'asking': {
        const failed = await this.#ask(stage); // The heartbeat may notice a loss before the engine answers.
        return failed
          ? { name: 'lost', held: stage.held, stable: stage.stable, ...failed }
          : { ...stage, name: 'resting' };
      }
      case 'resting': {
        const { engine, held, stable } = stage;
        if (!stable) await this.#retries.pause(attemptsOn(held, stage.doubt), false, this.#disposal.signal); // `hurry` ends it.
        if (held.loss) return { name: 'lost', held, loss: held.loss, stable, patient: false };
        return { name: 'connected', engine: { ...engine }, held };
      }
      case 'lost':
        this.#leave(stage.held, stage.loss);
        if (stage.stable) return { name: 'searching', patient: stage.patient };
        return { name: 'pausing', patient: stage.patient, attempts: attemptsOn(stage.held, stage.loss) };
      case 'ended':
        return stage;
    }
  }

  async #useUntilBroken({ engine, held }: Holding): Promise<Break & { stable: boolean }> {
    const since = performance.now();
    const broken = held.trust();
    this.#setState({ kind: 'connected', engine });
    const found = await broken;
    const stable = performance.now() - since > this.#times.healthy;
    if (stable) this.#retries.reset();
    return { ...found, stable };
  }

  /** Asks an engine that is doubted. Gives nothing if the same engine answers, else the failure that loses it. */
  async #ask({ engine, held, doubt }: Holding & { doubt: EngineError }): Promise<Failed | undefined> {
    this.#showLoss(attemptsOn(held, doubt));
    try {
      const identity = await this.#heartbeat.check(engine.client, held.untilLost);
      if (isDeepStrictEqual(identity, engine.identity)) return undefined;
      throw new EngineError('unreachable', { code: 'anotherVersionAnswers' });
    } catch (error) {
      return this.#failed(held, toEngineError(error));
    }
  }

  /** A silent engine may be about to answer, so the next search is patient. */
  #failed(held: HeldEngine, error: EngineError): Failed {
    const patient = !held.loss && reasonOf(attemptsOn(held, error)) === 'hung';
    if (patient) this.#showUnreachable('hung', attemptsOn(held, error));
    held.lose(error);
    return { loss: held.loss ?? error, patient };
  }

  #leave(held: HeldEngine, loss: EngineError): void {
    held.lose(loss);
    this.#search.keepTo(held.endpoint);
    held.client.close(new EngineError('unreachable', loss.reason, { cause: loss }));
    this.#showLoss(attemptsOn(held, loss));
  }

  /** Pings the engine until it is lost. A silent one is shown as hung; it keeps its streams while there is patience. */
  #hold(engine: Engine): HeldEngine {
    const held = new HeldEngine(engine);
    void this.#heartbeat.keep(held.client, held.untilLost, {
      onAnswer: () => {
        this.#showAnswer(held);
        this.#answers.fire();
      },
      onSilence: error => this.#showUnreachable('hung', attemptsOn(held, error)),
      onLost: error => {
        held.lose(error);
        this.hurry();
      },
      onSleep: () => held.doubt(new EngineError('unreachable', { code: 'machineSlept' })),
    });
    return held;
  }

  #showAnswer(held: HeldEngine): void {
    if (this.#stage.name !== 'connected' || this.#state.kind === 'connected' || !held.isTrusted) return;
    this.#setState({ kind: 'connected', engine: this.#stage.engine });
  }

  #showLoss(attempts: readonly Attempt[]): void {
    if (attempts.some(({ error }) => error.status !== undefined)) this.#showUnreachable('refused', attempts);
    else if (this.#state.kind === 'connected') this.#setState({ kind: 'connecting' });
  }

  #showUnreachable(reason: UnreachableReason, attempts: readonly Attempt[]): void {
    const since = this.#state.kind === 'unreachable' ? this.#state.since : Date.now();
    this.#setState({ kind: 'unreachable', reason, attempts, since });
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    if (!this.#disposed) this.#changed.fire(state);
  }
}
