import type { Fact, Section, TabName, Value } from '../../src/ui/inspector/protocol';
import { blockList } from './blocks';
import { button, h } from './dom';
import type { Page } from './page';
import { copyValue, isCopyable, valueElement } from './value';
import { visibleLine } from './visible';

type Facts = Extract<Section, { facts: unknown }>;
type Table = Extract<Section, { columns: unknown }>;

/** How many facts or rows of a section are drawn before more are asked for, and with each asking. */
const step = 100;

/** Returns a function that shows sections of a tab in the parent, and changes there only what has changed. */
export function sectionList(page: Page, tab: TabName, parent: HTMLElement): (sections: readonly Section[]) => void {
  const update = blockList(parent);
  let current: readonly Section[] = [];
  const draw = (): void =>
    update(
      current.map(section => {
        const count = page.memory.tab(tab).shown[section.title] ?? step;
        const more = (): void => {
          page.memory.setTab(tab, { shown: { ...page.memory.tab(tab).shown, [section.title]: count + step } });
          draw();
        };
        return { model: [section, count], build: () => sectionElement(page, section, count, more) };
      }),
    );
  return sections => {
    current = sections;
    draw();
  };
}

function sectionElement(page: Page, section: Section, count: number, more: () => void): HTMLElement {
  const isFacts = 'facts' in section;
  const rest = (isFacts ? section.facts : section.rows).length - count;
  return h(
    'section',
    { class: 'section' },
    h('h2', {}, visibleLine(section.title)),
    isFacts ? factList(page, section, count) : tableElement(page, section, count),
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

/** A table with few columns. On a narrow page its rows become lists, in which each cell tells its column. */
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
