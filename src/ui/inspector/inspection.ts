import * as vscode from 'vscode';
import { checked } from '../../base/check';
import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable';
import { Throttle } from '../../base/schedule';
import { tellFailure } from '../actions/tell';
import type { Log } from '../log';
import { followSession } from '../session/followSession';
import type { CurrentSession, Session } from '../session/session';
import { followObject } from './following';
import { Handles } from './handles';
import { headOf } from './head';
import { InspectedObject } from './object';
import { PageConnection } from './pageConnection';
import { type Head, type HostMessage, type Inspected, isPageMessage, type PageMessage, type TabName } from './protocol';
import { fulfil, type RequestParts } from './requests';
import { Readings } from './tabs/readings';
import { ShownTab } from './tabs/shownTab';

/** The page in front of the person, while there is one. */
export interface Page {
  readonly visible: boolean;
  post(message: HostMessage): void;
  setTitle(title: string): void;
}

export interface InspectionParts {
  readonly log: Log;
  readonly session: Pick<CurrentSession, 'current' | 'onDidChange'>;
  /** Opens the inspector of another object. */
  readonly open: (inspected: Inspected) => Promise<void>;
}

/** Events come in groups: when a container ends, for example, it also loses its networks. */
const paceMs = 250;
/** How often the head is made again, as it says how old things are. */
const ageTickMs = 10_000;

/** What one panel is about: follows the object, keeps its page up to date, and does what the page asks for. */
export class Inspection implements Disposable {
  readonly #object: InspectedObject;
  readonly #handles = new Handles();
  readonly #readings: Readings;
  readonly #tab: ShownTab;
  readonly #store = new DisposableStore();
  readonly #pace = new Throttle(paceMs, () => this.#update());
  readonly #connection: PageConnection;
  #shownHead = '';
  /** What the page was last told about the object. */
  #toldInspected: Inspected | undefined;
  #watch: Disposable | undefined;

  constructor(
    inspected: Inspected,
    private readonly page: Page,
    private readonly parts: InspectionParts,
    tab?: TabName,
  ) {
    this.#connection = new PageConnection(message => page.post(message));
    this.#object = new InspectedObject(inspected, parts.session);
    this.#readings = new Readings(inspected, this.#handles);
    this.#tab = this.#shownTab(tab);
    this.#store.add(this.#pace);
    this.#store.add(followSession(parts.session, (session, store) => this.#follow(session, store)));
    const ticking = setInterval(() => this.#connection.isLoaded && this.#sendHead(), ageTickMs);
    this.#store.add(toDisposable(() => clearInterval(ticking)));
  }

  /**
   * Puts into the page's document what there is to show, with the shown tab's content if that is read within so many
   * milliseconds. Nothing for a hidden page: it would be out of date when the page is back.
   */
  async fillDocument(within: number): Promise<void> {
    const content = await this.#tab.prepared(within);
    if (!this.page.visible) return;
    this.#connection.fillDocument([this.#texts, { type: 'head', head: this.#head }, ...(content ? [content] : [])]);
  }

  /** The messages to put into the page's document. */
  get document(): readonly HostMessage[] {
    return this.#connection.document;
  }

  /** The page is shown or hidden. VS Code unloads a hidden page: nothing is read for it until it loads again. */
  setVisible(visible: boolean): void {
    this.#watch?.dispose();
    this.#watch = visible ? this.#object.session.connection.watch() : undefined;
    if (visible) this.#prepare();
    else this.#rest();
  }

  /** Handles what came from the page. The promise resolves when all of it is done. */
  async handle(value: unknown): Promise<void> {
    const message = checked(isPageMessage, value);
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

  #shownTab(tab: TabName | undefined): ShownTab {
    const parts = {
      object: this.#object,
      readings: this.#readings,
      post: (message: HostMessage) => this.#post(message),
      onDidLearn: () => this.#touch(),
      onDidMiss: () => this.#sendHead(),
    };
    return new ShownTab(parts, tab);
  }

  #prepare(): void {
    if (this.#connection.isLoaded) return;
    this.#readings.outdateMeasures();
    this.#tab.prepare();
  }

  #rest(): void {
    this.#connection.onUnload();
    this.#tab.hide();
  }

  #follow(session: Session, store: DisposableStore): void {
    const touch = (): void => this.#touch();
    followObject(this.#object, session, { store, touch });
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
    else if (message.type === 'refresh') this.#refresh(message.tab);
    else await fulfil(message, this.#requested);
  }

  #refresh(tab: TabName): void {
    this.#readings.forget();
    this.#tab.show(tab);
  }

  get #requested(): RequestParts {
    return {
      object: this.#object,
      handles: this.#handles,
      readings: this.#readings,
      post: message => this.#post(message),
      open: this.parts.open,
      onDidChange: () => this.#tab.update(),
    };
  }

  #begin(tab: TabName | undefined): void {
    this.#shownHead = '';
    this.#toldInspected = this.#object.inspected;
    this.#connection.onLoad(() => {
      this.#post(this.#texts);
      this.#sendHead();
      this.#tab.begin(tab);
    });
  }

  get #texts(): HostMessage {
    return { type: 'texts', texts: vscode.l10n.bundle ?? {}, inspected: this.#object.inspected };
  }

  get #head(): Head {
    return headOf(this.#object, this.#handles, this.#readings.readAt);
  }

  #sendHead(): void {
    const head = this.#head;
    this.#object.rename(head.name);
    this.page.setTitle(head.name);
    const text = JSON.stringify(head);
    if (!this.#connection.isLoaded || text === this.#shownHead) return;
    this.#shownHead = text;
    const { inspected } = this.#object;
    this.#post({ type: 'head', head, ...(inspected !== this.#toldInspected && { inspected }) });
    this.#toldInspected = inspected;
  }

  #post(message: HostMessage): void {
    this.#connection.post(message);
  }
}
