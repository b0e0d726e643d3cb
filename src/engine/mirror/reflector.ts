import { setImmediate } from 'node:timers/promises';
import { delay } from '../../base/abort';
import { EventRate } from '../../base/eventRate';
import type { Engine } from '../connection/engine';
import type { EngineEvent } from '../connection/events';
import { EngineError, isForbidden } from '../errors';
import {
  type ForeignChange,
  type MirrorView,
  none,
  type ResourceKind,
  type Row,
  type Touched,
} from '../objects/resource';
import type { ChangeSet, Store } from './store';

/**
 * How long a fetch waits after the end of the last one, in milliseconds: what events touch meanwhile goes with it. After
 * that, the next touch is fetched at once. The window grows with the events of the last second, so that a storm of any
 * strength costs some lists a second.
 */
const window = { least: 25, most: 250, msPerEvent: 1.25 };
/** More ids than this make the request longer than the whole list is worth. */
const maxIds = 200;
/** When a row is read again that does not show an early event yet: each in milliseconds after the last reading. */
const rereadPauses: readonly number[] = [50, 100, 200, 400, 800, 1600];

/** An event that the engine may have sent before its list shows it, until the row shows it. */
interface EarlyEvent {
  id: string;
  event: EngineEvent;
  rereads: number;
}

/** Receives what a reflector finds. */
export interface ReflectorListener<R extends Row> {
  onChanges(changes: ChangeSet<R>): void;
  /** A list failed after the first one; the first one rejects itself. */
  onError(error: unknown): void;
  /** The engine does not allow the kind to be listed: its store is empty from now on. */
  onForbidden(error: EngineError): void;
}

/**
 * Keeps one kind's store equal to one engine, as the reflectors of Kubernetes do: it lists the kind whole once, then
 * fetches the rows that events touch. At most one request is under way at a time; what is touched meanwhile waits for the
 * next. Where the engine forbids the list, the store is empty and the engine is not asked again.
 */
export class Reflector<R extends Row> {
  readonly #touched = new Set<string>();
  /** The last early event of each type and id. */
  readonly #early = new Map<string, EarlyEvent>();
  readonly #load = new EventRate();
  readonly #view: MirrorView<R>;
  #touchedAll = false;
  #listed = false;
  /** Until the first list has been read, what is touched waits for it. */
  #working = true;
  #forbidden = false;
  #lastEnd = -Infinity;

  constructor(
    private readonly kind: ResourceKind<R, string>,
    private readonly store: Store<R>,
    private readonly engine: Engine,
    private readonly signal: AbortSignal,
    private readonly listener: ReflectorListener<R>,
  ) {
    this.#view = this.#makeView();
  }

  /** Lists everything. Events may arrive before, during and after. */
  async list(): Promise<void> {
    try {
      await this.#fetch(undefined);
    } finally {
      this.#working = false;
    }
    this.#listed = true;
    if (this.#pending) void this.#work();
  }

  /** Takes an event: fetches what it touches. */
  see(event: EngineEvent): void {
    if (this.#forbidden) return;
    const ids = this.kind.touchedBy(event, this.#view);
    if (this.kind.isEarly?.(event) && ids !== 'all')
      for (const id of ids) this.#early.set(`${event.type} ${id}`, { id, event, rereads: 0 });
    this.touch(ids);
  }

  /** Takes a change in another kind: fetches what it touches. */
  seeChange(change: ForeignChange): void {
    this.touch(this.kind.touchedByChange?.(change, this.#view) ?? none);
  }

  /** Fetches these rows soon: they may have changed. */
  touch(ids: Touched): void {
    if (this.#forbidden) return;
    if (ids === 'all') this.#touchedAll = true;
    else for (const id of ids) this.#touched.add(id);
    if (ids === 'all' || ids.length > 0) this.#load.add();
    if (this.#pending && !this.#working) void this.#work();
  }

  get #pending(): boolean {
    return this.#touchedAll || this.#touched.size > 0;
  }

  #makeView(): MirrorView<R> {
    const isListed = (): boolean => this.#listed;
    return {
      flavour: this.engine.identity.flavour,
      get listed() {
        return isListed();
      },
      rows: () => this.store.all(),
      has: id => this.store.has(id),
    };
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      while (this.#pending && !this.signal.aborted) {
        await this.#gather();
        await this.#fetch(this.#takeTouched());
      }
    } catch (error) {
      if (!this.signal.aborted) this.listener.onError(error);
    } finally {
      this.#working = false;
    }
  }

  /** Waits until the window since the last fetch is over; at least for the events that came with this one. */
  async #gather(): Promise<void> {
    const ms = clamp(this.#load.value * window.msPerEvent, window.least, window.most);
    const left = this.#lastEnd + ms - performance.now();
    if (left > 0) await delay(left, this.signal);
    else await setImmediate(undefined, { signal: this.signal });
  }

  #takeTouched(): readonly string[] | undefined {
    const ids = this.#touchedAll || this.#touched.size > maxIds ? undefined : [...this.#touched];
    this.#forgetTouched();
    return ids;
  }

  #forgetTouched(): void {
    this.#touched.clear();
    this.#touchedAll = false;
  }

  async #fetch(ids: readonly string[] | undefined): Promise<void> {
    const earlyBefore = new Map(this.#early);
    const rows = await this.#list(ids);
    if (this.signal.aborted) throw new EngineError('canceled', { code: 'noLongerFollowed' });
    const changes = ids && !this.#forbidden ? this.store.update(ids, rows) : this.store.replace(rows);
    this.listener.onChanges(changes);
    if (this.#early.size > 0) this.#settleEarly(ids, rows, earlyBefore);
  }

  async #list(ids: readonly string[] | undefined): Promise<R[]> {
    try {
      return await this.kind.list(this.engine, ids, this.signal);
    } catch (error) {
      if (this.signal.aborted || !isForbidden(error)) throw error;
      this.#forbidden = true;
      this.#forgetTouched();
      this.#early.clear();
      this.listener.onForbidden(error);
      return [];
    } finally {
      this.#lastEnd = performance.now();
    }
  }

  /** The rows settle the early events that came before they were asked for, unless a row does not show its event yet. */
  #settleEarly(
    ids: readonly string[] | undefined,
    rows: readonly R[],
    earlyBefore: ReadonlyMap<string, EarlyEvent>,
  ): void {
    const fetched = ids && new Set(ids);
    const listed = new Map(rows.map(row => [row.id, row]));
    for (const [key, early] of this.#early) {
      const row = listed.get(early.id);
      const pause = rereadPauses[early.rereads];
      if (row && pause !== undefined && !this.kind.shows?.(early.event, row)) void this.#reread(key, early, pause);
      else if (row ?? (fetched ? fetched.has(early.id) : earlyBefore.get(key) === early)) this.#early.delete(key);
    }
  }

  async #reread(key: string, early: EarlyEvent, pause: number): Promise<void> {
    early.rereads++;
    await delay(pause, this.signal).catch(() => undefined);
    if (!this.signal.aborted && this.#early.get(key) === early) this.touch([early.id]);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
