export interface Column {
  title: string;
  /** Numbers are aligned to the end of their cell. */
  numeric: boolean;
  /** Numbers, durations and sizes are sorted by amount. */
  measured: boolean;
  /** In characters. */
  width: number;
  /** The same if each cell has its column's title. */
  widthWithTitle: number;
}

export interface TableRow {
  readonly cells: readonly string[];
}

export interface Sort {
  column: string;
  descending: boolean;
}

/** In characters; a longer cell ends in an ellipsis. */
const widestColumn = 28;
const numberPattern = /^-?\d+([.,]\d+)*%?$/;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Each column is as wide as its longest cell. */
export function columnsOf(titles: readonly string[], rows: readonly TableRow[]): Column[] {
  return titles.map((title, index) => {
    const cells = rows.map(({ cells: all }) => all[index] ?? '');
    const numeric = cells.length > 0 && cells.every(cell => cell === '' || numberPattern.test(cell));
    const measured = cells.every(cell => cell === '' || amountOf(cell) !== undefined);
    const longest = Math.min(
      cells.reduce((most, { length }) => Math.max(most, length), 0),
      widestColumn,
    );
    const width = Math.min(Math.max(longest, title.length + 3), widestColumn) + 2;
    return { title, numeric, measured, width, widthWithTitle: title.length + 2 + longest + 2 };
  });
}

/** How many lines the cells of a row need one after the other, if a line takes this many characters. */
export function linesOf(columns: readonly Column[], characters: number): number {
  let lines = 0;
  let left = 0;
  for (const { widthWithTitle: width } of columns) {
    if (width > left) {
      lines++;
      left = characters;
    }
    left -= width;
  }
  return lines;
}

/** Sorts rows by a column. Equal rows keep their order. */
export function sortRows<R extends TableRow>(
  rows: readonly R[],
  columns: readonly Column[],
  sort: Sort | undefined,
): readonly R[] {
  const index = columns.findIndex(({ title }) => title === sort?.column);
  if (index < 0) return rows;
  const sign = sort?.descending === true ? -1 : 1;
  const compare = columns[index]?.measured === true ? compareAmounts : (a: string, b: string) => collator.compare(a, b);
  return [...rows].sort((a, b) => sign * compare(a.cells[index] ?? '', b.cells[index] ?? ''));
}

/** An empty cell is less than any amount. */
function compareAmounts(a: string, b: string): number {
  return (amountOf(a) ?? -Number.MAX_VALUE) - (amountOf(b) ?? -Number.MAX_VALUE);
}

const elapsedPattern = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)$/;
const durationPattern = /^(?:(\d+)h)?(?:(\d+)m)?(\d+(?:\.\d+)?)s$/;
const sizePattern = /^(\d+(?:\.\d+)?)([kKMGTPE]?)(i?)B(?:\/s)?$/;

/** A number; the seconds of `ps`'s `[[days-]hours:]minutes:seconds` and of Go's `1h2m3s`; the bytes of a size. */
function amountOf(cell: string): number | undefined {
  if (numberPattern.test(cell)) return parseFloat(cell.replaceAll(',', ''));
  const [, days = 0, hours = 0, minutes, seconds] = elapsedPattern.exec(cell) ?? [];
  if (minutes !== undefined) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const [, h = 0, m = 0, s] = durationPattern.exec(cell) ?? [];
  if (s !== undefined) return (Number(h) * 60 + Number(m)) * 60 + Number(s);
  const [, size, unit = '', binary] = sizePattern.exec(cell) ?? [];
  if (size === undefined) return undefined;
  return Number(size) * (binary ? 1024 : 1000) ** ['', 'K', 'M', 'G', 'T', 'P', 'E'].indexOf(unit.toUpperCase());
}
