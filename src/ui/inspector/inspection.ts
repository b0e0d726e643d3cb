import * as vscode from 'vscode';
import { Throttle } from '../../base/async';
import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable';
import { imageId } from '../../engine/images';
import { isEngineError } from '../../engine/errors';
import type { Container } from '../../engine/containers';
import { Failure, isCanceled } from '../failure';
import { followSession } from '../followSession';
import { tellFailure } from '../run';
import type { Services } from '../services';
import type { CurrentSession, Session } from '../session';
import { causeOf, quoted } from '../words';
import { actionsOf, openSuccessor, referenceOf, subjectOf, successorAction } from './actions';
import { sendSignal } from './container/signalling';
import { StatsTab } from './container/stats';
import { description, nameOf } from './head';
import { kinds, type ReadableTab, type Tab } from './kinds';
import { Ledger } from './ledger';
import { follow } from './links';
import { readPageMessage } from './messages';
import { noticeOf, type Presence, presenceOf, successorOf } from './presence';
import type { Head, HostMessage, Inspected, PageMessage, TabContent, TabName } from './protocol';
import { Readings, type ReadOn } from './readings';
import { ReadTab, type Showing } from './showing';

/** The page in front of the person, while there is one. */
export interface Page {
  readonly visible: boolean;
  post(message: HostMessage): void;
  setTitle(title: string): void;
}

export interface InspectionParts extends Pick<Services, 'log'> {
  readonly session: Pick<CurrentSession, 'current' | 'onDidChange'>;
  /** The extension's manifest, with its texts. */
  readonly manifest: unknown;
  /** Opens the inspector of another object. */
  readonly open: (inspected: Inspected) => Promise<void>;
}

/** An event usually comes in company: an end, for one, with the loss of its networks. */
const paceMs = 250;
/** How often what tells an age is compared with what it last said. */
const ageTickMs = 10_000;

/** What one panel is about: follows the object, reads what its page shows, and does what the page asks for. */
export class Inspection implements Disposable {
  readonly #ledger = new Ledger();
  readonly #readings: Readings;
  readonly #store = new DisposableStore();
  readonly #pace = new Throttle(paceMs, () => this.#update());
  #inspected: Inspected;
  #tab: TabName = 'overview';
  /** Whether the page is there and listens. */
  #ready = false;
  /** Whether the engine was seen to hold the object, or has said that it does not. */
  #known = false;
  #shownHead = '';
  #shownContent = '';
  #showing: Showing | undefined;
  #watch: Disposable | undefined;

  constructor(
    inspected: Inspected,
    private readonly page: Page,
    private readonly parts: InspectionParts,
  ) {
    this.#inspected = inspected;
    this.#readings = new Readings(inspected, this.#ledger);
    this.#store.add(this.#pace);
    this.#store.add(followSession(parts.session, (session, store) => this.#follow(session, store)));
    const ticking = setInterval(() => this.#ready && this.#sendHead(), ageTickMs);
    this.#store.add(toDisposable(() => clearInterval(ticking)));
  }

  get inspected(): Inspected {
    return this.#inspected;
  }

  /** The page is shown or hidden. A hidden one is unloaded by VS Code: nothing is read for it, and it says when it is back. */
  setVisible(visible: boolean): void {
    this.#watch?.dispose();
    this.#watch = visible ? this.#session.connection.watch() : undefined;
    if (visible) return;
    this.#ready = false;
    this.#showing?.dispose();
    this.#showing = undefined;
  }

  /** What came from the page. What it does is at an end when the promise is. */
  async handle(value: unknown): Promise<void> {
    const message = readPageMessage(value);
    if (!message) {
      this.parts.log.warn('The inspector’s page sent a message that does not fit; it was dropped');
      return;
    }
    try {
      await this.#do(message);
    } catch (error) {
      tellFailure(error, 'quayside.inspector', this.parts.log);
    }
  }

  dispose(): void {
    this.setVisible(false);
    this.#store.dispose();
  }

  get #session(): Session {
    return this.parts.session.current;
  }

  get #presence(): Presence {
    return presenceOf(this.#session, this.#inspected, this.#known);
  }

