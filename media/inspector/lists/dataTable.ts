import { h, icon } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';
import { type Column, columnsOf, linesOf, type Sort, sortRows, type TableRow } from './tableModel';
import { characterWidth, windowedList } from './windowedList';

export interface DataTable<R extends TableRow> {
  readonly element: HTMLElement;
  show(titles: readonly string[], rows: readonly R[]): void;
  /** Draws what came while it was hidden. */
  shown(): void;
}

export interface TableOptions<R> {
  label: string;
  sort: Sort | undefined;
  onSort(sort: Sort): void;
  /** The column that takes the room that is left, and on a narrow page has a line of its own above the others. */
  lead(columns: number): number;
  /** What stays the same of a row when rows come and go. */
  key(row: R): string | number;
  /** The row that was clicked or moved to; undefined when it has gone. */
  onActive?(row: R | undefined): void;
}

/** Narrower than this, in pixels, a row takes several lines. */
const narrow = 620;
/** Cells are drawn to this length; the whole shows elsewhere. */
const longestCell = 400;

/** A sortable table of any length. */
export function dataTable<R extends TableRow>(page: Page, options: TableOptions<R>): DataTable<R> {
  let columns: readonly Column[] = [];
  let rows: readonly R[] = [];
  let sort = options.sort;
  let activeKey: string | number | undefined;
  const header = h('div', { role: 'row', class: 'table-head', 'aria-rowindex': 1 });
  const list = windowedList({
    role: 'grid',
    label: options.label,
    render: index => rowElement(columns, rows[index]?.cells ?? [], index, options.lead(columns.length)),
    onActive: index => {
      activeKey = rows[index] && options.key(rows[index]);
      options.onActive?.(rows[index]);
    },
  });
  const { element } = list;
  element.classList.add('data-table');
  element.prepend(h('div', { role: 'rowgroup', class: 'table-header sticky-top' }, header));

  const choose = (column: string): void => {
    sort = { column, descending: sort?.column === column && !sort.descending };
    options.onSort(sort);
    page.announce(sentenceOf(page, sort));
    draw();
  };
  const draw = (): void => {
    rows = sortRows(rows, columns, sort);
    element.setAttribute('aria-rowcount', String(rows.length + 1));
    drawHeader(header, columns, sort, choose);
    const at = rows.findIndex(row => options.key(row) === activeKey);
    list.draw(rows.length, at < 0 ? undefined : at);
    if (activeKey !== undefined) options.onActive?.(rows[at]);
  };
  /** On a narrow page a row is as many lines high as its cells need, each with its column's title. */
  const layout = (): void => {
    if (element.clientWidth === 0) return;
    const isNarrow = element.clientWidth < narrow;
    const others = columns.filter((_column, index) => index !== options.lead(columns.length));
    element.classList.toggle('narrow', isNarrow);
    list.setLines(isNarrow ? 1 + linesOf(others, element.clientWidth / characterWidth(element)) : 1);
  };
  new ResizeObserver(layout).observe(element);

  return {
    element,
    show: (titles, next) => {
      columns = columnsOf(titles, next);
      const lead = options.lead(columns.length);
      const tracks = columns.map(({ width }, index) => (index === lead ? 'minmax(14ch, 1fr)' : `${width}ch`));
      element.style.setProperty('--columns', tracks.join(' '));
      rows = next;
      draw();
    },
    shown: () => {
      layout();
      draw();
    },
  };
}

function rowElement(columns: readonly Column[], cells: readonly string[], index: number, lead: number): HTMLElement {
  const attributes = { role: 'row', 'aria-rowindex': index + 2 };
  return h(
    'div',
    attributes,
    ...columns.map((column, place) => cellElement(column, cells[place] ?? '', place === lead)),
  );
}

function cellElement({ title, numeric }: Column, text: string, leads: boolean): HTMLElement {
  const look = ['cell', numeric && 'numeric', leads && 'lead'].filter(Boolean).join(' ');
  const attributes = { role: 'gridcell', class: look, 'data-column': visibleLine(title) };
  return h('span', attributes, visibleLine(text.slice(0, longestCell)));
}

/** The buttons stay as they are while they mean the same, so that the focus stays too. */
function drawHeader(
  header: HTMLElement,
  columns: readonly Column[],
  sort: Sort | undefined,
  choose: (column: string) => void,
): void {
  const titles = columns.map(({ title }) => title);
  if (JSON.stringify(titles) !== header.dataset['titles']) {
    header.dataset['titles'] = JSON.stringify(titles);
    header.replaceChildren(...columns.map(column => headerCell(column, choose)));
  }
  for (const [index, cell] of [...header.children].entries()) {
    const isSorted = sort?.column === titles[index];
    const order = sort?.descending === true ? 'descending' : 'ascending';
    cell.setAttribute('aria-sort', isSorted ? order : 'none');
    cell.querySelector('i')?.replaceWith(icon(sort?.descending === true ? 'chevron-down' : 'chevron-up'));
  }
}

function headerCell({ title, numeric }: Column, choose: (column: string) => void): HTMLElement {
  const sorter = h(
    'button',
    { type: 'button', class: 'sorter' },
    h('span', {}, visibleLine(title)),
    icon('chevron-up'),
  );
  sorter.addEventListener('click', () => choose(title));
  return h('span', { role: 'columnheader', class: numeric ? 'cell numeric' : 'cell' }, sorter);
}

function sentenceOf(page: Page, { column, descending }: Sort): string {
  return descending ? page.t('Sorted by {0}, descending', column) : page.t('Sorted by {0}, ascending', column);
}
