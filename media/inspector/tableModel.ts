export interface Column {
  title: string;
  /** Numbers stand at the end of their cell, and are ordered as such. */
  numeric: boolean;
  /** In characters. */
  width: number;
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
    const longest = cells.reduce((length, cell) => Math.max(length, cell.length), title.length + 3);
    return { title, numeric, width: Math.min(longest, widestColumn) + 2 };
  });
}

/** In the order of a column; rows that are equal there keep the order that they came in. */
export function sortRows<R extends TableRow>(
  rows: readonly R[],
  columns: readonly Column[],
  sort: Sort | undefined,
): readonly R[] {
  const index = columns.findIndex(({ title }) => title === sort?.column);
  if (index < 0) return rows;
  const sign = sort?.descending === true ? -1 : 1;
  const compare = columns[index]?.numeric === true ? compareNumbers : (a: string, b: string) => collator.compare(a, b);
  return [...rows].sort((a, b) => sign * compare(a.cells[index] ?? '', b.cells[index] ?? ''));
}

function compareNumbers(a: string, b: string): number {
  return numberOf(a) - numberOf(b);
}

/** Nothing is less than any number. */
function numberOf(cell: string): number {
  return cell === '' ? -Number.MAX_VALUE : parseFloat(cell.replaceAll(',', ''));
}