  #follow({ connection, mirror, usage }: Session, store: DisposableStore): void {
    const { kind, id } = this.#inspected;
    const touch = (): void => this.#touch();
    const concerns = (rows: readonly { id: string; name?: string }[]): boolean =>
      rows.some(row => row.id === id || row.name === this.#inspected.name);
    store.add(connection.onDidChangeState(touch));
    store.add(mirror.onDidChangeState(touch));
    store.add(
      mirror.onDidChange(change => {
        if (change.kind !== kind) return;
        const rows = [...change.added, ...change.removed, ...change.changed.map(({ after }) => after)];
        if (concerns(rows)) touch();
      }),
    );
    store.add(
      mirror.onDidSeeEvent(event => event.type === kind && (event.id === id || imageId(event.id) === id) && touch()),
    );
    store.add(usage.onDidChange(({ kind: used, names }) => used === kind && names.has(this.#usedName) && touch()));
    if (this.page.visible) this.setVisible(true);
    touch();
  }

  /** What containers call it by. */
  get #usedName(): string {
    const { kind, id, name } = this.#inspected;
    return kind === 'network' ? name : id;
  }

  #touch(): void {
    this.#readings.outdate();
    this.#pace.trigger();
  }

  #update(): void {
    this.#sendHead();
    this.#showing?.update();
  }

