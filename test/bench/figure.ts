/** One line of the table. */
export interface Figure {
  name: string;
  unit: 'ms' | 'MB' | 'kB' | '';
  value: number;
  /** What the same run measured without Quayside, and what that is. */
  reference?: { value: number; of: string };
  /** The most that the value, or its ratio to the reference, should be. */
  aim?: { most: number; of: 'value' | 'ratio' };
}

const columns = ['figure', 'value', 'reference', 'ratio', 'aim', ''];

/** The table, as text, and below it what each reference is. */
export function formatFigures(figures: readonly Figure[]): string {
  const references = [...new Set(figures.flatMap(({ reference }) => reference?.of ?? []))];
  const rows = [columns, ...figures.map(figure => cells(figure, references))];
  const widths = columns.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const [head = '', ...body] = rows.map(line);
  const notes = references.map((of, index) => `[${index + 1}] ${of}`);
  return [head, '-'.repeat(head.length), ...body, '', 'References, measured in the same run:', ...notes].join('\n');
}

function cells({ name, unit, value, reference, aim }: Figure, references: readonly string[]): string[] {
  const ratio = reference && value / reference.value;
  const judged = aim?.of === 'ratio' ? ratio : value;
  return [
    name,
    amount(value, unit),
    reference ? `${amount(reference.value, unit)} [${references.indexOf(reference.of) + 1}]` : '',
    ratio === undefined || !Number.isFinite(ratio) ? '' : `${ratio.toFixed(2)}×`,
    aim ? `≤ ${aim.of === 'ratio' ? `${aim.most}×` : amount(aim.most, unit)}` : '',
    aim && judged !== undefined ? (judged <= aim.most ? 'met' : 'missed') : '',
  ];
}

function amount(value: number, unit: string): string {
  const digits = unit === 'kB' || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`.trim();
}
