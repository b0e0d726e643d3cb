import { visibleJson } from '../../shared/visible';

export type JsonKind = 'string' | 'number' | 'word' | 'bracket';

/** A line of a JSON text that is printed with two spaces for each level. */
export interface JsonLine {
  readonly depth: number;
  /** Without its indentation. */
  readonly text: string;
  /** Where the value begins in the text, after the key. */
  readonly valueAt: number;
  readonly kind: JsonKind;
  /** Where it is: keys and indexes, each after a slash, as RFC 6901 writes them. */
  readonly path: string;
  /** The value, to copy. */
  readonly value: unknown;
  /** Its place in the list or object, from 1; 0 for a line that closes one. */
  readonly position: number;
  readonly siblings: number;
  /** Of a line that opens a list or an object: the line that closes it. */
  end?: number;
}

/** The lines of a JSON value. What would hide or reorder text is escaped, as JSON allows. */
export function jsonLines(json: unknown): JsonLine[] {
  const lines: JsonLine[] = [];
  addValue(lines, { value: json, key: '', depth: 0, path: '', comma: '', position: 1, siblings: 1 });
  return lines;
}

interface Place {
  value: unknown;
  /** The key as it is printed before the value. */
  key: string;
  depth: number;
  path: string;
  comma: string;
  position: number;
  siblings: number;
}

function addValue(lines: JsonLine[], place: Place): void {
  const { value, key, comma } = place;
  const entries = entriesOf(value);
  if (entries && entries.length > 0) addEntries(lines, place, entries);
  else lines.push({ ...lineOf(place), text: key + visibleJson(JSON.stringify(value)) + comma, kind: kindOf(value) });
}

/** The lines of a list or an object: one that opens it, those of its entries, and one that closes it. */
function addEntries(lines: JsonLine[], place: Place, entries: readonly [string, unknown][]): void {
  const { value, key, comma } = place;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const opening: JsonLine = { ...lineOf(place), text: key + open, kind: 'bracket' };
  lines.push(opening);
  for (const index of entries.keys()) addValue(lines, placeOf(place, entries, index));
  opening.end = lines.length;
  lines.push({ ...lineOf(place), position: 0, valueAt: 0, text: close + comma, kind: 'bracket' });
}

function lineOf({ depth, path, value, key, position, siblings }: Place): Omit<JsonLine, 'text' | 'kind'> {
  return { depth, path, value, valueAt: key.length, position, siblings };
}

function placeOf({ value, depth, path }: Place, entries: readonly [string, unknown][], index: number): Place {
  const [name, item] = entries[index] ?? ['', undefined];
  return {
    value: item,
    key: Array.isArray(value) ? '' : `${visibleJson(JSON.stringify(name))}: `,
    depth: depth + 1,
    path: `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    comma: index < entries.length - 1 ? ',' : '',
    position: index + 1,
    siblings: entries.length,
  };
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function kindOf(value: unknown): JsonKind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'object' && value !== null ? 'bracket' : 'word';
}
