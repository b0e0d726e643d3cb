import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import type { Connection, ConnectionState } from '../connection/connection';
import type { Engine } from '../connection/engine';
import type { EngineEvent } from '../connection/events';
import { toEngineError } from '../errors';
import type { Row } from '../objects/resource';
import { EngineWatch, type EngineWatchListener } from './engineWatch';
import { type Change, type Kind, kinds as allKinds, type KindTable, type Rows } from './kinds';
import { type ChangeSet, isEmpty, Store } from './store';

/**
 * - loading: no complete list yet.
 * - ready: equal to the engine, as far as that may be listed.
 * - stale: the engine is away; the rows are its last.
 */
export type MirrorState = 'loading' | 'ready' | 'stale';

export interface MirrorOptions<T extends KindTable = typeof allKinds> {
  /** What to mirror; {@link allKinds} when not given. */
  kinds?: T;
  /** How long the last rows stay while the engine is away, in milliseconds; 10 s when not given. */
  keepRows?: number;
  /** How long the event stream may be silent before the engine is asked whether it has missed an event, in milliseconds. */
  silence?: number;
}

/** Engines usually restart in less time. */
const usualKeepRows = 10_000;

/** So a quiet engine is asked once every few minutes, a busy one never. */
const usualSilence = 3 * 60_000;

/**
 * The only picture of the engine: listed once, then kept equal by the engine's events. After every reconnect everything is
 * listed again, and only what differs is reported.
 */
