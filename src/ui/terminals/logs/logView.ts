import type { LogRecord } from '../../../engine/logs/records';
import { lineText, matchText, noteText } from './lineText';
import { LogFilter } from './logFilter';
import { isLine, LogHistory, type Shown } from './logHistory';
import { type Clock, clockText, LineMaker, type LogLine, plainText } from './logLine';
import type { Match, Pattern } from './pattern';
import { SourceNames } from './sourceNames';

export interface LogViewOptions {
  /** Whether several logs are shown in one: each line then begins with its container's name, and stays in its line. */
  merged: boolean;
  /** How many lines are kept, to be drawn again. */
  keep: number;
}

/** How the lines are shown now. */
export interface LogLook {
  readonly clock: Clock;
  readonly filter: LogFilter | undefined;
  readonly find: Pattern | undefined;
}

/** A redraw begins with this many last lines at most: a terminal keeps no more. */
const maxRedrawn = 5_000;
const esc = '\x1b';
const clear = `${esc}[2J${esc}[3J${esc}[H`;

/**
 * The lines of a log and how they look: makes the text for a terminal as lines come, and again when their look changes.
 * Knows neither the engine nor VS Code. Its text is harmless to the terminal.
 */
export class LogView {
  readonly #history: LogHistory;
  readonly #makers = new Map<string, LineMaker>();
  readonly #names = new SourceNames();
  #clock: Clock = 'off';
  #filter: LogFilter | undefined;
  #find: Pattern | undefined;

  constructor(private readonly options: LogViewOptions) {
    this.#history = new LogHistory(options.keep);
  }

  get look(): LogLook {
    return { clock: this.#clock, filter: this.#filter, find: this.#find };
  }

  /** Sets a source's name, which may be foreign. Returns whether what was drawn before looks different now. */
  name(source: string, foreign: string): boolean {
    const isWider = this.#names.set(source, foreign);
    return this.options.merged && isWider && this.#history.length > 0;
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

  /** Everything again: clears the terminal, then the head, then the visible lines. */
  redraw(head: string): string {
    if (this.#filter) this.#filter = new LogFilter(this.#filter.pattern, this.#filter.context);
    return clear + head + this.#show(this.#history.last(), maxRedrawn);
  }

  /** The visible lines, and at which of them the find has matches. */
  matches(): { lines: readonly Shown[]; at: readonly number[] } {
    const lines = this.#visible(this.#history.last());
    const found = this.#found(lines);
    return { lines, at: found.flatMap((match, index) => (match ? [index] : [])) };
  }

  /** The lines around a match, in the middle of a cleared terminal. */
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

  /** The lines that the filter shows now: of the new ones, and of earlier ones that come right before a match. */
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

  #text(line: Shown, match: Match | undefined, isShown = false): string {
    if (!isLine(line)) return noteText(line.note);
    const start = this.#start(line);
    return match ? matchText(line, start, match, isShown) : lineText(line, start);
  }

  /** The time and the name before a line, those of them that are shown. */
  #start({ source, time }: LogLine): string {
    const clock = this.#clock === 'off' ? '' : `${esc}[2m${clockText(time, this.#clock)}${esc}[22m `;
    return clock + (this.options.merged ? this.#names.column(source) : '');
  }

  #maker(source: string, stream: LogLine['stream']): LineMaker {
    const key = `${stream} ${source}`;
    const known = this.#makers.get(key);
    if (known) return known;
    const maker = new LineMaker(source, stream, this.options.merged ? 'lines' : 'logs');
    this.#makers.set(key, maker);
    return maker;
  }
}
