import type { Head, TabName } from '../../../src/ui/inspector/protocol';
import { h } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';

export const tabId = (tab: TabName): string => `tab-${tab}`;
export const panelId = (tab: TabName): string => `panel-${tab}`;

/** The tabs, as ARIA has them: one of them takes the focus, arrow keys select another. */
export class TabStrip {
  readonly element: HTMLElement;
  /** The tabs that are drawn, as JSON. */
  #drawn = '';

  constructor(
    page: Page,
    private readonly select: (tab: TabName) => void,
  ) {
    this.element = h('div', { class: 'tabs sticky-top', role: 'tablist', 'aria-label': page.t('Tabs') });
    this.element.addEventListener('keydown', event => onKey(this.element, event));
    new ResizeObserver(() => setTabsHeight(this.element)).observe(this.element);
  }

  update(tabs: Head['tabs']): void {
    const wanted = JSON.stringify(tabs);
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    this.element.replaceChildren(...tabs.map(({ tab, title }) => tabElement(tab, title, this.select)));
  }

  mark(selected: TabName): void {
    for (const tab of this.element.children) {
      const isSelected = tab.id === tabId(selected);
      tab.setAttribute('aria-selected', String(isSelected));
      tab.setAttribute('tabindex', isSelected ? '0' : '-1');
    }
  }
}

function tabElement(tab: TabName, title: string, select: (tab: TabName) => void): HTMLElement {
  const attributes = { type: 'button', role: 'tab', id: tabId(tab), class: 'tab', 'aria-controls': panelId(tab) };
  const element = h('button', attributes, visibleLine(title));
  element.addEventListener('click', () => select(tab));
  return element;
}

function onKey(strip: HTMLElement, event: KeyboardEvent): void {
  const all = [...strip.querySelectorAll<HTMLElement>('[role=tab]')];
  const index = all.findIndex(tab => tab === document.activeElement);
  const next = all[nextIndex(event.key, index, all.length) ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  next.click();
  next.focus();
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  if (index < 0) return undefined;
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** What sticks below the tabs must know how high they are. */
function setTabsHeight(strip: HTMLElement): void {
  const isSticky = getComputedStyle(strip).position === 'sticky';
  document.body.style.setProperty('--tabs-height', isSticky ? `${strip.offsetHeight}px` : '0px');
}
