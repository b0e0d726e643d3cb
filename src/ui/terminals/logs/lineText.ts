import { type LogLine, plainText } from './logLine';
import type { Match } from './pattern';

const esc = '\x1b';
const resetStyle = `${esc}[m`;
const endLink = `${esc}]8;;${esc}\\`;
const stderrMark = `${esc}[31m▎${esc}[39m`;
type Marks = readonly [begin: string, finish: string];
/** A match is reversed; the one that is shown is black on yellow. */
const matchMarks: Marks = [`${esc}[7m`, `${esc}[27m`];
const shownMatchMarks: Marks = [`${esc}[30;43m`, `${esc}[39;49m`];

/** A line as a terminal shows it. `start` comes before it, and again wherever a carriage return begins it anew. */
export function lineText(line: LogLine, start: string): string {
  const lead = leadOf(line, start);
  const text =
    lead !== '' && line.text.includes('\r') ? line.text.replaceAll('\r', `${resetStyle}\r${lead}`) : line.text;
  const isStyled = line.colours !== '' || text.includes(esc);
  const end = (isStyled ? resetStyle : '') + (text.includes(`${esc}]8`) ? endLink : '');
  return `${lead}${line.colours}${text}${end}\r\n`;
}

/** A line with a match, as a terminal shows it: without colours of its own. */
export function matchText(line: LogLine, start: string, match: Match, isShown: boolean): string {
  const text = highlighted(plainText(line.text), match, isShown ? shownMatchMarks : matchMarks);
  return `${leadOf(line, start)}${text}\r\n`;
}

/** A line of Quayside's own. */
export function noteText(note: string): string {
  return `${esc}[2m${note}${esc}[22m\r\n`;
}

function leadOf({ stream }: LogLine, start: string): string {
  return start + (stream === 'stderr' ? stderrMark : '');
}

function highlighted(text: string, { start, length }: Match, [begin, finish]: Marks): string {
  const end = start + length;
  return `${text.slice(0, start)}${begin}${text.slice(start, end)}${finish}${text.slice(end)}`;
}
