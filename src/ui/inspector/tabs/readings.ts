import * as vscode from 'vscode';
import type { Json } from '../../../base/read';
import type { Engine } from '../../../engine/connection/engine';
import type { Container } from '../../../engine/objects/containers/row';
import type { Session } from '../../session/session';
import { causeOf } from '../../text';
import type { Handles } from '../handles';
import type { Inspected, TabContent, TabName } from '../protocol';
import { kinds, type NamedReadableTab } from './kinds';
import type { Source } from './source';

/** How long a slow answer counts as up to date, in milliseconds. */
const freshMs = 60_000;

/** Reads an object for its tabs and keeps the last content of each: it stays readable when the object is gone. */
export class Readings {
  readonly #contents = new Map<TabName, TabContent>();
  readonly #notes = new Map<string, string>();
  readonly #asked = new Set<string>();
  /** What was measured, by name, and when: -Infinity for what failed. What is here is not measured again. */
  readonly #measured = new Map<string, number>();
  /** The object's inspection. `of` is the value of `#state` when it was asked for. */
  #answer: { json: Json; at: number; of: number } | undefined;
  /** Counts up whenever the inspection may be out of date. */
  #state = 0;

  constructor(
    private readonly inspected: Inspected,
    private readonly handles: Handles,
  ) {}

  /** When the engine last answered for it, in milliseconds since the epoch. */
  get readAt(): number | undefined {
    return this.#answer?.at;
  }

  /** The inspection may be out of date. */
  outdate(): void {
    this.#state++;
  }

  /** Everything is read and measured again. */
  forget(): void {
    this.outdate();
    this.#notes.clear();
    this.#measured.clear();
  }

  /** What failed or was measured long ago is measured again; the old value stays meanwhile. */
  outdateMeasures(): void {
    for (const [name, at] of this.#measured) {
      if (Date.now() - at > freshMs) this.#measured.delete(name);
    }
  }

  /** The measure is taken again, and is unknown meanwhile. */
  forgetMeasure(name: string): void {
    this.#notes.delete(name);
    this.#measured.delete(name);
  }

  async read(tab: NamedReadableTab, on: ReadOn, signal: AbortSignal): Promise<TabContent> {
    const source = this.#source(await this.#inspect(on.engine, signal), on);
    const content = await tab.content(source, on.engine, { signal });
    signal.throwIfAborted();
    this.#contents.set(tab.name, content);
    return content;
  }

  /** Measures what is slow to find out for a tab, if that is due. Returns whether there is something new to show. */
  async measure({ slow }: NamedReadableTab, on: ReadOn, signal: AbortSignal): Promise<boolean> {
    if (!slow || !this.#answer || this.#measured.has(slow.name) || this.#asked.has(slow.name)) return false;
    this.#asked.add(slow.name);
    try {
      const found = await slow.ask(on.engine, this.#source(this.#answer.json, on), { signal });
      if (signal.aborted) return false;
      this.#notes.set(slow.name, found);
      this.#measured.set(slow.name, Date.now());
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      this.#measured.set(slow.name, -Infinity);
      if (this.#notes.has(slow.name)) return false;
      this.#notes.set(slow.name, vscode.l10n.t('could not be measured: {0}', causeOf(error)));
      return true;
    } finally {
      this.#asked.delete(slow.name);
    }
  }

  /** The object's inspection, and what else was found out. */
  get known(): { json: Json; notes: Source['notes'] } | undefined {
    return this.#answer && { json: this.#answer.json, notes: this.#notes };
  }

  /** The last content of a tab, or what it would have been. */
  last(tab: NamedReadableTab, on: Pick<ReadOn, 'session' | 'users'>): TabContent | undefined {
    const known = this.#contents.get(tab.name);
    if (known || !this.#answer || tab.asks) return known;
    return tab.content(this.#source(this.#answer.json, on));
  }

  /** Forgets the last content of a tab that has nothing to show now. */
  drop(tab: TabName): void {
    this.#contents.delete(tab);
  }

  /** After how many milliseconds a tab is read again if no event comes; undefined if events suffice. */
  next(tab: NamedReadableTab, on: ReadOn): number | undefined {
    const ms = this.#answer && tab.every?.(this.#source(this.#answer.json, on));
    if (ms !== undefined && !tab.asks) this.outdate();
    return ms;
  }

  async #inspect(engine: Engine, signal: AbortSignal): Promise<Json> {
    if (this.#answer?.of === this.#state) return this.#answer.json;
    const of = this.#state;
    const json = await kinds[this.inspected.kind].inspect(engine, this.inspected.id, { signal });
    this.#answer = { json, at: Date.now(), of };
    return json;
  }

  #source(json: Json, { session, engine, users }: Partial<ReadOn> & Pick<ReadOn, 'session' | 'users'>): Source {
    const address = (engine ?? session.connection.engine)?.endpoint.address;
    return { json, handles: this.handles, address, users, mirror: session.mirror, notes: this.#notes };
  }
}

/** What a tab is read from. */
export interface ReadOn {
  engine: Engine;
  session: Session;
  users: readonly Container[];
}
