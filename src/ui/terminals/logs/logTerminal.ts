import * as vscode from 'vscode';
import { aborted, onAbort } from '../../../base/abort';
import { oneLine } from '../../../base/visible';
import type { MergedItem } from '../../../engine/logs/merge';
import type { LogNotice } from '../../../engine/logs/notices';
import type { TerminalSize } from '../../../engine/processes/exec';
import { Failure, isCanceled } from '../../failure';
import type { TerminalEnd, TerminalSink, TerminalSource } from '../source';
import { FootedOutput } from './footedOutput';
import { logCause } from './logFailures';
import { footText, inForceText } from './logFoot';
import { clocks } from './logLine';
import { helpLines, noticeText } from './logNotices';
import { LogPrompt } from './logPrompt';
import { LogSearch } from './logSearch';
import { LogView } from './logView';

export interface LogTerminalOptions {
  /** What is shown, for the first line, e.g. “web · the last 1,000 lines”. */
  title: string;
  merged: boolean;
  /** How many lines are kept, to be drawn again. */
  keep: number;
  /** The present name of a source. */
  nameOf: (source: string) => string;
  /** The lines and the notices between them, until the signal is aborted. */
  items: (signal: AbortSignal) => AsyncIterable<MergedItem>;
  /** Called with each notice between the lines. */
  noticed?: (notice: LogNotice) => void;
  /** The sentence for a log that cannot be shown, from the cause. */
  failed: (cause: string) => string;
  /** The last line, once the lines have ended by themselves. */
  ended: string;
}

const esc = '\x1b';
/** Nobody types where the cursor is. */
const hideCursor = `${esc}[?25l`;
const redrawMs = 100;

/**
 * The log of one container, or of several merged, in a terminal: follows the log, and obeys keys while lines come. A line
 * at the foot tells what is in force, e.g. a filter.
 */
export class LogTerminal implements TerminalSource {
  readonly #view: LogView;
  readonly #search: LogSearch;
  readonly #output = new FootedOutput(() => this.#foot());
  #size: TerminalSize = { columns: 80, rows: 24 };
  #paused = false;
  #resume: (() => void) | undefined;
  #prompt: LogPrompt | undefined;
  #redrawing: NodeJS.Timeout | undefined;

  constructor(private readonly options: LogTerminalOptions) {
    this.#view = new LogView(options);
    this.#search = new LogSearch(this.#view, () => this.#head());
  }

  async run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd> {
    this.#output.begin(sink);
    this.#size = size;
    const ending = onAbort(signal, () => this.#goOn());
    try {
      await this.#output.write(hideCursor + this.#head());
      await this.#show(this.options.items(signal), signal);
      if (!signal.aborted) await this.#output.write(this.#view.note(`── ${this.options.ended}`));
      await aborted(signal);
      return {};
    } finally {
      ending.dispose();
      clearTimeout(this.#redrawing);
      await this.#output.eraseFoot();
    }
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#output.update();
  }

  /** Pasted text counts only as the answer to a question: it is no keys. */
  input(data: string): void {
    if (data.length > 1 && !data.startsWith(esc) && !this.#prompt) return;
    for (const key of data.startsWith(esc) ? [data] : data) {
      if (this.#prompt) this.#type(this.#prompt, key);
      else this.#keys[key]?.();
    }
  }

  async #show(items: AsyncIterable<MergedItem>, signal: AbortSignal): Promise<void> {
    try {
      for await (const merged of items) {
        if (this.#paused) await new Promise<void>(resolve => (this.#resume = resolve));
        if (signal.aborted) return;
        await this.#take(merged);
      }
    } catch (error) {
      throw isCanceled(error) ? error : new Failure(this.options.failed(logCause(error)), { cause: error });
    }
  }

  async #take({ source, item }: MergedItem): Promise<void> {
    const { merged, nameOf, noticed } = this.options;
    if (this.#view.name(source, nameOf(source))) this.#redrawSoon();
    if ('notice' in item) {
      noticed?.(item.notice);
      await this.#output.write(this.#view.note(noticeText(item.notice, merged ? nameOf(source) : undefined)));
      return;
    }
    await this.#output.write(this.#search.matching(() => this.#view.add(source, item.records)));
  }

  readonly #keys: Readonly<Record<string, () => void>> = {
    ' ': () => this.#pause(!this.#paused),
    p: () => this.#pause(!this.#paused),
    t: () => this.#nextClock(),
    '/': () => this.#ask('filter', this.#view.look.filter?.pattern.typed ?? ''),
    f: () => this.#ask('find', this.#view.look.find?.typed ?? ''),
    '+': () => this.#widen(1),
    '-': () => this.#widen(-1),
    n: () => this.#jump(1),
    N: () => this.#jump(-1),
    c: () => this.#clear(),
    '?': () => this.#help(),
    '\x1b': () => this.#leave(),
  };

  #pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#output.update();
    else this.#goOn();
  }

  #goOn(): void {
    this.#paused = false;
    if (this.#search.leaveMatch()) this.#redraw();
    else this.#output.update();
    this.#resume?.();
    this.#resume = undefined;
  }

  #nextClock(): void {
    const { clock } = this.#view.look;
    this.#view.clock = clocks[(clocks.indexOf(clock) + 1) % clocks.length] ?? 'off';
    this.#redraw();
  }

  #widen(by: number): void {
    if (this.#search.widen(by)) this.#redraw();
  }

  #clear(): void {
    this.#view.clear();
    this.#redraw();
  }

  #help(): void {
    const lines = helpLines().map(line => `${esc}[2m${line}${esc}[22m\r\n`);
    void this.#output.write(lines.join(''));
  }

  #leave(): void {
    if (!this.#search.leave()) return;
    this.#goOn();
    this.#redraw();
  }

  #ask(what: LogPrompt['what'], text: string): void {
    this.#prompt = new LogPrompt(what, text);
    this.#output.update();
  }

  #type(prompt: LogPrompt, data: string): void {
    const asked = prompt.type(data);
    if (asked !== 'open') this.#prompt = undefined;
    if (typeof asked === 'string') {
      this.#output.update();
      return;
    }
    if (prompt.what === 'filter') {
      void this.#output.write(this.#search.setFilter(asked.answer));
      return;
    }
    this.#search.setFind(asked.answer);
    if (asked.answer) this.#jump(-1);
    else this.#redraw();
  }

  /** Pauses, and shows the next match, or the one before, of what is looked for. Asks for that if there is nothing. */
  #jump(by: 1 | -1): void {
    if (!this.#search.findOrFilter()) {
      this.#ask('find', '');
      return;
    }
    const page = this.#search.jump(by, this.#size.rows);
    this.#paused = true;
    void this.#output.write(page);
  }

  #redraw(): void {
    void this.#output.write(this.#search.redraw());
  }

  /** Draws once for the names of several containers, which come within moments. */
  #redrawSoon(): void {
    this.#redrawing ??= setTimeout(() => {
      this.#redrawing = undefined;
      if (!this.#search.state.at) this.#redraw();
    }, redrawMs);
  }

  #head(): string {
    const { filter } = this.#view.look;
    const inForce = filter ? vscode.l10n.t('filter: {0}', filter.pattern.typed) : vscode.l10n.t('? shows the keys');
    return `${esc}[2m── ${oneLine(`${this.options.title} · ${inForce}`, 300)}${esc}[22m\r\n`;
  }

  #foot(): string {
    const { columns } = this.#size;
    if (this.#prompt) return footText(this.#prompt.line, columns, 'end');
    return footText(inForceText({ ...this.#search.state, paused: this.#paused }), columns);
  }
}
