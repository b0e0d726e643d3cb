import type { StatsSample, TabContent, TabName } from '../../../src/ui/inspector/protocol';
import { h, icon } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page, TabView } from '../page';
import { panelId, tabId } from './tabStrip';

/** How long a tab may stay empty before it shows that it is waiting, in milliseconds. */
const patience = 300;

interface Panel {
  readonly element: HTMLElement;
  view?: TabView;
  /** Whether it is still to be scrolled to where it was left. */
  returning: boolean;
}

/** The tabs' panels, of which one shows. Where each is scrolled to is kept. */
export class Panels {
  readonly element = h('div', { class: 'panels' });
  readonly #panels = new Map<TabName, Panel>();
  #current: TabName | undefined;

  constructor(
    private readonly page: Page,
    private readonly views: Readonly<Record<TabName, (page: Page) => TabView>>,
  ) {
    document.addEventListener('scroll', () => this.#keepScroll());
  }

  show(tab: TabName): void {
    this.#current = tab;
    const panel = this.#panelOf(tab);
    panel.returning = true;
    for (const [name, { element }] of this.#panels) element.hidden = name !== tab;
    panel.view?.shown?.();
    if (panel.view?.element.isConnected) scrollBack(this.page, tab, panel);
    else if (panel.element.childElementCount === 0) waitIn(panel.element, this.page);
  }

  content(content: TabContent): void {
    const view = this.#viewOf(content.tab);
    view.update?.(content);
    this.#fillWith(content.tab, view);
  }

  samples(samples: readonly StatsSample[], reset: boolean): void {
    const view = this.#viewOf('stats');
    view.samples?.(samples, reset);
    this.#fillWith('stats', view);
  }

  unavailable(tab: TabName, sentence: string): void {
    this.#fill(tab, sentenceElement(sentence));
  }

  #panelOf(tab: TabName): Panel {
    const present = this.#panels.get(tab);
    if (present) return present;
    const panel: Panel = { element: panelElement(tab), returning: true };
    this.#panels.set(tab, panel);
    this.element.append(panel.element);
    return panel;
  }

  #viewOf(tab: TabName): TabView {
    return (this.#panelOf(tab).view ??= this.views[tab](this.page));
  }

  #fill(tab: TabName, child: HTMLElement): Panel {
    const panel = this.#panelOf(tab);
    if (panel.element.firstElementChild !== child) panel.element.replaceChildren(child);
    return panel;
  }

  #fillWith(tab: TabName, view: TabView): void {
    const panel = this.#fill(tab, view.element);
    view.shown?.();
    if (tab === this.#current) scrollBack(this.page, tab, panel);
  }

  #keepScroll(): void {
    const tab = this.#current;
    if (tab !== undefined && !this.#panelOf(tab).returning) this.page.memory.setTab(tab, { scroll: scrollY });
  }
}

function panelElement(tab: TabName): HTMLElement {
  const attributes = { role: 'tabpanel', id: panelId(tab), 'aria-labelledby': tabId(tab), tabindex: 0, class: 'panel' };
  const element = h('div', attributes);
  element.hidden = true;
  return element;
}

/**
 * Scrolls to where the person left the tab, and again two frames later: its elements get their sizes only then, and the
 * browser scrolls meanwhile to keep what is in sight in place.
 */
function scrollBack(page: Page, tab: TabName, panel: Panel): void {
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
