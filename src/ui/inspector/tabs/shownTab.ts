import * as vscode from 'vscode';
import { delay } from '../../../base/abort';
import type { Engine } from '../../../engine/connection/engine';
import { isEngineError } from '../../../engine/errors';
import { Failure, isCanceled } from '../../failure';
import { causeOf, quoted } from '../../text';
import type { InspectedObject } from '../object';
import { noticeOf, type Presence } from '../presence';
import type { HostMessage, TabContent, TabName } from '../protocol';
import { kinds, type NamedReadableTab, type NamedTab, namedTabs } from './kinds';
import type { Readings, ReadOn } from './readings';
import { ReadTab, type Showing } from './showing';
import type { StreamParts } from './tab';

export interface ShownTabParts {
  readonly object: InspectedObject;
  readonly readings: Readings;
  readonly post: (message: HostMessage) => void;
  /** Reading has found out something that may change what is shown. */
  readonly onDidLearn: () => void;
  /** The object turned out to be gone, or its engine away. */
  readonly onDidMiss: () => void;
}

/** The tab that the page shows: reads it and sends it to the page. */
export class ShownTab {
  #showing: Showing | undefined;
  /** The last message about it. */
  #sent: { message: HostMessage; text: string } | undefined;

  #confirmedBy: Engine | undefined;
  #onSent: () => void = () => undefined;
  readonly #everSent = new Promise<void>(resolve => (this.#onSent = resolve));
  #name: TabName;

  constructor(
    private readonly parts: ShownTabParts,
    name: TabName = 'overview',
  ) {
    this.#name = name;
  }

  /** Shows a tab, by default the last one. Sends at once what was read before, then reads what may have changed. */
  show(name = this.#name): void {
    const tab = this.#tabOf(name);
    this.#name = tab.name;
    this.#sent = undefined;
    this.#showing?.dispose();
    this.#showing = tab.stream ? tab.stream(this.#streamParts) : this.#readTab(tab);
    this.#showing.update();
  }

  /** Begins to read what the page will show while the page loads. */
  prepare(): void {
    if (!this.#showing && !this.#tabOf(this.#name).stream) this.show();
  }

  /** What was prepared, if that is there within so many milliseconds. */
  async prepared(within: number): Promise<HostMessage | undefined> {
    if (this.#showing) await Promise.race([this.#everSent, delay(within)]);
    return this.#sent?.message;
  }

  /** The page listens from now on: sends what was prepared for it, or reads the tab that it shows instead. */
  begin(name = this.#name): void {
    const tab = this.#tabOf(name);
    if (!this.#showing || tab.stream || tab.name !== this.#name) this.show(name);
    else if (this.#sent) this.parts.post(this.#sent.message);
  }

  /** Something happened that may change what it shows. */
  update(): void {
    this.#showing?.update();
  }

  /** Stops reading until a tab is shown again. */
  hide(): void {
    this.#showing?.dispose();
    this.#showing = undefined;
  }

  /** The first tab, if this kind of object has no tab of the name. */
  #tabOf(name: TabName): NamedTab {
    const tabs = namedTabs(this.parts.object.inspected.kind);
    const tab = tabs.find(candidate => candidate.name === name) ?? tabs[0];
    if (!tab) throw new Error(`There is no tab ${name}`);
    return tab;
  }

  get #streamParts(): StreamParts {
    const { object, post } = this.parts;
    return { id: object.inspected.id, source: () => this.#streamSource(), post };
  }

  #streamSource(): ReturnType<StreamParts['source']> {
    const { object } = this.parts;
    const presence = object.locate();
    if (presence.kind !== 'here') return { sentence: noticeOf(presence, object.inspected) ?? '' };
    if (!presence.row && object.session.mirror.state === 'ready') void this.#confirm(presence.engine);
    return { session: object.session, row: presence.row };
  }

  /** An object without a row may have been removed before the mirror listed anything: asks the engine. */
  async #confirm(engine: Engine): Promise<void> {
    const { object, onDidMiss } = this.parts;
    if (this.#confirmedBy === engine) return;
    this.#confirmedBy = engine;
    const { kind, id } = object.inspected;
    try {
      await kinds[kind].inspect(engine, id, {});
    } catch (error) {
      if (!isEngineError(error, 'notFound')) return; // A connection that is lost asks again when it is back.
      object.confirmMissing();
      onDidMiss();
      this.update();
    }
  }

  #readTab(tab: NamedReadableTab): Showing {
    const { object, readings } = this.parts;
    const users = object.locate().kind === 'here' ? object.users : [];
    const last = readings.last(tab, { session: object.session, users });
    if (last) this.#showContent(last);
    return new ReadTab(signal => this.#read(tab, signal));
  }

  /** Reads and shows a tab. Returns after how many milliseconds to do so again if no event comes. */
  async #read(tab: NamedReadableTab, signal: AbortSignal): Promise<number | undefined> {
    const { object, readings } = this.parts;
    const presence = object.locate();
    if (presence.kind !== 'here') {
      this.#showLast(tab, presence);
      return undefined;
    }
    const on = { engine: presence.engine, session: object.session, users: object.users };
    try {
      const content = await readings.read(tab, on, signal);
      if (signal.aborted) return undefined;
      this.#showContent(content);
      void this.#measure(tab, on, signal);
      return readings.next(tab, on);
    } catch (error) {
      if (signal.aborted || isCanceled(error)) return undefined;
      this.#onFailure(tab, on, error);
      return error instanceof Failure ? undefined : readings.next(tab, on);
    }
  }

  async #measure(tab: NamedReadableTab, on: ReadOn, signal: AbortSignal): Promise<void> {
    if (await this.parts.readings.measure(tab, on, signal)) this.parts.onDidLearn();
  }

  /** When the object or its engine has gone, the last content stays: the session soon tells which of them it was. */
  #onFailure(tab: NamedReadableTab, on: ReadOn, error: unknown): void {
    const { object, readings, onDidMiss } = this.parts;
    if (isEngineError(error, 'notFound')) object.confirmMissing();
    const presence = object.locate();
    const goes = isEngineError(error, 'notFound', 'unreachable');
    const last = goes ? readings.last(tab, on) : undefined;
    if (presence.kind !== 'here') {
      onDidMiss();
      this.#showLast(tab, presence);
    } else if (last) {
      this.#showContent(last);
    } else {
      readings.drop(tab.name);
      this.#send({ type: 'unavailable', tab: tab.name, sentence: sentenceOf(error, object.inspected.name) });
    }
  }

  #showLast(tab: NamedReadableTab, presence: Presence): void {
    const { object, readings } = this.parts;
    const content = readings.last(tab, { session: object.session, users: [] });
    const sentence = noticeOf(presence, object.inspected) ?? '';
    if (content) this.#showContent(content);
    else this.#send({ type: 'unavailable', tab: tab.name, sentence });
  }

  #showContent(content: TabContent): void {
    this.#send({ type: 'content', content });
  }

  /** Sends a message unless it is the same as the last one. */
  #send(message: Extract<HostMessage, { type: 'content' | 'unavailable' }>): void {
    const text = JSON.stringify(message);
    if (text === this.#sent?.text) return;
    this.#sent = { message, text };
    this.#onSent();
    this.parts.post(message);
  }
}

function sentenceOf(error: unknown, name: string): string {
  if (error instanceof Failure) return error.message;
  return vscode.l10n.t('Could not read this of {0}: {1}', quoted(name), causeOf(error));
}
