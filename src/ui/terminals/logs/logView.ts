import { oneLine } from '../../../base/visible';
import type { LogRecord } from '../../../engine/logs/records';
import { LogFilter } from './logFilter';
import { isLine, LogHistory, type Shown } from './logHistory';
import { type Clock, clockText, LineMaker, type LogLine, plainText } from './logLine';
import type { Match, Pattern } from './pattern';

export interface LogViewOptions {
  /** Several logs in one: each line begins with its container's name, and may not leave its line. */
  merged: boolean;
  /** How many lines are kept, to be drawn again. */
  keep: number;
}

/** What is in force; the view changes only through its methods. */
export interface LogLook {
  readonly clock: Clock;
  readonly filter: LogFilter | undefined;
  readonly find: Pattern | undefined;
}

const maxNameWidth = 24;
/** Colours that can be read on dark and light: cyan, green, magenta, blue, yellow, and their bright kin. */
const nameColours = [36, 32, 35, 34, 33, 96, 92, 95, 94, 93] as const;
/** Drawn again, a long log begins with its last lines: more than a terminal keeps would only take time. */
const maxRedrawn = 5_000;
const esc = '\x1b';
const clear = `${esc}[2J${esc}[3J${esc}[H`;
type Marks = readonly [begin: string, finish: string];
/** A match, and the one that is looked at: black on yellow. */
const marked: Marks = [`${esc}[7m`, `${esc}[27m`];
const lookedAt: Marks = [`${esc}[30;43m`, `${esc}[39;49m`];
const stderrMark = `${esc}[31m▎${esc}[39m`;

/**
 * The lines of a log and how they look: makes the text for a terminal as lines come, and all of it again when what is in
 * force changes. Knows neither the engine nor VS Code; all that it gives is clean.
 */
export class LogView {
  readonly #history: LogHistory;
  readonly #makers = new Map<string, LineMaker>();
  readonly #names = new Map<string, { name: string; colour: number }>();
  #clock: Clock = 'off';
  #filter: LogFilter | undefined;
  #find: Pattern | undefined;
  #width = 0;

  constructor(private readonly options: LogViewOptions) {
    this.#history = new LogHistory(options.keep);
  }

