import * as vscode from 'vscode';
import { LinkedAbort } from '../../base/abort';
import type { Sequencer } from '../../base/schedule';
import { oneLine } from '../../base/visible';
import type { Connection } from '../../engine/connection/connection';
import type { TerminalSize } from '../../engine/processes/exec';
import { isCanceled } from '../failure';
import { causeOf } from '../text';
import { DisplayProgress } from './displayProgress';
import { PacedWriter } from './pacedWriter';
import type { Profile } from './profile';
import { Sanitiser } from './sanitise';
import type { TerminalEnd, TerminalSink, TerminalSource } from './source';

export interface StreamTerminalOptions {
  /** The tab's title; may be foreign text. */
  name: string;
  source: TerminalSource;
  /** What the source's text may do. */
  profile: Profile;
  /** The connection to the source's engine. When it ends, the terminal says so, and its source ends. */
  connection: Pick<Connection, 'ended' | 'watch'>;
  /** Shared by all terminals. */
  turns: Sequencer;
  /** Shared by the terminals of one place. */
  lastSize: SharedSize;
}

/** The last known size of a terminal: a guess for the next one, until VS Code has made it. */
export interface SharedSize {
  value: TerminalSize;
}

/** The end of a line; colours may end after it. */
const endsLine = /\n(?:\x1b\[[\d;:]*m)*$/;

/** A terminal of VS Code whose text comes from a source: written in batches, each once the terminal has shown the last. */
export class StreamTerminal implements vscode.Pseudoterminal {
  readonly #wrote = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly onDidWrite = this.#wrote.event;
  readonly onDidClose = this.#closed.event;
  readonly #abort: LinkedAbort;
  readonly #sanitiser: Sanitiser;
  readonly #writer: PacedWriter;
  readonly #progress: DisplayProgress;
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
    const emit = (text: string): void => this.#wrote.fire(text);
    this.#progress = new DisplayProgress(emit, this.#abort.signal);
    this.#writer = new PacedWriter({ emit, shown: () => this.#progress.shown() }, options.turns);
  }

  /** Whether the source has ended; it may run again if it offers that. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Runs the source, also while VS Code still makes the terminal; its text waits until the terminal is there. */
  begin(): void {
    if (!this.#begun) void this.#run();
  }

  open(dimensions: vscode.TerminalDimensions | undefined): void {
    if (dimensions) this.setDimensions(dimensions);
    this.begin();
    this.#writer.open();
  }

  /** Ends the source. VS Code calls it when the terminal is closed. */
  close(): void {
    this.#writer.end();
    this.#progress.stopWaiting();
    this.#abort.abort(new vscode.CancellationError());
    this.#abort.dispose();
    this.#wrote.dispose();
    this.#closed.dispose();
  }

  handleInput(data: string): void {
    const typed = this.#progress.takeAnswer(data);
    if (typed === '') return;
    if (this.#running) this.options.source.input?.(typed);
    else if (this.#again && typed === '\r') void this.#run();
  }

  /** While VS Code makes a terminal, it calls this several times with the same size. */
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
      await this.#writer.opened; // VS Code ignores it before.
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
    const watching = connection.watch(); // Otherwise nobody would notice that the engine went silent.
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
}

function leftEngine(): TerminalEnd {
  return { message: vscode.l10n.t('Another engine was chosen; this has ended') };
}
