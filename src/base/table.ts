/** Lines of text in columns that are two spaces apart. The last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, width(cell))));
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)))).join('  ');
  return rows.map(row => `${line(row).trimEnd()}\n`).join('');
}

function width(cell: string): number {
  return Array.from(cell).length;
}