export class Mirror<T extends KindTable = typeof allKinds> implements Disposable {
  readonly kinds: T;
  readonly #stores: ReadonlyMap<string, Store<Row>>;
  readonly #rowChanges: ReadonlyMap<string, Emitter<ChangeSet<Row>>>;
  readonly #changes = new Emitter<Change<T>>();
  readonly #stateChanges = new Emitter<MirrorState>();
  readonly #events = new Emitter<EngineEvent>();
  readonly #subscription: Disposable;
  readonly onDidChange = this.#changes.event;
  readonly onDidChangeState = this.#stateChanges.event;
  /** Each event as it comes, before the rows follow it: also for objects that were gone before they could be listed. */
  readonly onDidSeeEvent = this.#events.event;
  #state: MirrorState = 'loading';
  #watch: EngineWatch | undefined;
  #forbidden: ReadonlySet<string> = new Set();
  #forgetTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: MirrorOptions<T> = {},
  ) {
    const usual: KindTable = allKinds;
    this.kinds = options.kinds ?? (usual as T);
    const table = Object.entries(this.kinds);
    this.#stores = new Map(table.map(([name, kind]) => [name, new Store(kind)]));
    this.#rowChanges = new Map(table.map(([name]) => [name, new Emitter()]));
    this.#subscription = connection.onDidChangeState(state => this.#onConnection(state));
    this.#onConnection(connection.state);
  }

  get state(): MirrorState {
    return this.#state;
  }

  list<K extends Kind<T>>(kind: K): readonly Rows<T>[K][] {
    return this.#store(kind).all();
  }

  get<K extends Kind<T>>(kind: K, id: string): Rows<T>[K] | undefined {
    return this.#store(kind).get(id);
  }

  /** Like `onDidChange`, for one kind. */
  onDidChangeRows<K extends Kind<T>>(kind: K): Event<ChangeSet<Rows<T>[K]>> {
    const { event } = this.#rowChanges.get(kind) as Emitter<unknown>;
    return event as Event<ChangeSet<Rows<T>[K]>>;
  }

  /**
   * Whether the engine, or a proxy before it, does not allow this kind to be listed: then there are no rows of it. An
   * engine that does not allow a required kind (see `ResourceKind`) is not followed at all.
   */
  isForbidden(kind: Kind<T>): boolean {
    return this.#forbidden.has(kind);
  }

  /** If the engine forbids some kind, lists everything again: that may have changed. Resolves once that is known. */
  async retryForbidden(): Promise<void> {
    if (this.#state === 'ready' && this.#watch && this.#forbidden.size > 0) await this.#follow(this.#watch.engine);
  }

  /** Resolves when the mirror equals the engine, as far as that may be listed: at once, or when the engine has been listed. */
  whenReady(): Promise<void> {
    if (this.#state === 'ready') return Promise.resolve();
    return new Promise(resolve => {
      const subscription = this.onDidChangeState(state => {
        if (state !== 'ready') return;
        subscription.dispose();
        resolve();
      });
    });
  }

  /** All rows as removed: what leaves with this engine when another is chosen. */
  farewell(): Change<T>[] {
    return [...this.#stores].map(([kind, store]) =>
      this.#change(kind, { added: [], changed: [], removed: store.all() }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#watch?.stop();
    clearTimeout(this.#forgetTimer);
    this.#changes.dispose();
    for (const emitter of this.#rowChanges.values()) emitter.dispose();
    this.#stateChanges.dispose();
    this.#events.dispose();
  }

  #store<K extends Kind<T>>(kind: K): Store<Rows<T>[K]> {
    return this.#stores.get(kind) as Store<Rows<T>[K]>;
  }

  #onConnection(state: ConnectionState): void {
    if (state.kind === 'connected') {
      clearTimeout(this.#forgetTimer);
      this.#forgetTimer = undefined;
      if (state.engine !== this.#watch?.engine) void this.#follow(state.engine);
      else if (this.#watch.listed) this.#setState('ready');
      return;
    }
    if (state.kind === 'connecting') this.#watch?.stop();
    if (this.#state === 'ready') this.#setState('stale');
    this.#forgetTimer ??= setTimeout(() => this.#forget(), this.options.keepRows ?? usualKeepRows);
  }

  #setState(state: MirrorState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanges.fire(state);
  }

  #setForbidden(forbidden: ReadonlySet<string>): void {
    if (isDeepStrictEqual(forbidden, this.#forbidden)) return;
    this.#forbidden = new Set(forbidden);
    this.#stateChanges.fire(this.#state);
  }

  /** Forgets the rows of an engine that stayed away. If it comes back, it is listed as if it were new. */
  #forget(): void {
    this.#watch?.stop();
    this.#watch = undefined;
    for (const [kind, store] of this.#stores) this.#publish(kind, store.replace([]));
    this.#forbidden = new Set();
    this.#setState('loading');
  }

  /** Watches an engine from now on, or again from the start. Requests of others to it are not disturbed. */
  #follow(engine: Engine): Promise<void> {
    this.#watch?.stop();
    const watch: EngineWatch = new EngineWatch(engine, {
      kinds: this.kinds,
      stores: this.#stores,
      silence: this.options.silence ?? usualSilence,
      onDidAnswerPing: this.connection.onDidAnswerPing,
      listener: this.#listener(() => watch),
    });
    this.#watch = watch;
    return watch.start();
  }

  #listener(watch: () => EngineWatch): EngineWatchListener {
    return {
      onEvent: event => this.#events.fire(event),
      onChanges: (kind, changes) => this.#publish(kind, changes),
      onListed: () => this.#onListed(watch()),
      onForbidden: () => this.#setForbidden(watch().forbidden),
      onLost: error => this.connection.reportDoubt(watch().engine, toEngineError(error)),
      onMissed: () => void this.#follow(watch().engine),
    };
  }

  #onListed({ engine, forbidden }: EngineWatch): void {
    this.connection.reportListed(engine);
    this.#setForbidden(forbidden);
    if (this.connection.state.kind === 'connected') this.#setState('ready');
  }

  #publish(kind: string, changes: ChangeSet<Row>): void {
    if (isEmpty(changes)) return;
    this.#rowChanges.get(kind)?.fire(changes);
    this.#changes.fire(this.#change(kind, changes));
  }

  #change(kind: string, changes: ChangeSet<Row>): Change<T> {
    return { kind, ...changes } as Change<T>;
  }
}