  get look(): LogLook {
    return { clock: this.#clock, filter: this.#filter, find: this.#find };
  }

  /** Tells a source's name, which may be foreign. Returns whether what was drawn before looks different now. */
  name(source: string, foreign: string): boolean {
    const known = this.#names.get(source);
    const name = oneLine(foreign);
    this.#names.set(source, { name, colour: known?.colour ?? this.#colourFor(name) });
    const width = Math.min(maxNameWidth, Math.max(...[...this.#names.values()].map(entry => entry.name.length)));
    const wider = width !== this.#width;
    this.#width = width;
    return this.options.merged && wider && this.#history.length > 0;
  }

  add(source: string, records: readonly LogRecord[]): string {
    const lines = records.map(({ stream, bytes, time }) => this.#maker(source, stream).line(bytes, time));
    for (const line of lines) this.#history.add(line);
    return this.#show(lines);
  }

  note(note: string): string {
    const shown = { note, text: note };
    this.#history.add(shown);
    return this.#text(shown, undefined);
  }

  clear(): void {
    this.#history.clear();
    this.filter(this.#filter?.pattern, this.#filter?.context);
  }

  set clock(clock: Clock) {
    this.#clock = clock;
  }

  filter(pattern: Pattern | undefined, context = 0): void {
    this.#filter = pattern && new LogFilter(pattern, context);
  }

  set find(pattern: Pattern | undefined) {
    this.#find = pattern;
  }

  /** Everything again: a cleared terminal, the head, and the lines that are to be seen. */
  redraw(head: string): string {
    if (this.#filter) this.#filter = new LogFilter(this.#filter.pattern, this.#filter.context);
    return clear + head + this.#show(this.#history.last(), maxRedrawn);
  }

  /** Where the find's matches are, among the lines that are to be seen. */
  matches(): { lines: readonly Shown[]; at: readonly number[] } {
    const lines = this.#visible(this.#history.last());
    const found = this.#found(lines);
    return { lines, at: found.flatMap((match, index) => (match ? [index] : [])) };
  }

  /** The lines around one of them, the last at the bottom. */
  page(lines: readonly Shown[], at: number, rows: number): string {
    const first = Math.max(0, at - maxRedrawn);
    const part = lines.slice(first, at + Math.max(1, Math.floor(rows / 2)));
    const found = this.#found(part);
    return clear + part.map((line, index) => this.#text(line, found[index], first + index === at)).join('');
  }

  #visible(lines: readonly Shown[]): readonly Shown[] {
    const filter = this.#filter && new LogFilter(this.#filter.pattern, this.#filter.context);
    if (!filter) return lines;
    return this.#pass(filter, lines, () => lines);
  }

  /** Of new lines, what the filter lets through now: also earlier ones that stand before a match. */
  #pass(filter: LogFilter, lines: readonly Shown[], all: () => readonly Shown[]): readonly Shown[] {
    const logged = lines.filter(isLine);
    const indices = new Set(filter.take(filter.pattern.find(logged.map(({ text }) => plainText(text)))));
    const earlier = [...indices].filter(index => index < 0);
    const before = earlier.length > 0 ? all().filter(isLine).slice(0, -logged.length) : [];
    const context = earlier.flatMap(index => before.at(index) ?? []);
    let index = 0;
    return [...context, ...lines.filter(line => !isLine(line) || indices.has(index++))];
  }

  #show(lines: readonly Shown[], most = Infinity): string {
    const filter = this.#filter;
    const passed = filter
      ? this.#pass(filter, lines, () => this.#history.last(lines.length + filter.context * 2 + 50))
      : lines;
    const drawn = passed.length > most ? passed.slice(-most) : passed;
    const found = this.#found(drawn);
    return drawn.map((line, index) => this.#text(line, found[index])).join('');
  }

  #found(lines: readonly Shown[]): readonly (Match | undefined)[] {
    return this.#find?.find(lines.map(line => (isLine(line) ? plainText(line.text) : ''))) ?? [];
  }

  #text(line: Shown, match: Match | undefined, isLookedAt = false): string {
    if (!isLine(line)) return `${esc}[2m${line.note}${esc}[22m\r\n`;
    const lead = this.#lead(line);
    if (match) return `${lead}${highlighted(plainText(line.text), match, isLookedAt ? lookedAt : marked)}\r\n`;
    const text = lead !== '' && line.text.includes('\r') ? line.text.replaceAll('\r', `${esc}[m\r${lead}`) : line.text;
    const styled = line.colours !== '' || text.includes(esc);
    return `${lead}${line.colours}${text}${styled ? `${esc}[m${text.includes(`${esc}]8`) ? `${esc}]8;;${esc}\\` : ''}` : ''}\r\n`;
  }

  #lead({ source, stream, time }: LogLine): string {
    const clock = this.#clock === 'off' ? '' : `${esc}[2m${clockText(time, this.#clock)}${esc}[22m `;
    const known = this.options.merged ? this.#names.get(source) : undefined;
    const name = known ? `${esc}[${known.colour}m${fitted(known.name, this.#width)}${esc}[39m ` : '';
    return clock + name + (stream === 'stderr' ? stderrMark : '');
  }

  #maker(source: string, stream: LogLine['stream']): LineMaker {
    const key = `${stream} ${source}`;
    const known = this.#makers.get(key);
    if (known) return known;
    const maker = new LineMaker(source, stream, this.options.merged ? 'lines' : 'logs');
    this.#makers.set(key, maker);
    return maker;
  }

  /** By the name, so that it is the same each time; the next one when another has it. */
  #colourFor(name: string): number {
    const used = new Set([...this.#names.values()].map(({ colour }) => colour));
    const hash = Array.from(name).reduce(
      (sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003,
      7,
    );
    const first = hash % nameColours.length;
    const order = nameColours.map((_, index) => nameColours[(first + index) % nameColours.length] ?? 36);
    return order.find(colour => !used.has(colour)) ?? order[0] ?? 36;
  }
}

function fitted(name: string, width: number): string {
  return name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width);
}

function highlighted(text: string, { start, length }: Match, [begin, finish]: Marks): string {
  const end = start + length;
  return `${text.slice(0, start)}${begin}${text.slice(start, end)}${finish}${text.slice(end)}`;
}
