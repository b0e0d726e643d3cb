import type { Fact, Section, TabName, Value } from '../../../src/ui/inspector/protocol';
import { afterPaint, button, h } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';
import { type Block, blockList } from './blocks';
import { copyValue, isCopyable, valueElement } from './value';

type Facts = Extract<Section, { facts: unknown }>;
type Table = Extract<Section, { columns: unknown }>;

/** How many facts or rows of a section are drawn at first, and how many more with each “Show More”. */
const step = 100;
/** How many are drawn before the first paint: more than fit the window. */
const sight = 30;

/** Returns a function that shows a tab's sections in the parent and redraws only those that have changed. */
export function sectionList(page: Page, tab: TabName, parent: HTMLElement): (sections: readonly Section[]) => void {
  const update = blockList(parent);
  let current: readonly Section[] = [];
  let isPainted = page.memory.tab(tab).scroll > 0;
  const draw = (): void => update(current.map(section => sectionBlock(page, section, extentOf(section))));
  const extentOf = (section: Section): Extent => {
    const count = page.memory.tab(tab).shown[section.title] ?? step;
    const drawn = Math.min(count, lengthOf(section), isPainted ? Infinity : sight);
    return { count, drawn, more: () => showMore(section.title, count + step) };
  };
  const showMore = (title: string, count: number): void => {
    page.memory.setTab(tab, { shown: { ...page.memory.tab(tab).shown, [title]: count } });
    draw();
  };
  const drawAll = (): void => {
    isPainted = true;
    draw();
  };
  return sections => {
    current = sections;
    draw();
    if (!isPainted) afterPaint(drawAll);
  };
}

function sectionBlock(page: Page, section: Section, extent: Extent): Block {
  return { model: [section, extent.count, extent.drawn], build: () => sectionElement(page, section, extent) };
}

function lengthOf(section: Section): number {
  return ('facts' in section ? section.facts : section.rows).length;
}

interface Extent {
  /** How many are shown. */
  count: number;
  /** How many of them are drawn so far. */
  drawn: number;
  more: () => void;
}

function sectionElement(page: Page, section: Section, { count, drawn, more }: Extent): HTMLElement {
  const rest = lengthOf(section) - count;
  return h(
    'section',
    { class: 'section' },
    h('h2', {}, visibleLine(section.title)),
    'facts' in section ? factList(page, section, drawn) : tableElement(page, section, drawn),
    rest > 0 ? button({ text: page.t('Show More ({0})', rest), class: 'link more' }, more) : undefined,
  );
}

function factList(page: Page, { facts }: Facts, count: number): HTMLElement {
  return h('dl', { class: 'facts' }, ...facts.slice(0, count).map(fact => factElement(page, fact)));
}

function factElement(page: Page, { name, values }: Fact): HTMLElement {
  return h(
    'div',
    { class: 'fact' },
    h('dt', {}, visibleLine(name)),
    ...values.map(value => h('dd', {}, ...withCopy(page, value, name))),
  );
}

function withCopy(page: Page, value: Value, name: string): (HTMLElement | undefined)[] {
  return [valueElement(page, value), isCopyable(value) ? copyValue(page, value, name) : undefined];
}

/** A table with few columns. On a narrow page each row becomes a list, each cell with its column's title. */
function tableElement(page: Page, { title, columns, rows, empty }: Table, count: number): HTMLElement {
  if (rows.length === 0) return h('p', { class: 'quiet' }, visibleLine(empty));
  const head = columns.map(column => h('th', { scope: 'col', role: 'columnheader' }, visibleLine(column)));
  const body = rows.slice(0, count).map(row => {
    const cells = row.map((value, index) => cell(page, value, columns[index] ?? ''));
    return h('tr', { role: 'row' }, ...cells);
  });
  return h(
    'table',
    { class: 'table', role: 'table' },
    h('caption', { class: 'for-readers' }, visibleLine(title)),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...head)),
    h('tbody', { role: 'rowgroup' }, ...body),
  );
}

function cell(page: Page, value: Value, column: string): HTMLElement {
  const attributes = {
    role: 'cell',
    'data-column': visibleLine(column),
    class: value.text === '' ? 'empty' : undefined,
  };
  return h('td', attributes, ...withCopy(page, value, column));
}
