import { h, icon } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';
import { characterWidth } from './geometry';
import { type Column, columnsOf, linesOf, type Sort, sortRows, type TableRow } from './tableModel';
import { WindowedList } from './windowedList';

export interface TableOptions<R> {
  label: string;
  sort: Sort | undefined;
  onSort(sort: Sort): void;
  /** The column that takes the remaining width, and on a narrow page has its own line above the others. */
  lead(columns: number): number;
  /** Identifies a row when rows come and go. */
  key(row: R): string | number;
  /** The row that was clicked or moved to; undefined when it has gone. */
  onActive?(row: R | undefined): void;
}

/** Narrower than this, in pixels, a row takes several lines. */
const narrow = 620;
/** Cells are cut at this length; the details of the row have the whole. */
const longestCell = 400;

/** A sortable table of any length. */
export class DataTable<R extends TableRow> {
  readonly #header = h('div', { role: 'row', class: 'table-head', 'aria-rowindex': 1 });
  readonly #list: WindowedList;
  #columns: readonly Column[] = [];
  #rows: readonly R[] = [];
  #sort: Sort | undefined;
  #activeKey: string | number | undefined;

  constructor(
    private readonly page: Page,
    private readonly options: TableOptions<R>,
  ) {
    this.#sort = options.sort;
    this.#list = new WindowedList({
      role: 'grid',
      label: options.label,
      render: index => rowElement(this.#columns, this.#rows[index]?.cells ?? [], index, this.#lead),
      onActive: index => this.#onActive(this.#rows[index]),
    });
    this.element.classList.add('data-table');
    this.element.prepend(h('div', { role: 'rowgroup', class: 'table-header sticky-top' }, this.#header));
    new ResizeObserver(() => this.#layout()).observe(this.element);
  }

  get element(): HTMLElement {
    return this.#list.element;
  }

  show(titles: readonly string[], rows: readonly R[]): void {
    this.#columns = columnsOf(titles, rows);
    const lead = this.#lead;
    const tracks = this.#columns.map(({ width }, index) => (index === lead ? 'minmax(14ch, 1fr)' : `${width}ch`));
    this.element.style.setProperty('--columns', tracks.join(' '));
    this.#rows = rows;
    this.#draw();
  }

  /** Draws what came while it was hidden. */
  shown(): void {
    this.#layout();
    this.#draw();
  }

  get #lead(): number {
    return this.options.lead(this.#columns.length);
  }

  #onActive(row: R | undefined): void {
    this.#activeKey = row && this.options.key(row);
    this.options.onActive?.(row);
  }

  #sortBy(column: string): void {
    this.#sort = { column, descending: this.#sort?.column === column && !this.#sort.descending };
    this.options.onSort(this.#sort);
    this.page.announce(sentenceOf(this.page, this.#sort));
    this.#draw();
  }

  #draw(): void {
    this.#rows = sortRows(this.#rows, this.#columns, this.#sort);
    this.element.setAttribute('aria-rowcount', String(this.#rows.length + 1));
    drawHeader(this.#header, this.#columns, this.#sort, column => this.#sortBy(column));
    const at = this.#rows.findIndex(row => this.options.key(row) === this.#activeKey);
    this.#list.draw(this.#rows.length, at < 0 ? undefined : at);
    if (this.#activeKey !== undefined) this.options.onActive?.(this.#rows[at]);
  }

  /** On a narrow page a row has as many lines as its cells need, each cell with its column's title. */
  #layout(): void {
    const { clientWidth } = this.element;
    if (clientWidth === 0) return;
    const isNarrow = clientWidth < narrow;
    const others = this.#columns.filter((_column, index) => index !== this.#lead);
    this.element.classList.toggle('narrow', isNarrow);
    this.#list.setLines(isNarrow ? 1 + linesOf(others, clientWidth / characterWidth(this.element)) : 1);
  }
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
  const classes = ['cell', numeric && 'numeric', leads && 'lead'].filter(Boolean).join(' ');
  const attributes = { role: 'gridcell', class: classes, 'data-column': visibleLine(title) };
  return h('span', attributes, visibleLine(text.slice(0, longestCell)));
}

/** Keeps the buttons while the columns are the same, so that the focus stays. */
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
