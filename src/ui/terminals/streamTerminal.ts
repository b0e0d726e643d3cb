import * as vscode from 'vscode';
import { delay, LinkedAbort } from '../../base/abort';
import type { Sequencer } from '../../base/schedule';
import { oneLine } from '../../base/visible';
import type { Connection } from '../../engine/connection/connection';
import type { TerminalSize } from '../../engine/processes/exec';
import { isCanceled } from '../failure';
import { causeOf } from '../text';
import { PacedWriter } from './pacedWriter';
import type { Profile } from './profile';
import { Sanitiser } from './sanitise';
import type { TerminalEnd, TerminalSink, TerminalSource } from './source';

export interface StreamTerminalOptions {
  /** The tab's title; may be foreign. */
  name: string;
  source: TerminalSource;
  /** What the source's text may do. */
  profile: Profile;
  /** To the engine that the source speaks to. When it ends, the terminal says so, and its source ends. */
  connection: Pick<Connection, 'ended' | 'watch'>;
  /** Shared by all terminals. */
  turns: Sequencer;
  /** Shared by the terminals of one place. */
  lastSize: SharedSize;
}

/** The size that a terminal told last: a guess for the next one, until VS Code has made it. */
export interface SharedSize {
  value: TerminalSize;
}

/** Asks the terminal to tell that it is all right, which it does when it has come to this sequence. */
const askShown = '\x1b[5n';
const isShown = '\x1b[0n';
/** A terminal without a window does not answer; its text still goes on. */
const shownLimitMs = 1_000;
/** Leaves the window time for others between two batches, by what the last one took; milliseconds. */
const longestRest = 25;
/** A line's end, also where colours end behind it. */
const endsLine = /\n(?:\x1b\[[\d;:]*m)*$/;

/**
 * VS Code's side of a terminal that a source feeds. VS Code tells an extension nothing of how far the terminal has come,
 * so the terminal itself is asked (a status report) after each batch, and nothing more is written until it answers.
 */
export class StreamTerminal implements vscode.Pseudoterminal {
  readonly #wrote = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly onDidWrite = this.#wrote.event;
  readonly onDidClose = this.#closed.event;
  readonly #abort: LinkedAbort;
  readonly #sanitiser: Sanitiser;
  readonly #writer: PacedWriter;
  #answer: (() => void) | undefined;
  #size: TerminalSize;
  #begun = false;
  #running = false;
  #again = false;
  #ended = false;
  #atLineStart = true;

  constructor(private readonly options: StreamTerminalOptions) {
    this.#abort = new LinkedAbort(options.connection.ended);
    this.#size = options.lastSize.value;
    this.#sanitiser = new Sanitiser(options.profile);
    const output = { emit: (text: string) => this.#wrote.fire(text), shown: () => this.#shown() };
    this.#writer = new PacedWriter(output, options.turns);
  }

  /** Whether the source has ended; it may begin anew if it offers that. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Runs the source while VS Code still makes the terminal: what it shows waits for that. */
  begin(): void {
    if (!this.#begun) void this.#run();
  }

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    if (dimensions) this.setDimensions(dimensions);
    this.begin();
    this.#writer.open();
  }

  /** VS Code calls it when the terminal is closed: ends the source. */
  close(): void {
    this.#writer.end();
    this.#answer?.();
    this.#abort.abort(new vscode.CancellationError());
    this.#abort.dispose();
    this.#wrote.dispose();
    this.#closed.dispose();
  }

  handleInput(data: string): void {
    const typed = this.#withoutAnswer(data);
    if (typed === '') return;
    if (this.#running) this.options.source.input?.(typed);
    else if (this.#again && typed === '\r') void this.#run();
  }

  /** VS Code tells the same size several times while it makes a terminal. */
  setDimensions(dimensions: vscode.TerminalDimensions): void {
    const { columns, rows } = dimensions;
    this.options.lastSize.value = { columns, rows };
    if (columns === this.#size.columns && rows === this.#size.rows) return;
    this.#size = { columns, rows };
    if (this.#running) this.options.source.resize?.(this.#size);
  }

  async #run(): Promise<void> {
    this.#begun = this.#running = true;
    this.#again = this.#ended = false;
    const end = await this.#outcome();
    this.#running = false;
    this.#ended = true;
    if (end.close) {
      await this.#writer.opened; // VS Code does not hear it before.
      this.#closed.fire();
      return;
    }
    await this.#writer.write(this.#sanitiser.reset());
    if (end.message) await this.#status(end.message);
    this.#again = end.again !== undefined && !this.options.connection.ended.aborted;
    if (this.#again && end.again) await this.#status(end.again);
  }

  async #outcome(): Promise<TerminalEnd> {
    const { signal } = this.#abort;
    const { connection, source } = this.options;
    const left = (): boolean => connection.ended.aborted;
    const watching = connection.watch(); // Else an engine that went silent would be noticed by nobody.
    try {
      const end = await source.run(this.#sink, this.#size, signal);
      return left() ? leftEngine() : end;
    } catch (error) {
      if (left()) return leftEngine();
      return isCanceled(error) || signal.aborted ? {} : { message: causeOf(error) };
    } finally {
      watching.dispose();
    }
  }

  readonly #sink: TerminalSink = {
    write: text => this.#write(this.#sanitiser.write(text)),
    writeOwn: text => this.#write(text),
    status: message => this.#status(message),
  };

  #status(message: string): Promise<void> {
    const start = this.#atLineStart ? '' : '\r\n';
    return this.#write(`${start}\x1b[0;2m${oneLine(message, 500)}\x1b[22m\r\n`);
  }

  #write(text: string): Promise<void> {
    if (text !== '') this.#atLineStart = endsLine.test(text);
    return this.#writer.write(text);
  }

  async #shown(): Promise<void> {
    const start = performance.now();
    const answered = new Promise<void>(resolve => (this.#answer = resolve));
    this.#wrote.fire(askShown);
    const limit = new LinkedAbort(this.#abort.signal);
    await Promise.race([answered, delay(shownLimitMs, limit.signal).catch(() => undefined)]);
    limit.abort();
    limit.dispose();
    this.#answer = undefined;
    await delay(Math.min(longestRest, performance.now() - start));
  }

  /** An answer is never typed, also one that comes too late: no program can ask, as the sanitiser removes its question. */
  #withoutAnswer(data: string): string {
    if (!data.includes(isShown)) return data;
    this.#answer?.();
    this.#answer = undefined;
    return data.replaceAll(isShown, '');
  }
}

function leftEngine(): TerminalEnd {
  return { message: vscode.l10n.t('Another engine was chosen; this has ended') };
}
