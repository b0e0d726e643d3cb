import { type Disposable, DisposableStore } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { unreadableEndpoint } from '../../engine/connection/attempts';
import { Connection, type ConnectionOptions } from '../../engine/connection/connection';
import type { Engine } from '../../engine/connection/engine';
import { type Endpoint, endpointCandidates, isSameEngine, readableCandidates } from '../../engine/endpoints/endpoint';
import { EngineError } from '../../engine/errors';
import { Mirror } from '../../engine/mirror/mirror';
import { Usage } from '../../engine/mirror/usage';
import { SharedStats } from '../../engine/stats/shared';
import { config, onConfigChange } from '../config';
import { endpointContext } from './endpointContext';

/** What every session is made with, whichever its engine. */
export type SessionParts = Omit<ConnectionOptions, 'candidates'>;

/** One engine while it is open: its connection, its mirror, which containers use what, and their figures. */
export class Session implements Disposable {
  readonly connection: Connection;
  readonly mirror: Mirror;
  readonly usage: Usage;
  readonly stats: SharedStats;
  /**
   * The endpoint of the first connection. The session keeps its name, even if a context for the same address comes or
   * goes.
   */
  #first: Endpoint | undefined;

  /**
   * @param key names the choice of the engine, the same after a reload, so that rows of two engines are never confused
   */
  constructor(
    readonly key: string,
    candidates: ConnectionOptions['candidates'],
    parts: SessionParts,
  ) {
    const known = async (): Promise<Endpoint[]> => (await candidates()).map(endpoint => this.#asFirst(endpoint));
    this.connection = new Connection({ ...parts, candidates: known });
    this.connection.onDidChangeState(state => {
      if (state.kind === 'connected') this.#first ??= state.engine.endpoint;
    });
    this.mirror = new Mirror(this.connection);
    this.usage = new Usage(this.mirror);
    this.stats = new SharedStats(this);
    this.connection.start();
  }

  /** The connected engine. Throws an EngineError while there is none, and for good once the session has ended. */
  get engine(): Engine {
    const { ended, engine, state } = this.connection;
    if (ended.aborted) throw anotherChosen();
    if (engine) return engine;
    const tried = state.kind === 'unreachable' ? state.attempts[0]?.error.reason : undefined;
    throw new EngineError('unreachable', tried ?? { code: 'noEngineYet' });
  }

  /**
   * The endpoint of the connected engine, else the first that was tried in vain; undefined when that could not be read.
   */
  get endpoint(): Endpoint | undefined {
    const { engine, state } = this.connection;
    if (engine) return engine.endpoint;
    const tried = state.kind === 'unreachable' ? state.attempts[0]?.endpoint : undefined;
    return tried === unreadableEndpoint ? undefined : tried;
  }

  /** Ends whatever is under way on the engine: it fails with the cause that another engine was chosen. */
  dispose(): void {
    this.stats.dispose();
    this.usage.dispose();
    this.mirror.dispose();
    this.connection.dispose(anotherChosen());
  }

  #asFirst(endpoint: Endpoint): Endpoint {
    return this.#first && isSameEngine(this.#first, endpoint) ? this.#first : endpoint;
  }
}

/** The cause why something that began on one engine does not go on with another. */
export function anotherChosen(): EngineError {
  return new EngineError('conflict', { code: 'anotherEngineChosen' });
}

/** Holds the current session, and begins a new one when another engine is chosen or takes its place. */
export class CurrentSession implements Disposable {
  readonly #changed = new Emitter<Session>();
  readonly #store = new DisposableStore();
  readonly onDidChange = this.#changed.event;
  #session: Session;
  #staying: Disposable;
  #takeovers = 0;
  /** The setting that the session was opened for. VS Code also reports changes by a workspace, which do not apply. */
  #choice = '';

  constructor(readonly parts: SessionParts) {
    this.#session = this.#open();
    this.#staying = this.#staysWith(this.#session);
    this.#store.add(onConfigChange('endpoint', () => config.endpoint !== this.#choice && this.#reopen()));
  }

  get current(): Session {
    return this.#session;
  }

  /**
   * Checks whether the choice still leads to the same engine, e.g. after docker's current context has changed. It does
   * nothing while the files that say so cannot be read. While no engine is connected, it tries at once what is new:
   * another endpoint, or certificates that may have been renewed.
   */
  async checkChoice(): Promise<void> {
    const session = this.#session;
    const candidates = await readableCandidates(endpointContext());
    const { engine } = session.connection;
    if (!candidates || session !== this.#session) return;
    if (!engine) {
      const { state } = session.connection;
      const tried = state.kind === 'unreachable' ? state.attempts.map(({ endpoint }) => endpoint) : [];
      const isNew = (candidate: Endpoint): boolean => !tried.some(endpoint => isSameEngine(candidate, endpoint));
      if (candidates.some(candidate => isNew(candidate) || hasCertificates(candidate))) session.connection.retry();
    } else if (!candidates.some(candidate => isSameEngine(candidate, engine.endpoint))) this.#reopen();
  }

  dispose(): void {
    this.#store.dispose();
    this.#staying.dispose();
    this.#session.dispose();
    this.#changed.dispose();
  }

  #open(): Session {
    this.#choice = config.endpoint;
    const key = `${this.#choice}#${this.#takeovers}`;
    return new Session(key, () => endpointCandidates(endpointContext()), this.parts);
  }

  #reopen(): void {
    this.#staying.dispose();
    this.#session.dispose();
    this.#session = this.#open();
    this.#staying = this.#staysWith(this.#session);
    this.#changed.fire(this.#session);
  }

  /** Where several endpoints are tried, another engine than before may answer: that begins another session. */
  #staysWith({ connection }: Session): Disposable {
    let first: Endpoint | undefined;
    return connection.onDidChangeState(state => {
      if (state.kind !== 'connected') return;
      first ??= state.engine.endpoint;
      if (isSameEngine(first, state.engine.endpoint)) return;
      this.#takeovers++;
      this.#reopen();
    });
  }
}

function hasCertificates({ address }: Endpoint): boolean {
  return address.kind === 'tcp' && address.tls !== undefined;
}
