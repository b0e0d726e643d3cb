import { delay, first, onAbort } from '../../base/abort';
import type { Event } from '../../base/event';
import type { Engine } from '../connection/engine';
import { type EngineEvent, type EventSource, openEvents } from '../connection/events';
import type { ResourceKind, Row } from '../objects/resource';
import { eventsOf, type KindTable } from './kinds';
import { Reflector } from './reflector';
import { StalledStreamDetector } from './stalledStream';
import { type ChangeSet, isEmpty, type Store } from './store';

/** Some engines send the head of their event stream only with the first event. The lists wait no longer than this for it. */
const openingMs = 1_000;

/** Receives what happens on a watched engine. */
export interface EngineWatchListener {
  /** An event came; the rows have not followed it yet. */
  onEvent(event: EngineEvent): void;
  onChanges(kind: string, changes: ChangeSet<Row>): void;
  /** All kinds have been listed that may be. */
  onListed(): void;
  /** Since then, another kind turned out to be forbidden. */
  onForbidden(): void;
  /** The stream or a list was lost: the watch is over. */
  onLost(error: unknown): void;
  /** The stream has missed an event. The watch goes on, but only a new one is right. */
  onMissed(): void;
}

export interface EngineWatchOptions {
  readonly kinds: KindTable;
  /** The rows of each of the kinds, which the watch keeps equal to the engine. */
  readonly stores: ReadonlyMap<string, Store<Row>>;
  /** How long the event stream may be silent before the engine is asked whether it has missed an event, in milliseconds. */
  readonly silence: number;
  /** Fires when the engine has answered a ping: the time to look after the stream. */
  readonly onDidAnswerPing: Event<void>;
  readonly listener: EngineWatchListener;
}

/** One engine while its events are followed: its event stream, and a reflector for each kind. */
export class EngineWatch {
  readonly #abort = new AbortController();
  readonly #signal = this.#abort.signal;
  readonly #reflectors: ReadonlyMap<string, Reflector<Row>>;
  readonly #sources: readonly EventSource[];
  readonly #forbidden = new Set<string>();
  readonly #detector: StalledStreamDetector;
  #listed = false;

  constructor(
    readonly engine: Engine,
    private readonly options: EngineWatchOptions,
  ) {
    const { kinds, stores, silence } = options;
    this.#reflectors = new Map(
      Object.entries(kinds).flatMap(([name, kind]) => {
        const store = stores.get(name);
        return store ? [[name, this.#reflector(name, kind, store)]] : [];
      }),
    );
    this.#sources = eventsOf(kinds);
    this.#detector = new StalledStreamDetector(engine, { sources: this.#sources, silence });
  }

  /** Whether every kind has been listed that may be. */
  get listed(): boolean {
    return this.#listed;
  }

  /** The kinds that the engine does not allow to be listed, as far as that is known. */
  get forbidden(): ReadonlySet<string> {
    return this.#forbidden;
  }

  /** Opens the stream, then lists every kind. Resolves when all are listed, or when the watch is over. */
  async start(): Promise<void> {
    const lose = (error: unknown): void => this.#lose(error);
    try {
      const opening = this.#open();
      void opening.then(({ ended }) => ended).then(lose, lose);
      void opening.then(({ begun }) => this.#detectMissed(begun), lose);
      const isOpen = await opensWithin(openingMs, opening, this.#signal);
      if (!isOpen) void opening.then(() => this.#touchAll(), lose);
      await Promise.all([...this.#reflectors.values()].map(reflector => reflector.list()));
      if (this.#signal.aborted) return;
      this.#listed = true;
      this.options.listener.onListed();
    } catch (error) {
      lose(error);
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  #open(): ReturnType<typeof openEvents> {
    const onEvent = (event: EngineEvent, at: number): void => {
      this.#detector.sawStream(at);
      for (const reflector of this.#reflectors.values()) reflector.see(event);
      this.options.listener.onEvent(event);
    };
    return openEvents(this.engine, this.#sources, { onEvent, onGap: () => this.#touchAll() }, this.#signal);
  }

  #lose(error: unknown): void {
    if (this.#signal.aborted) return;
    this.stop();
    this.options.listener.onLost(error);
  }

  /** @param begun when the stream began, by the engine's clock, in milliseconds */
  #detectMissed(begun: number): void {
    this.#detector.sawStream(begun + 999); // The head has whole seconds.
    const look = async (): Promise<void> => {
      const missed = await this.#detector.hasMissed(this.#signal);
      if (missed && !this.#signal.aborted) this.options.listener.onMissed();
    };
    const pings = this.options.onDidAnswerPing(() => void look());
    onAbort(this.#signal, () => pings.dispose());
  }

  #touchAll(): void {
    for (const reflector of this.#reflectors.values()) reflector.touch('all');
  }

  #reflector(name: string, kind: ResourceKind<Row, string>, store: Store<Row>): Reflector<Row> {
    return new Reflector(kind, store, this.engine, this.#signal, {
      onChanges: changes => this.#onChanges(name, changes),
      onError: error => this.#lose(error),
      onForbidden: error => (kind.required ? this.#lose(error) : this.#forbid(name)),
    });
  }

  #forbid(kind: string): void {
    this.#forbidden.add(kind);
    if (this.#listed) this.options.listener.onForbidden();
  }

  #onChanges(kind: string, changes: ChangeSet<Row>): void {
    if (isEmpty(changes)) return;
    if (this.#listed) this.#touchOthers(kind, changes);
    this.options.listener.onChanges(kind, changes);
  }

  #touchOthers(kind: string, { added, changed, removed }: ChangeSet<Row>): void {
    const ids = [...added, ...changed.map(({ after }) => after), ...removed].map(({ id }) => id);
    const uses = added.map(row => this.options.kinds[kind]?.uses?.(row) ?? {});
    for (const [other, reflector] of this.#reflectors) {
      if (other !== kind) reflector.seeChange({ kind, ids, newlyUsed: uses.flatMap(used => used[other] ?? []) });
    }
  }
}

/** Whether the event stream opens in that time. Rejects when it fails to. */
function opensWithin(ms: number, opening: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  return first(signal, [() => opening.then(() => true), signal => delay(ms, signal).then(() => false)]);
}
