import type { StatsSample, TabContent, TabName } from '../../src/ui/inspector/protocol';
import { h, icon } from '../shared/dom';
import { visibleLine } from '../shared/visible';
import type { Page, TabView } from './page';
import { panelId, tabId } from './tabStrip';

/** How long a tab may stay empty before it shows that it is waiting, in milliseconds. */
const patience = 300;

interface Panel {
  readonly element: HTMLElement;
  view?: TabView;
  /** Whether its scroll position is still to be found again. */
  returning: boolean;
}

export interface Panels {
  readonly element: HTMLElement;
  show(tab: TabName): void;
  content(content: TabContent): void;
  unavailable(tab: TabName, sentence: string): void;
  samples(samples: readonly StatsSample[], reset: boolean): void;
}

/** The tabs' panels, of which one shows. Where each is scrolled to is kept. */
export function panelStack(page: Page, views: Readonly<Record<TabName, (page: Page) => TabView>>): Panels {
  const element = h('div', { class: 'panels' });
  const panels = new Map<TabName, Panel>();
  let current: TabName | undefined;

  const panelOf = (tab: TabName): Panel => {
    const present = panels.get(tab);
    if (present) return present;
    const panel: Panel = { element: panelElement(tab), returning: true };
    panels.set(tab, panel);
    element.append(panel.element);
    return panel;
  };
  const viewOf = (tab: TabName): TabView => {
    const panel = panelOf(tab);
    return (panel.view ??= views[tab](page));
  };
  const fill = (tab: TabName, child: HTMLElement): Panel => {
    const panel = panelOf(tab);
    if (panel.element.firstElementChild !== child) panel.element.replaceChildren(child);
    return panel;
  };
  const fillWith = (tab: TabName, view: TabView): void => {
    const panel = fill(tab, view.element);
    view.shown?.();
    if (tab === current) comeBack(page, tab, panel);
  };

  document.addEventListener('scroll', () => {
    if (current !== undefined && !panelOf(current).returning) page.memory.setTab(current, { scroll: scrollY });
  });

  return {
    element,
    show: tab => {
      current = tab;
      const panel = panelOf(tab);
      panel.returning = true;
      for (const [name, { element: other }] of panels) other.hidden = name !== tab;
      panel.view?.shown?.();
      if (panel.view?.element.isConnected) comeBack(page, tab, panel);
      else if (panel.element.childElementCount === 0) waitIn(panel.element, page);
    },
    content: content => {
      const view = viewOf(content.tab);
      view.update(content);
      fillWith(content.tab, view);
    },
    samples: (samples, reset) => {
      const view = viewOf('stats');
      view.samples?.(samples, reset);
      fillWith('stats', view);
    },
    unavailable: (tab, sentence) => void fill(tab, sentenceElement(sentence)),
  };
}

function panelElement(tab: TabName): HTMLElement {
  const attributes = { role: 'tabpanel', id: panelId(tab), 'aria-labelledby': tabId(tab), tabindex: 0, class: 'panel' };
  const element = h('div', attributes);
  element.hidden = true;
  return element;
}

/**
 * Scrolls to where the tab was left, once it has something to scroll; and again once its elements have their size, which
 * they take on a frame later: the browser keeps what is in sight where it is meanwhile, and so scrolls too.
 */
function comeBack(page: Page, tab: TabName, panel: Panel): void {
  if (!panel.returning) return;
  const { scroll } = page.memory.tab(tab);
  const back = (): void => scrollTo({ top: scroll, behavior: 'instant' });
  back();
  inTwoFrames(() => {
    if (!panel.returning || panel.element.hidden) return;
    back();
    panel.returning = false;
  });
}

function inTwoFrames(action: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(action));
}

function waitIn(panel: HTMLElement, page: Page): void {
  setTimeout(() => {
    if (panel.childElementCount === 0) panel.append(h('vscode-progress-ring', { 'aria-label': page.t('Loading') }));
  }, patience);
}

function sentenceElement(sentence: string): HTMLElement {
  return h('p', { class: 'sentence' }, icon('info'), h('span', {}, visibleLine(sentence)));
}