  async #do(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#begin(message.tab);
        break;
      case 'show':
        this.#show(message.tab);
        break;
      case 'refresh':
        this.#readings.forget();
        this.#show(message.tab);
        break;
      case 'act':
        return this.#act(this.#ledger.actionOf(message.action));
      case 'open':
        return this.#open(message.link);
      case 'reveal':
        this.#reveal(message.secret);
        break;
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'copySecret':
        return this.#copyHeld(message.secret);
      case 'signal':
        return this.#signal(message.process, message.signal);
    }
  }

  #begin(tab: TabName | undefined): void {
    this.#ready = true;
    this.#shownHead = '';
    this.#post({ type: 'texts', texts: translations(), inspected: this.#inspected });
    this.#sendHead();
    this.#show(tab ?? this.#tab);
  }

  /** What was read before is there at once, and read anew where it may differ. */
  #show(name: TabName): void {
    const tab = this.#tabOf(name);
    this.#tab = tab.tab;
    this.#shownContent = '';
    this.#showing?.dispose();
    this.#showing = tab.streamed ? this.#streamed() : this.#readTab(tab);
    this.#showing.update();
  }

  #readTab(tab: ReadableTab): Showing {
    const last = this.#readings.last(tab, this.#session);
    if (last) this.#showContent(last);
    return new ReadTab(signal => this.#read(tab, signal));
  }

  #streamed(): Showing {
    const session = (): Session | undefined => (this.#presence.kind === 'here' ? this.#session : undefined);
    return new StatsTab(this.#inspected.id, session, message => this.#post(message));
  }

  /** A tab that this kind of object has not is the first one. */
  #tabOf(name: TabName): Tab {
    const { tabs } = kinds[this.#inspected.kind];
    const [first] = tabs;
    const tab = tabs.find(candidate => candidate.tab === name) ?? first;
    if (!tab) throw new Error(`There is no tab ${name}`);
    return tab;
  }

  /** Reads and shows a tab. Returns the milliseconds after which to do so again without an event. */
  async #read(tab: ReadableTab, signal: AbortSignal): Promise<number | undefined> {
    const presence = this.#presence;
    if (presence.kind !== 'here') {
      this.#showLast(tab, presence);
      return undefined;
    }
    const on = { engine: presence.engine, session: this.#session, users: this.#users };
    try {
      const content = await this.#readings.read(tab, on, signal);
      if (signal.aborted) return undefined;
      this.#showContent(content);
      void this.#measure(tab, on, signal);
      return this.#readings.next(tab, on);
    } catch (error) {
      if (!signal.aborted && !isCanceled(error)) this.#onFailure(tab, error);
      return undefined;
    }
  }

  async #measure(tab: ReadableTab, on: ReadOn, signal: AbortSignal): Promise<void> {
    if (await this.#readings.measure(tab, on, signal)) this.#touch();
  }

  get #users(): readonly Container[] {
    const { kind } = this.#inspected;
    return kind === 'container' ? [] : this.#session.usage.of(kind, this.#usedName);
  }

  #onFailure(tab: ReadableTab, error: unknown): void {
    if (isEngineError(error, 'notFound')) this.#known = true;
    const presence = this.#presence;
    if (presence.kind !== 'here') {
      this.#sendHead();
      this.#showLast(tab, presence);
    } else this.#showUnavailable(tab, sentenceOf(error, this.#inspected.name));
  }

  #showLast(tab: ReadableTab, presence: Presence): void {
    const content = this.#readings.last(tab, this.#session);
    const sentence = noticeOf(presence, this.#inspected, this.#readings.readAt) ?? '';
    if (content) this.#showContent(content);
    else this.#sendContent({ type: 'unavailable', tab: tab.tab, sentence });
  }

  #showUnavailable({ tab }: ReadableTab, sentence: string): void {
    this.#readings.drop(tab);
    this.#sendContent({ type: 'unavailable', tab, sentence });
  }

  #sendHead(): void {
    const presence = this.#presence;
    if (presence.kind === 'here' && presence.row) this.#known = true;
    const head = this.#head(presence);
    if (head.name !== this.#inspected.name) this.#inspected = { ...this.#inspected, name: head.name };
    this.page.setTitle(head.name);
    const text = JSON.stringify(head);
    if (!this.#ready || text === this.#shownHead) return;
    this.#shownHead = text;
    this.#post({ type: 'head', head });
  }

  #head(presence: Presence): Head {
    const { kind, name } = this.#inspected;
    const tabs = kinds[kind].tabs.map(({ tab, title }) => ({ tab, title: title() }));
    const notice = noticeOf(presence, this.#inspected, this.#readings.readAt);
    const row = presence.kind === 'here' ? presence.row : undefined;
    if (!row) {
      const next = presence.kind === 'gone' && successorOf(this.#session, this.#inspected);
      const actions = next ? [successorAction(this.#ledger)] : [];
      return { kind, name, description: [], actions, tabs, ...(notice !== undefined && { notice }) };
    }
    const { usage } = this.#session;
    const used = this.#users.length > 0;
    return {
      kind,
      name: nameOf(row, name),
      description: description(row, used, this.#ledger, Date.now()),
      actions: actionsOf(row, usage, this.#ledger, this.parts.manifest),
      tabs,
    };
  }

  #reveal(secret: number): void {
    const text = this.#ledger.heldOf(secret);
    if (text !== undefined) this.#post({ type: 'revealed', secret, text });
  }

  async #copyHeld(secret: number): Promise<void> {
    const text = this.#ledger.heldOf(secret);
    if (text !== undefined) await vscode.env.clipboard.writeText(text);
  }

  async #act(command: string | undefined): Promise<void> {
    if (command === openSuccessor) return this.#openSuccessor();
    const presence = this.#presence;
    if (command === undefined || presence.kind !== 'here' || !presence.row) return;
    const { kind, id, name } = this.#inspected;
    const subject = subjectOf(kind, id, referenceOf(presence.row, name));
    await vscode.commands.executeCommand(command, { subject });
  }

  async #signal(pid: number, unixSignal: string): Promise<void> {
    const presence = this.#presence;
    const command = this.#ledger.processes.get(pid);
    const { known } = this.#readings;
    if (command === undefined || !known || presence.kind !== 'here') return;
    await sendSignal(presence.engine, this.#inspected.name, known, { pid, command, unixSignal });
    this.#showing?.update();
  }

  async #openSuccessor(): Promise<void> {
    const next = successorOf(this.#session, this.#inspected);
    if (next) await this.parts.open({ ...this.#inspected, ...next });
  }

  async #open(link: number): Promise<void> {
    const target = this.#ledger.linkOf(link);
    const { engine } = this.#inspected;
    if (target) await follow(target, object => this.parts.open({ ...object, engine }));
  }

  #showContent(content: TabContent): void {
    this.#sendContent({ type: 'content', content });
  }

  #sendContent(message: Extract<HostMessage, { type: 'content' | 'unavailable' }>): void {
    const text = JSON.stringify(message);
    if (text === this.#shownContent) return;
    this.#shownContent = text;
    this.#post(message);
  }

  #post(message: HostMessage): void {
    if (this.#ready) this.page.post(message);
  }
}

function sentenceOf(error: unknown, name: string): string {
  if (error instanceof Failure) return error.message;
  return vscode.l10n.t('Could not read this of {0}: {1}', quoted(name), causeOf(error));
}

/** The translations of the page's own words. */
function translations(): Readonly<Record<string, string>> {
  return vscode.l10n.bundle ?? {};
}
