import * as vscode from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable';
import { Throttle } from '../../base/schedule';
import { imageId } from '../../engine/objects/images/reference';
import { tellFailure } from '../actions/tell';
import type { Services } from '../services';
import { followSession } from '../session/followSession';
import type { CurrentSession, Session } from '../session/session';
import { headOf } from './head';
import { Ledger } from './ledger';
import { readPageMessage } from './messages';
import { InspectedObject } from './object';
import type { Head, HostMessage, Inspected, PageMessage, TabName } from './protocol';
import { fulfil, type RequestParts } from './requests';
import { Readings } from './tabs/readings';
import { ShownTab } from './tabs/shownTab';

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

/** What one panel is about: follows the object, keeps its page up to date, and does what the page asks for. */
export class Inspection implements Disposable {
  readonly #object: InspectedObject;
  readonly #ledger = new Ledger();
  readonly #readings: Readings;
  readonly #tab: ShownTab;
  readonly #store = new DisposableStore();
  readonly #pace = new Throttle(paceMs, () => this.#update());
  /** Whether the page is there and listens. */
  #ready = false;
  #shownHead = '';
  /** What the page knows that it is about. */
  #told: Inspected | undefined;
  #watch: Disposable | undefined;

  constructor(
    inspected: Inspected,
    private readonly page: Page,
    private readonly parts: InspectionParts,
    tab?: TabName,
  ) {
    this.#object = new InspectedObject(inspected, parts.session);
    this.#readings = new Readings(inspected, this.#ledger);
    const tabParts = {
      object: this.#object,
      readings: this.#readings,
      post: (message: HostMessage) => this.#post(message),
      onDidLearn: () => this.#touch(),
      onDidMiss: () => this.#sendHead(),
    };
    this.#tab = new ShownTab(tabParts, tab);
    this.#store.add(this.#pace);
    this.#store.add(followSession(parts.session, (session, store) => this.#follow(session, store)));
    const ticking = setInterval(() => this.#ready && this.#sendHead(), ageTickMs);
    this.#store.add(toDisposable(() => clearInterval(ticking)));
  }

  /**
   * What the page has to begin with, before it listens: the shown tab's content too, if that is read within a time in
   * milliseconds.
   */
  async opening(within: number): Promise<readonly HostMessage[]> {
    const content = await this.#tab.prepared(within);
    return [this.#texts, { type: 'head', head: this.#head }, ...(content ? [content] : [])];
  }

  /** The page is shown or hidden. A hidden one is unloaded by VS Code: nothing is read for it, and it says when it is back. */
  setVisible(visible: boolean): void {
    this.#watch?.dispose();
    this.#watch = visible ? this.#object.session.connection.watch() : undefined;
    if (visible) {
      if (this.#ready) return;
      this.#readings.outdateMeasures();
      this.#tab.prepare();
      return;
    }
    this.#ready = false;
    this.#tab.hide();
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

  #follow({ connection, mirror, usage }: Session, store: DisposableStore): void {
    const { kind, id } = this.#object.inspected;
    const touch = (): void => this.#touch();
    const concerns = (rows: readonly { id: string; name?: string; tags?: readonly string[] }[]): boolean => {
      const { name } = this.#object.inspected;
      return rows.some(row => row.id === id || row.name === name || row.tags?.includes(name));
    };
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
    store.add(
      usage.onDidChange(({ kind: used, names }) => used === kind && names.has(this.#object.usedName) && touch()),
    );
    touch();
    if (this.page.visible) this.setVisible(true);
  }

  #touch(): void {
    this.#readings.outdate();
    this.#pace.trigger();
  }

  #update(): void {
    this.#sendHead();
    this.#tab.update();
  }

  async #do(message: PageMessage): Promise<void> {
    if (message.type === 'ready') this.#begin(message.tab);
    else if (message.type === 'show') this.#tab.show(message.tab);
    else if (message.type === 'refresh') {
      this.#readings.forget();
      this.#tab.show(message.tab);
    } else await fulfil(message, this.#requested);
  }

  get #requested(): RequestParts {
    return {
      object: this.#object,
      ledger: this.#ledger,
      readings: this.#readings,
      post: message => this.#post(message),
      open: this.parts.open,
      onDidChange: () => this.#tab.update(),
    };
  }

  #begin(tab: TabName | undefined): void {
    this.#ready = true;
    this.#shownHead = '';
    this.#told = this.#object.inspected;
    this.#post(this.#texts);
    this.#sendHead();
    this.#tab.begin(tab);
  }

  get #texts(): HostMessage {
    return { type: 'texts', texts: translations(), inspected: this.#object.inspected };
  }

  get #head(): Head {
    return headOf(this.#object, this.#ledger, this.#readings.readAt, this.parts.manifest);
  }

  #sendHead(): void {
    const head = this.#head;
    this.#object.rename(head.name);
    this.page.setTitle(head.name);
    const text = JSON.stringify(head);
    if (!this.#ready || text === this.#shownHead) return;
    this.#shownHead = text;
    const { inspected } = this.#object;
    this.#post({ type: 'head', head, ...(inspected !== this.#told && { inspected }) });
    this.#told = inspected;
  }

  #post(message: HostMessage): void {
    if (this.#ready) this.page.post(message);
  }
}

/** The translations of the page's own words. */
function translations(): Readonly<Record<string, string>> {
  return vscode.l10n.bundle ?? {};
}
