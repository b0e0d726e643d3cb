import { delay } from '../../base/abort';
import { Load } from '../../base/schedule';
import type { Engine } from '../connection/engine';
import type { EngineEvent } from '../connection/events';
import { EngineError, isForbidden } from '../errors';
import type { ResourceKind, Row } from '../objects/resource';
import type { ChangeSet, Store } from './store';

/**
 * Ids that events touch within this time, in milliseconds, are fetched together. It grows with the events of the last
 * second, so that a storm of any strength costs some lists a second and a single change shows at once.
 */
const window = { least: 25, most: 250, msPerEvent: 1.25 };
/** More ids than this make the request longer than the whole list is worth. */
const maxIds = 200;
/** When a row that does not show yet what an event told is fetched again: each in milliseconds after the last. */
const furtherLooks: readonly number[] = [50, 100, 200, 400, 800, 1600];

/** What an event told of a row, until the row shows it. */
interface Told {
  id: string;
  event: EngineEvent;
  looks: number;
}

/** What hears of what a follower finds. */
export interface FollowerListener<R extends Row> {
  onChanges(changes: ChangeSet<R>): void;
  /** A list failed after the first one, which tells its failure itself. */
  onError(error: unknown): void;
  /** The kind may not be listed: its store is empty from now on. */
  onForbidden(error: EngineError): void;
}

/**
 * Keeps one kind's store equal to one engine: lists it whole once, then fetches what events touch. At most one request
 * is under way at a time; what is touched meanwhile waits for the next. A list that is forbidden is empty, and not asked for
 * again.
 */
export class Follower<R extends Row> {
  readonly #touched = new Set<string>();
  /** The last event of each type and id that told what a list may lack. */
  readonly #told = new Map<string, Told>();
  readonly #load = new Load();
  #touchedAll = false;
  /** Until the list has been read, what is touched waits for it. */
  #working = true;
  #forbidden = false;

  constructor(
    private readonly kind: ResourceKind<R>,
    private readonly store: Store<R>,
    private readonly engine: Engine,
    private readonly signal: AbortSignal,
    private readonly listener: FollowerListener<R>,
  ) {}

  /** Lists everything. Events may arrive before, during and after. */
  async list(): Promise<void> {
    try {
      await this.#fetch(undefined);
    } finally {
      this.#working = false;
    }
    if (this.#pending) void this.#work();
  }

  see(event: EngineEvent): void {
    if (this.#forbidden) return;
    const ids = this.kind.touchedBy(event);
    if (this.kind.tells?.(event) && ids !== 'all')
      for (const id of ids) this.#told.set(`${event.type} ${id}`, { id, event, looks: 0 });
    this.touch(ids);
  }

  touch(ids: readonly string[] | 'all'): void {
    if (this.#forbidden) return;
    if (ids === 'all') this.#touchedAll = true;
    else for (const id of ids) this.#touched.add(id);
    if (ids.length > 0) this.#load.add();
    if (this.#pending && !this.#working) void this.#work();
  }

  get #pending(): boolean {
    return this.#touchedAll || this.#touched.size > 0;
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      while (this.#pending && !this.signal.aborted) {
        await delay(clamp(this.#load.value * window.msPerEvent, window.least, window.most), this.signal);
        const ids = this.#touchedAll || this.#touched.size > maxIds ? undefined : [...this.#touched];
        this.#touched.clear();
        this.#touchedAll = false;
        await this.#fetch(ids);
      }
    } catch (error) {
      if (!this.signal.aborted) this.listener.onError(error);
    } finally {
      this.#working = false;
    }
  }

  async #fetch(ids: readonly string[] | undefined): Promise<void> {
    const toldBefore = new Map(this.#told);
    const rows = await this.#list(ids);
    if (this.signal.aborted) throw new EngineError('canceled', { code: 'noLongerFollowed' });
    const changes = ids && !this.#forbidden ? this.store.update(ids, rows) : this.store.replace(rows);
    this.listener.onChanges(changes);
    if (this.#told.size > 0) this.#lookAgain(ids, rows, toldBefore);
  }

  async #list(ids: readonly string[] | undefined): Promise<R[]> {
    try {
      return await this.kind.list(this.engine, ids, this.signal);
    } catch (error) {
      if (this.signal.aborted || !isForbidden(error)) throw error;
      this.#forbidden = true;
      this.#touchedAll = false;
      this.#touched.clear();
      this.#told.clear();
      this.listener.onForbidden(error);
      return [];
    }
  }

  /** What was told before the rows were asked for is settled by them, unless a row does not show it yet. */
  #lookAgain(ids: readonly string[] | undefined, rows: readonly R[], toldBefore: ReadonlyMap<string, Told>): void {
    const fetched = ids && new Set(ids);
    const listed = new Map(rows.map(row => [row.id, row]));
    for (const [key, told] of this.#told) {
      const row = listed.get(told.id);
      const wait = furtherLooks[told.looks];
      if (row && wait !== undefined && !this.kind.shows?.(told.event, row)) void this.#lookLater(key, told, wait);
      else if (row ?? (fetched ? fetched.has(told.id) : toldBefore.get(key) === told)) this.#told.delete(key);
    }
  }

  async #lookLater(key: string, told: Told, wait: number): Promise<void> {
    told.looks++;
    await delay(wait, this.signal).catch(() => undefined);
    if (!this.signal.aborted && this.#told.get(key) === told) this.touch([told.id]);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
