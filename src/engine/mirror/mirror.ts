import { isDeepStrictEqual } from 'node:util';
import { delay, first } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import type { Connection, ConnectionState } from '../connection/connection';
import type { Engine } from '../connection/engine';
import { type EngineEvent, openEvents } from '../connection/events';
import { type EngineError, toEngineError } from '../errors';
import { containerKind } from '../objects/containers/kind';
import type { Container } from '../objects/containers/row';
import { type Image, imageKind } from '../objects/images/kind';
import { imageId } from '../objects/images/reference';
import { networkKind } from '../objects/networks';
import { volumeKind } from '../objects/volumes';
import { type Change, type Kind, kindNames, kinds, type Rows } from './kinds';
import { Follower } from './reflector';
import { Pulse } from './stalledStream';
import { type ChangeSet, isEmpty, Store } from './store';

/**
 * - loading: no complete list yet. - ready: equal to the engine, as far as that may be listed. - stale: the engine is away;
 * the rows are its last.
 */
export type MirrorState = 'loading' | 'ready' | 'stale';

export interface MirrorOptions {
  /** How long the last rows stay while the engine is away, in milliseconds; 10 s when not given. */
  keepRows?: number;
  /** After how long without an event the engine is asked whether the stream has missed one, in milliseconds. */
  silence?: number;
}

/** One engine while its events are followed. */
interface Followed {
  engine: Engine;
  abort: AbortController;
  /** Whether every kind has been listed that may be. */
  listed: boolean;
  /** The kinds that may not be. */
  readonly forbidden: Set<Kind>;
}

/** The followers of all kinds together. */
interface Followers {
  list: () => Promise<unknown>;
  see: (event: EngineEvent) => void;
  touchAll: () => void;
}

/** Some engines send the head of their event stream only with the first event: then the lists do not wait for it. */
const openingMs = 1_000;

/** A restart is usually shorter. */
const usualKeepRows = 10_000;

/** A quiet engine is asked once in some minutes, a busy one never. */
const usualSilence = 3 * 60_000;

/**
 * The only picture of the engine: listed once, then kept by the engine's events. After every reconnect everything is
 * listed again, and only what differs is told.
 */
