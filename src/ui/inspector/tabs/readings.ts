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

/** For so long what is slow to be known counts as known, in milliseconds. */
const freshMs = 60_000;

/** What is read of an object for its tabs, the last of each kept: it stays readable when the object is gone. */
export class Readings {
  readonly #contents = new Map<TabName, TabContent>();
  readonly #notes = new Map<string, string>();
  readonly #asked = new Set<string>();
  /** What of the slow is not to be asked for again, and when it was measured; what failed, never. */
  readonly #measured = new Map<string, number>();
  /** `of` is the state of things that it tells of. */
  #answer: { json: Json; at: number; of: number } | undefined;
  /** Raised whenever what was read may differ from what is. */
  #state = 0;

  constructor(
    private readonly inspected: Inspected,
    private readonly handles: Handles,
  ) {}

  /** When the engine last answered for it, in milliseconds since the epoch. */
  get readAt(): number | undefined {
    return this.#answer?.at;
  }

  /** What was read may differ from what is. */
  outdate(): void {
    this.#state++;
  }

  /** Also what is slow to be known is asked for again. */
  forget(): void {
    this.outdate();
    this.#notes.clear();
    this.#measured.clear();
  }

  /** What is slow to be known is asked for again where that failed or is long ago, and stays known meanwhile. */
  outdateMeasures(): void {
    for (const [name, at] of this.#measured) {
      if (Date.now() - at > freshMs) this.#measured.delete(name);
    }
  }

  /** It is as if it had never been asked for. */
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

  /** Asks for what is slow to be known of a tab, if that is not known yet, or is to be asked for again. Whether there is something new to be shown. */
  async measure({ slow }: NamedReadableTab, on: ReadOn, signal: AbortSignal): Promise<boolean> {
    if (!slow || !this.#answer || this.#measured.has(slow.name) || this.#asked.has(slow.name)) return false;
    this.#asked.add(slow.name);
    try {
      const told = await slow.ask(on.engine, this.#source(this.#answer.json, on), { signal });
      if (signal.aborted) return false;
      this.#notes.set(slow.name, told);
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

  /** What the engine told of the object, and what was found out besides. */
  get known(): { json: Json; notes: Source['notes'] } | undefined {
    return this.#answer && { json: this.#answer.json, notes: this.#notes };
  }

  /** What a tab showed last, or would have shown. */
  last(tab: NamedReadableTab, on: Pick<ReadOn, 'session' | 'users'>): TabContent | undefined {
    const known = this.#contents.get(tab.name);
    if (known || !this.#answer || tab.asks) return known;
    return tab.content(this.#source(this.#answer.json, on));
  }

  /** A tab that has nothing to show now is not to show what it had before. */
  drop(tab: TabName): void {
    this.#contents.delete(tab);
  }

  /** Milliseconds until a tab is to be read anew, without an event; undefined where events tell all. */
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
