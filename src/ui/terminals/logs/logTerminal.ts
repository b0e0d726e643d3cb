import * as vscode from 'vscode';
import { aborted, onAbort } from '../../../base/abort';
import { oneLine } from '../../../base/visible';
import type { MergedItem } from '../../../engine/logs/merge';
import type { TerminalEnd, TerminalSink, TerminalSize, TerminalSource } from '../source';
import { footText, inForceText } from './logFoot';
import { clocks } from './logLine';
import { helpLines, noticeText } from './logNotices';
import { LogPrompt } from './logPrompt';
import { LogView } from './logView';
import { type Pattern, SlowPattern } from './pattern';

export interface LogTerminalOptions {
  /** What is shown, for the first line, e.g. “web · the last 1,000 lines”. */
  title: string;
  merged: boolean;
  /** How many lines are kept, to be drawn again. */
  keep: number;
  /** What a source is called now. */
  nameOf: (source: string) => string;
  /** The lines and what happens between them, until the signal is aborted. */
  items: (signal: AbortSignal) => AsyncIterable<MergedItem>;
  /** What is said when the lines have ended by themselves. */
  ended: string;
}

const esc = '\x1b';
const eraseLine = `\r${esc}[2K`;
/** Nobody types at the place of the cursor. */
const hideCursor = `${esc}[?25l`;
const maxContext = 20;
const redrawMs = 100;

/**
 * The log of one container, or of several merged, in a terminal: follows, and obeys keys while lines come. What is in force
 * stands in a line at the foot, which is drawn anew with each group of lines.
 */
export class LogTerminal implements TerminalSource {
  readonly #view: LogView;
  #sink: TerminalSink | undefined;
  #size: TerminalSize = { columns: 80, rows: 24 };
  #paused = false;
  #resume: (() => void) | undefined;
  #prompt: LogPrompt | undefined;
  /** Which match is looked at, of how many. */
  #at: { match: number; of: number } | undefined;
  #foot = '';
  #slow: string | undefined;
  #redrawing: NodeJS.Timeout | undefined;

  constructor(private readonly options: LogTerminalOptions) {
    this.#view = new LogView(options);
  }

  async run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd> {
    this.#sink = sink;
    this.#size = size;
    const ending = onAbort(signal, () => this.#goOn());
    try {
      await this.#write(hideCursor + this.#head());
      for await (const merged of this.options.items(signal)) {
        if (this.#paused) await new Promise<void>(resolve => (this.#resume = resolve));
        if (signal.aborted) break;
        await this.#take(merged);
      }
      if (!signal.aborted) await this.#write(this.#view.note(`── ${this.options.ended}`));
      await aborted(signal);
      return {};
    } finally {
      ending.dispose();
      clearTimeout(this.#redrawing);
      await this.#leaveFoot();
    }
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    void this.#write('');
  }

  /** What is pasted where nothing is asked for is no keys. */
  input(data: string): void {
    if (data.length > 1 && !data.startsWith(esc) && !this.#prompt) return;
    for (const key of data.startsWith(esc) ? [data] : data) {
      if (this.#prompt) this.#type(this.#prompt, key);
      else this.#keys[key]?.();
    }
  }

  async #take({ source, item }: MergedItem): Promise<void> {
    const rename = this.#view.name(source, this.options.nameOf(source));
    if (rename) this.#redrawSoon();
    if ('notice' in item) {
      const name = this.options.merged ? this.options.nameOf(source) : undefined;
      await this.#write(this.#view.note(noticeText(item.notice, name)));
      return;
    }
    await this.#write(this.#matching(() => this.#view.add(source, item.records)));
  }

  readonly #keys: Readonly<Record<string, () => void>> = {
    ' ': () => this.#pause(!this.#paused),
    p: () => this.#pause(!this.#paused),
    t: () => {
      const { clock } = this.#view.look;
      this.#view.clock = clocks[(clocks.indexOf(clock) + 1) % clocks.length] ?? 'off';
      this.#redraw();
    },
    '/': () => this.#ask('filter', this.#view.look.filter?.pattern.typed ?? ''),
    f: () => this.#ask('find', this.#view.look.find?.typed ?? ''),
    '+': () => this.#widen(1),
    '-': () => this.#widen(-1),
    n: () => this.#jump(1),
    N: () => this.#jump(-1),
    c: () => {
      this.#view.clear();
      this.#redraw();
    },
    '?': () =>
      void this.#write(
        helpLines()
          .map(line => `${esc}[2m${line}${esc}[22m\r\n`)
          .join(''),
      ),
    '\x1b': () => this.#leave(),
  };

  #pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) void this.#write('');
    else this.#goOn();
  }

  #goOn(): void {
    const looked = this.#at !== undefined;
    this.#paused = false;
    this.#at = undefined;
    if (looked) this.#redraw();
    else void this.#write('');
    this.#resume?.();
    this.#resume = undefined;
  }

