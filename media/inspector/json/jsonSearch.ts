import type { JsonLine } from './jsonLines';

export interface Match {
  line: number;
  begin: number;
  end: number;
}

/** The search stops at this many. */
export const mostMatches = 100_000;

/** Finds a text in the lines, whether in upper or lower case. */
export function findMatches(lines: readonly JsonLine[], wanted: string): Match[] {
  const matches: Match[] = [];
  if (wanted === '') return matches;
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'giu');
  for (const [line, { text }] of lines.entries()) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      matches.push({ line, begin: index, end: index + found.length });
      if (matches.length >= mostMatches) return matches;
    }
  }
  return matches;
}
