import type { Head, HostMessage, TabContent, TabName } from '../../../src/ui/inspector/protocol';
import { h, icon } from '../../shared/dom';
import type { Page } from '../page';
import { tabViews } from '../tabs';
import { headView } from './head';
import { Panels } from './panels';
import { TabStrip } from './tabStrip';

type ViewMessage = Exclude<HostMessage, { type: 'texts' | 'revealed' }>;

/** The whole page, once it has the translations of its words. */
export class InspectorView {
  readonly #page: Page;
  readonly #head: ReturnType<typeof headView>;
  readonly #incomplete = h('p', { class: 'notice' });
  readonly #strip: TabStrip;
  readonly #panels: Panels;
  /** Whether a tab has been shown. */
  #started = false;

  constructor(parts: Omit<Page, 'announce'>) {
    const spoken = h('div', { class: 'for-readers', role: 'status' });
    this.#page = { ...parts, announce: sentence => void (spoken.textContent = sentence) };
    this.#head = headView(this.#page);
    this.#strip = new TabStrip(this.#page, tab => this.#choose(tab));
    this.#panels = new Panels(this.#page, tabViews);
    const main = h('main', {}, this.#strip.element, this.#panels.element);
    document.body.append(this.#head.element, this.#incomplete, main, spoken);
  }

  receive(message: ViewMessage): void {
    if (message.type === 'head') this.#showHead(message.head);
    else if (message.type === 'content') this.#showContent(message.content);
    else if (message.type === 'stats') this.#panels.samples(message.samples, message.reset);
    else this.#panels.unavailable(message.tab, message.sentence);
  }

  /** Says that a part which the page loads later could not be loaded. */
  tellIncomplete(): void {
    const sentence = this.#page.t('A part of this page could not be loaded: close it and open it again.');
    this.#incomplete.replaceChildren(icon('warning'), h('span', {}, sentence));
    this.#page.announce(sentence);
  }

  #showContent(content: TabContent): void {
    this.#panels.content(content);
    this.#page.held.askAgain();
  }

  #choose(tab: TabName): void {
    if (tab === this.#page.memory.state.tab) return;
    this.#show(tab);
    this.#page.post({ type: 'show', tab });
  }

  #show(tab: TabName): void {
    this.#page.memory.set({ tab });
    this.#strip.mark(tab);
    this.#panels.show(tab);
  }

  #showHead(head: Head): void {
    this.#head.update(head);
    this.#strip.update(head.tabs);
    const last = this.#page.memory.state.tab;
    const tab = selectedTab(head, last);
    if (tab === undefined) return;
    if (this.#started && tab === last) this.#strip.mark(tab);
    else this.#show(tab);
    this.#started = true;
  }
}

/** The tab that was shown last, or the first where the object has no such tab. */
function selectedTab({ tabs }: Head, last: TabName | undefined): TabName | undefined {
  return (tabs.find(({ tab }) => tab === last) ?? tabs[0])?.tab;
}