  #leave(): void {
    if (this.#view.look.find) this.#view.find = undefined;
    else if (this.#view.look.filter) this.#view.filter(undefined);
    else return;
    this.#goOn();
    this.#redraw();
  }

  #widen(by: number): void {
    const { filter } = this.#view.look;
    if (!filter) return;
    this.#view.filter(filter.pattern, Math.min(maxContext, Math.max(0, filter.context + by)));
    this.#redraw();
  }

  #ask(what: LogPrompt['what'], text: string): void {
    this.#prompt = new LogPrompt(what, text);
    void this.#write('');
  }

  #type(prompt: LogPrompt, data: string): void {
    const asked = prompt.type(data);
    if (asked !== 'open') this.#prompt = undefined;
    if (typeof asked === 'string') void this.#write('');
    else if (prompt.what === 'filter') this.#setFilter(asked.answer);
    else this.#setFind(asked.answer);
  }

  #setFilter(pattern: Pattern | undefined): void {
    this.#slow = undefined;
    this.#view.filter(pattern, this.#view.look.filter?.context);
    this.#redraw();
  }

  #setFind(pattern: Pattern | undefined): void {
    this.#slow = this.#at = undefined;
    this.#view.find = pattern;
    if (pattern) this.#jump(-1);
    else this.#redraw();
  }

  /** Halts, and shows the next match of what is looked for, or of the filter when nothing is. */
  #jump(by: 1 | -1): void {
    const { find, filter } = this.#view.look;
    if (!find && filter && !filter.pattern.exclude) this.#view.find = filter.pattern;
    if (!this.#view.look.find) {
      this.#ask('find', '');
      return;
    }
    const page = this.#matching(() => {
      const { lines, at } = this.#view.matches();
      const next = this.#at ? this.#at.match + by : at.length - 1;
      const match = Math.min(at.length - 1, Math.max(0, next));
      this.#at = { match: Math.max(0, match), of: at.length };
      return at.length === 0 ? '' : this.#view.page(lines, at[match] ?? 0, this.#size.rows);
    });
    this.#paused = true;
    void this.#write(page);
  }

  #redraw(): void {
    void this.#write(this.#matching(() => this.#view.redraw(this.#head())));
  }

  /** Names of several containers come within moments: they are drawn once. */
  #redrawSoon(): void {
    this.#redrawing ??= setTimeout(() => {
      this.#redrawing = undefined;
      if (!this.#at) this.#redraw();
    }, redrawMs);
  }

  /** Work with patterns. One that takes too long is given up, and said so. */
  #matching(work: () => string): string {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SlowPattern)) throw error;
      const { find, filter } = this.#view.look;
      this.#slow = [find, filter?.pattern]
        .map(pattern => pattern?.typed ?? '')
        .join(' ')
        .trim();
      this.#view.find = undefined;
      this.#view.filter(undefined);
      this.#at = undefined;
      return this.#view.redraw(this.#head());
    }
  }

  #head(): string {
    const { filter } = this.#view.look;
    const inForce = filter ? vscode.l10n.t('filter: {0}', filter.pattern.typed) : vscode.l10n.t('? shows the keys');
    return `${esc}[2m── ${oneLine(`${this.options.title} · ${inForce}`, 300)}${esc}[22m\r\n`;
  }

  /** Writes lines above the foot, and the foot anew. */
  async #write(text: string): Promise<void> {
    const foot = this.#footText();
    const before = this.#foot === '' ? '' : eraseLine;
    if (text === '' && foot === this.#foot) return;
    this.#foot = foot;
    await this.#sink?.writeOwn(before + text + foot);
  }

  async #leaveFoot(): Promise<void> {
    if (this.#foot !== '') await this.#sink?.writeOwn(eraseLine);
    this.#foot = '';
  }

  #footText(): string {
    const { columns } = this.#size;
    if (this.#prompt) return footText(this.#prompt.line, columns, 'end');
    const inForce = { look: this.#view.look, paused: this.#paused, at: this.#at, slow: this.#slow };
    return footText(inForceText(inForce), columns);
  }
}
