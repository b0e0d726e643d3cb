import type { Head, TabName } from '../../src/ui/inspector/protocol';
import { h } from '../shared/dom';
import { visibleLine } from '../shared/visible';
import type { Page } from './page';

export interface TabStrip {
  readonly element: HTMLElement;
  update(tabs: Head['tabs']): void;
  mark(selected: TabName): void;
}

export const tabId = (tab: TabName): string => `tab-${tab}`;
export const panelId = (tab: TabName): string => `panel-${tab}`;

/** The tabs, as ARIA has them: one of them takes the focus, arrow keys select another. */
export function tabStrip(page: Page, select: (tab: TabName) => void): TabStrip {
  const element = h('div', { class: 'tabs sticky-top', role: 'tablist', 'aria-label': page.t('Tabs') });
  let drawn = '';
  new ResizeObserver(() => tellHeight(element)).observe(element);
  element.addEventListener('keydown', event => {
    const all = [...element.querySelectorAll<HTMLElement>('[role=tab]')];
    const index = all.findIndex(tab => tab === document.activeElement);
    const next = all[target(event.key, index, all.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    next.click();
    next.focus();
  });
  return {
    element,
    update: tabs => {
      const wanted = JSON.stringify(tabs);
      if (wanted === drawn) return;
      drawn = wanted;
      element.replaceChildren(...tabs.map(({ tab, title }) => tabElement(tab, title, select)));
    },
    mark: selected => {
      for (const tab of element.children) {
        const isSelected = tab.id === tabId(selected);
        tab.setAttribute('aria-selected', String(isSelected));
        tab.setAttribute('tabindex', isSelected ? '0' : '-1');
      }
    },
  };
}

function tabElement(tab: TabName, title: string, select: (tab: TabName) => void): HTMLElement {
  const attributes = { type: 'button', role: 'tab', id: tabId(tab), class: 'tab', 'aria-controls': panelId(tab) };
  const element = h('button', attributes, visibleLine(title));
  element.addEventListener('click', () => select(tab));
  return element;
}

function target(key: string, index: number, count: number): number | undefined {
  if (index < 0) return undefined;
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** Whatever sticks below the tabs has to know how high they are. */
function tellHeight(element: HTMLElement): void {
  const isSticky = getComputedStyle(element).position === 'sticky';
  document.body.style.setProperty('--tabs-height', isSticky ? `${element.offsetHeight}px` : '0px');
}
