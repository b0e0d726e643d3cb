import type { Head, HostMessage, TabName } from '../../src/ui/inspector/protocol';
import { h, icon } from '../shared/dom';
import { headView } from './head';
import type { Page } from './page';
import { panelStack } from './panels';
import { tabViews } from './tabs';
import { tabStrip } from './tabStrip';

type ViewMessage = Exclude<HostMessage, { type: 'texts' | 'revealed' }>;
type Receivers = { [T in ViewMessage['type']]: (message: Extract<ViewMessage, { type: T }>) => void };

export interface InspectorView {
  receive(message: ViewMessage): void;
  /** Says that what the page loads late could not be loaded. */
  tellIncomplete(): void;
}

/** The whole page, once it knows its words. */
export function inspectorView(parts: Omit<Page, 'announce'>): InspectorView {
  const spoken = h('div', { class: 'for-readers', role: 'status' });
  const page: Page = { ...parts, announce: sentence => void (spoken.textContent = sentence) };
  const head = headView(page);
  const incomplete = h('p', { class: 'notice' });
  const strip = tabStrip(page, tab => {
    if (tab === page.memory.state.tab) return;
    show(tab);
    page.post({ type: 'show', tab });
  });
  const panels = panelStack(page, tabViews);
  document.body.append(head.element, incomplete, h('main', {}, strip.element, panels.element), spoken);

  const show = (tab: TabName): void => {
    page.memory.set({ tab });
    strip.mark(tab);
    panels.show(tab);
  };
  let started = false;
  const showHead = (next: Head): void => {
    head.update(next);
    strip.update(next.tabs);
    const tab = selectedTab(next, page.memory.state.tab);
    if (tab === undefined) return;
    if (started && tab === page.memory.state.tab) {
      strip.mark(tab);
      return;
    }
    started = true;
    show(tab);
  };

  const receivers: Receivers = {
    head: ({ head: next }) => showHead(next),
    content: ({ content }) => {
      panels.content(content);
      page.held.askAgain();
    },
    unavailable: ({ tab, sentence }) => panels.unavailable(tab, sentence),
    stats: ({ reset, samples }) => panels.samples(samples, reset),
  };
  return {
    receive: message => (receivers[message.type] as (known: typeof message) => void)(message),
    tellIncomplete: () => {
      const sentence = page.t('A part of this page could not be loaded: close it and open it again.');
      incomplete.replaceChildren(icon('warning'), h('span', {}, sentence));
      page.announce(sentence);
    },
  };
}

/** The tab that was shown last, or the first where the object has no such tab. */
function selectedTab({ tabs }: Head, last: TabName | undefined): TabName | undefined {
  return (tabs.find(({ tab }) => tab === last) ?? tabs[0])?.tab;
}
