import { type Attribute, h, icon } from '../../shared/dom';
import type { JsonLine } from './jsonLines';
import type { Match } from './jsonSearch';
import type { Segment } from './jsonSegments';

export interface JsonRow {
  line: JsonLine;
  segment: Segment;
  isFolded: boolean;
  /** In columns. */
  indentation: number;
  matches: readonly Match[];
  /** The match that the search is at. */
  current: Match | undefined;
}

/** How much of a line a screen reader reads in its first row. */
const longestLine = 500;

/** A row of a JSON text. A screen reader hears a line once, in its first row, and no line that only closes. */
export function jsonRow({ line, segment, isFolded, indentation, matches, current }: JsonRow): HTMLElement {
  const isFirst = segment.begin === 0;
  const isItem = isFirst && line.position > 0;
  const opens = isFirst && line.end !== undefined;
  const row = h(
    'div',
    isItem ? itemAttributes(line, isFolded) : { class: 'json', role: 'none', 'aria-hidden': 'true' },
    h('span', { class: 'twistie' }, opens ? icon(isFolded ? 'chevron-right' : 'chevron-down') : undefined),
    ...pieces(line, segment, matches, current),
    isItem ? h('span', { class: 'for-readers' }, line.text.slice(segment.end, longestLine)) : undefined,
    isFolded && isFirst ? h('span', { class: 'quiet' }, line.text.endsWith('[') ? ' … ]' : ' … }') : undefined,
  );
  row.style.setProperty('--columns', String(indentation));
  return row;
}

function itemAttributes(line: JsonLine, isFolded: boolean): Readonly<Record<string, Attribute>> {
  return {
    class: 'json',
    role: 'treeitem',
    'aria-level': line.depth + 1,
    'aria-posinset': line.position,
    'aria-setsize': line.siblings,
    'aria-expanded': line.end === undefined ? undefined : String(!isFolded),
  };
}

/** The segment's text, cut where the key and the value end and where matches begin and end. */
function pieces(
  line: JsonLine,
  { begin, end }: Segment,
  matches: readonly Match[],
  current: Match | undefined,
): HTMLElement[] {
  const inside = matches.filter(match => match.end > begin && match.begin < end);
  const valueEnd = line.text.endsWith(',') ? line.text.length - 1 : line.text.length;
  const cuts = [begin, end, line.valueAt, valueEnd, ...inside.flatMap(match => [match.begin, match.end])];
  const places = [...new Set(cuts.filter(cut => cut >= begin && cut <= end))].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const text = line.text.slice(from, places[index + 1]);
    const kind = from < line.valueAt ? 'key' : from < valueEnd ? line.kind : 'bracket';
    const match = inside.find(candidate => candidate.begin <= from && from < candidate.end);
    if (!match) return h('span', { class: kind }, text);
    return h('mark', { class: match === current ? `${kind} current` : kind }, text);
  });
}
