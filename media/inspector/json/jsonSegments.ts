import type { JsonLine } from './jsonLines';

/** A part of a line that fits the width: one row on the page. */
export interface Segment {
  line: number;
  begin: number;
  end: number;
}

/** The indentation takes at most this share of the columns. */
const mostIndentation = 0.4;
const least = 8;
/** All characters below are one column wide in an editor's font; others may be two. */
const narrow = /^[\x20-\u10ff]*$/;

/** How many of a row's columns are indentation. */
export function indentation({ depth }: JsonLine, columns: number): number {
  return Math.min(depth * 2, Math.floor(columns * mostIndentation));
}

/** The lines that show, each in as many rows as it needs. */
export function segmentsOf(lines: readonly JsonLine[], folded: ReadonlySet<string>, columns: number): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    addSegments(segments, line, index, Math.max(least, columns - indentation(line, columns)));
    if (line.end !== undefined && folded.has(line.path)) index = line.end;
  }
  return segments;
}

function addSegments(segments: Segment[], { text }: JsonLine, line: number, columns: number): void {
  const isNarrow = narrow.test(text);
  let begin = 0;
  do {
    const end = isNarrow ? Math.min(text.length, begin + columns) : endOf(text, begin, columns);
    segments.push({ line, begin, end });
    begin = end;
  } while (begin < text.length);
}

function endOf(text: string, begin: number, columns: number): number {
  let end = begin;
  for (let used = 0; end < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    used += narrow.test(character) ? 1 : 2;
    if (used > columns) break;
    end += character.length;
  }
  return Math.max(end, begin + 1);
}