export class Mirror implements Disposable {
  readonly #stores: { readonly [K in Kind]: Store<Rows[K]> } = {
    container: new Store(containerKind),
    image: new Store(imageKind),
    network: new Store(networkKind),
    volume: new Store(volumeKind),
  };
  readonly #changes = new Emitter<Change>();
  readonly #rowChanges: { readonly [K in Kind]: Emitter<ChangeSet<Rows[K]>> } = {
    container: new Emitter(),
    image: new Emitter(),
    network: new Emitter(),
    volume: new Emitter(),
  };
  readonly #stateChanges = new Emitter<MirrorState>();
  readonly #events = new Emitter<EngineEvent>();
  readonly #subscription: Disposable;
  readonly onDidChange = this.#changes.event;
  readonly onDidChangeState = this.#stateChanges.event;
  /** Each event as it comes, before the rows have followed it: also of what was over before it could be listed. */
  readonly onDidSeeEvent = this.#events.event;
  #state: MirrorState = 'loading';
  #followed: Followed | undefined;
  #forbidden: ReadonlySet<Kind> = new Set();
  #forget: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: MirrorOptions = {},
  ) {
    this.#subscription = connection.onDidChangeState(state => this.#onConnection(state));
    this.#onConnection(connection.state);
  }

  get state(): MirrorState {
    return this.#state;
  }

  list<K extends Kind>(kind: K): readonly Rows[K][] {
    return this.#stores[kind].all();
  }

  /**
   * Whether the engine, or a proxy before it, does not allow this kind to be listed: then there are no rows of it. An
   * engine whose containers may not be listed is not followed at all.
   */
  isForbidden(kind: Kind): boolean {
    return this.#forbidden.has(kind);
  }

  /** Asks for everything anew where some kind may not be listed: that may have changed. Resolves once that is known. */
  async retryForbidden(): Promise<void> {
    if (this.#state === 'ready' && this.#followed && this.#forbidden.size > 0)
      await this.#follow(this.#followed.engine);
  }

  /** Like `onDidChange`, for one kind. */
  onDidChangeRows<K extends Kind>(kind: K): Event<ChangeSet<Rows[K]>> {
    return this.#rowChanges[kind].event;
  }

  get<K extends Kind>(kind: K, id: string): Rows[K] | undefined {
    return this.#stores[kind].get(id);
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
  farewell(): Change[] {
    return kindNames.map(kind => ({ kind, added: [], changed: [], removed: this.list(kind) }) as Change);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#followed?.abort.abort();
    clearTimeout(this.#forget);
    this.#changes.dispose();
    for (const kind of kindNames) this.#rowChanges[kind].dispose();
    this.#stateChanges.dispose();
    this.#events.dispose();
  }

  #onConnection(state: ConnectionState): void {
    const engine = state.kind === 'connected' ? state.engine : undefined;
    if (engine) {
      clearTimeout(this.#forget);
      this.#forget = undefined;
    }
    if (engine && engine === this.#followed?.engine) {
      if (this.#followed.listed) this.#setState('ready');
      return;
    }
    if (engine) return void this.#follow(engine);
    if (state.kind === 'connecting') this.#followed?.abort.abort();
    if (this.#state === 'ready') this.#setState('stale');
    this.#forget ??= setTimeout(() => this.#clear(), this.options.keepRows ?? usualKeepRows);
  }

  #setState(state: MirrorState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanges.fire(state);
  }

  #forbid(kinds: ReadonlySet<Kind>): void {
    if (isDeepStrictEqual(kinds, this.#forbidden)) return;
    this.#forbidden = new Set(kinds);
    this.#stateChanges.fire(this.#state);
  }

  /** Forgets the rows of an engine that stayed away; should it come back, it is listed as if it were new. */
  #clear(): void {
    this.#followed?.abort.abort();
    this.#followed = undefined;
    for (const kind of kindNames) this.#tell(kind, this.#stores[kind].replace([]));
    this.#forbidden = new Set();
    this.#setState('loading');
  }

  async #follow(engine: Engine): Promise<void> {
    this.#followed?.abort.abort();
    const abort = new AbortController();
    const followed: Followed = { engine, abort, listed: false, forbidden: new Set() };
    this.#followed = followed;
    const lose = (error: unknown): void => {
      if (abort.signal.aborted) return;
      abort.abort();
      this.connection.reportDoubt(engine, toEngineError(error));
    };
    try {
      const followers = this.#followers(followed, lose);
      const pulse = new Pulse(engine, this.options.silence ?? usualSilence);
      const onEvent = (event: EngineEvent, at: number): void => {
        pulse.beat(at);
        followers.see(event);
      };
      const opening = openEvents(engine, { onEvent, onGap: followers.touchAll }, abort.signal);
      void opening.then(({ ended }) => ended).then(lose, lose);
      void opening.then(({ begun }) => this.#followAnewWhenMissed(followed, pulse, begun), lose);
      if (!(await opensWithin(openingMs, opening, abort.signal))) {
        void opening.then(() => followers.touchAll(), lose);
      }
      await followers.list();
      if (abort.signal.aborted) return;
      followed.listed = true;
      this.connection.reportListed(engine);
      this.#forbid(followed.forbidden);
      if (this.connection.state.kind === 'connected') this.#setState('ready');
    } catch (error) {
      lose(error);
    }
  }

  /** Only the stream is opened anew, and everything listed: what else goes on with this engine is not disturbed. */
  #followAnewWhenMissed({ engine, abort: { signal } }: Followed, pulse: Pulse, begun: number): void {
    pulse.beat(begun + 999); // The head tells whole seconds.
    const look = async (): Promise<void> => {
      const missed = await pulse.hasMissed(signal);
      if (missed && !signal.aborted) void this.#follow(engine);
    };
    const pings = this.connection.onDidAnswerPing(() => void look());
    signal.addEventListener('abort', () => pings.dispose(), { once: true });
  }

  #followers(followed: Followed, onError: (error: unknown) => void): Followers {
    const { engine, abort } = followed;
    const forbid = (kind: Kind, error: EngineError): void => {
      if (kind === 'container') {
        onError(error);
        return;
      }
      followed.forbidden.add(kind);
      if (followed.listed) this.#forbid(followed.forbidden);
    };
    const make = <K extends Kind>(kind: K, onChanges: (changes: ChangeSet<Rows[K]>) => void): Follower<Rows[K]> => {
      const listener = { onChanges, onError, onForbidden: (error: EngineError) => forbid(kind, error) };
      return new Follower(kinds[kind], this.#stores[kind], engine, abort.signal, listener);
    };
    const image = make('image', changes => {
      if (followed.listed) container.touch(this.#usersOf(idsIn(changes)));
      this.#tell('image', changes);
    });
    const container = make('container', changes => {
      if (this.#hasUnknownImage(changes)) image.touch('all');
      this.#tell('container', changes);
    });
    const network = make('network', changes => this.#tell('network', changes));
    const volume = make('volume', changes => this.#tell('volume', changes));
    const all = [container, image, network, volume];
    return {
      list: () => Promise.all(all.map(follower => follower.list())),
      see: event => {
        for (const follower of all) follower.see(event);
        if (event.type === 'image') container.touch(followed.listed ? this.#usersOf([imageId(event.id)]) : 'all');
        if (engine.identity.flavour === 'podman' && comesOrGoes(event)) network.touch('all');
        this.#events.fire(event);
      },
      touchAll: () => all.forEach(follower => follower.touch('all')),
    };
  }

  /** A container's row names its image by tag or, once that has moved on, by id: changes of the image touch it. */
  #usersOf(imageIds: readonly string[]): string[] {
    if (imageIds.length === 0) return [];
    const ids = new Set(imageIds);
    return this.list('container').flatMap(row => (ids.has(row.imageId) ? row.id : []));
  }

  /** The engine tells of no event when a build leaves an untagged image; a container made of it does. */
  #hasUnknownImage({ added }: ChangeSet<Container>): boolean {
    return this.#state === 'ready' && added.some(row => row.imageId !== '' && !this.get('image', row.imageId));
  }

  #tell<K extends Kind>(kind: K, changes: ChangeSet<Rows[K]>): void {
    if (isEmpty(changes)) return;
    this.#rowChanges[kind].fire(changes);
    this.#changes.fire({ kind, ...changes } as Change);
  }
}

/** Podman tells of no network that is made or removed; what is made for containers comes and goes with them. */
function comesOrGoes({ type, action }: EngineEvent): boolean {
  return type === 'container' && (action === 'create' || action === 'start' || action === 'destroy');
}

/** Whether the event stream opens in that time. Rejects when it fails to. */
function opensWithin(ms: number, opening: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  return first(signal, [() => opening.then(() => true), signal => delay(ms, signal).then(() => false)]);
}

function idsIn({ added, changed, removed }: ChangeSet<Image>): string[] {
  return [...added, ...changed.map(({ after }) => after), ...removed].map(({ id }) => id);
}
