import * as vscode from 'vscode';
import { delay, onAbort } from '../../../base/abort';
import { record } from '../../../base/read';
import { LatestOnly } from '../../../base/schedule';
import type { Engine } from '../../../engine/connection/engine';
import { isEngineError, toEngineError } from '../../../engine/errors';
import { inspect } from '../../../engine/objects/containers/operations';
import { type ConsoleSize, exitCodeOf, resizeExec } from '../../../engine/processes/exec';
import type { ContainerProcess, ShellOptions, Started } from '../../../engine/processes/start';
import { Failure } from '../../failure';
import { type ContainerTarget, notRunning, presently } from '../../objects/containers';
import type { Session } from '../../session/session';
import { causeOf, quoted } from '../../text';
import type { TerminalEnd, TerminalSink, TerminalSource } from '../source';
import { PieceText } from './pieceText';
import type { RunningProcesses } from './runningProcesses';

/** Starts a process for a terminal of this size. */
export type StartProcess = (
  engine: Engine,
  id: string,
  options: Pick<ShellOptions, 'created'> & { size: ConsoleSize },
) => Promise<Started>;

export interface ProcessSourceOptions {
  session: Session;
  target: ContainerTarget;
  processes: RunningProcesses;
  start: StartProcess;
  /** The sentence for what could not be started, from its cause. */
  failed: (cause: string) => string;
  /** What Enter does once it has ended, e.g. “Press Enter to open a new shell”. */
  again: string;
  /** The same for when the container has stopped. */
  againWhenRunning: string;
  /** Hears what came of the first start, once; `ended` comes after `started`. */
  first: {
    started(): void;
    failed(error: Error): void;
    /** The exit code is undefined when it is not known, and when the terminal was closed before. */
    ended(exitCode: number | undefined): void;
  };
}

/** Nothing was started for want of a shell. */
export class NoShell extends Failure {}

/** SIGKILL as an exit code: what ends everything when a container stops. */
const killed = 137;
/** When a container that may have stopped is looked at, each in milliseconds after the last. */
const looks = [0, 100, 300, 600];
const interrupt = '\x03';

/** A process that an exec starts. It ends with its terminal. A first start that fails closes the terminal again. */
export class ProcessSource implements TerminalSource {
  #first: ProcessSourceOptions['first'] | undefined;
  #engine: Engine | undefined;
  #process: ContainerProcess | undefined;
  #size: ConsoleSize = { columns: 80, rows: 24 };
  readonly #sizes = new LatestOnly<ConsoleSize>(size => this.#tell(size));
  /** What was typed before there was anything to read it. */
  #early = '';

  constructor(private readonly options: ProcessSourceOptions) {
    this.#first = options.first;
  }

  async run(sink: TerminalSink, size: ConsoleSize, signal: AbortSignal): Promise<TerminalEnd> {
    this.#size = size;
    const { first } = this.options;
    try {
      const { engine, process } = await this.#start();
      if (this.#first) first.started();
      const end = await this.#follow(engine, process, sink, signal);
      if (this.#first) first.ended(end.exitCode);
      return end;
    } catch (error) {
      const message = error instanceof Failure ? error.message : this.options.failed(causeOf(error));
      if (!this.#first) return { message, again: this.options.again };
      first.failed(error instanceof Failure ? error : new Failure(message, { cause: error }));
      return { close: true };
    } finally {
      this.#first = undefined;
      this.#early = '';
    }
  }

  input(data: string): void {
    const process = this.#process;
    if (!process) this.#early += data;
    else if (process.tty) process.stream.write(data);
    else if (data.includes(interrupt)) void this.options.processes.end(process);
  }

  resize(size: ConsoleSize): void {
    this.#size = size;
    if (this.#process?.tty) this.#sizes.offer(size);
  }

  async #tell(size: ConsoleSize): Promise<void> {
    const process = this.#process;
    await process?.sized;
    if (!process || !this.#engine) return;
    // A process that has just ended has no terminal any more.
    await resizeExec(this.#engine, process.execId, size).catch(() => undefined);
  }

  async #start(): Promise<{ engine: Engine; process: ContainerProcess }> {
    const { session, target, failed, start, processes } = this.options;
    const { engine } = session;
    const { id, row } = presently(session, target);
    const cause = notRunning(row);
    if (cause !== undefined) throw new Failure(failed(cause));
    const size = this.#size;
    // Not to be aborted: what is being started when the terminal is closed could not be ended.
    const started = await processes.start(engine, id, created => start(engine, id, { size, created }));
    if (started.kind === 'noShell') {
      const sentence = vscode.l10n.t('{0} has no shell: {1}', quoted(target.name), causeOf(started.text));
      throw new NoShell(sentence);
    }
    if (started.kind === 'failed') throw new Failure(failed(causeOf(started.text)));
    const { process } = started;
    this.#engine = engine;
    this.#process = process;
    if (size !== this.#size) this.resize(this.#size);
    this.input(this.#early);
    this.#early = '';
    return { engine, process };
  }

  async #follow(
    engine: Engine,
    process: ContainerProcess,
    sink: TerminalSink,
    signal: AbortSignal,
  ): Promise<TerminalEnd & { exitCode?: number }> {
    const ending = onAbort(signal, () => void this.options.processes.end(process));
    try {
      const text = new PieceText(process.tty);
      for await (const pieces of process.output) await sink.write(text.of(pieces));
      if (signal.aborted) return {};
      return await this.#told(engine, process);
    } catch (error) {
      return signal.aborted ? {} : this.#lost(process, causeOf(toEngineError(error)));
    } finally {
      ending.dispose();
      this.#process = undefined;
    }
  }

  /** The stream of a process ends also with its connection: only the engine knows whether the process has ended. */
  async #told(engine: Engine, process: ContainerProcess): Promise<TerminalEnd & { exitCode?: number }> {
    const { processes, target, again, againWhenRunning } = this.options;
    const { ended, exitCode } = await outcome(engine, process);
    if (ended) processes.ended(process);
    const code = exitCode === undefined ? {} : { exitCode };
    const words = exitCode === undefined ? '' : vscode.l10n.t('Exit code {0}', exitCode);
    if (exitCode !== undefined && exitCode !== killed) return { ...code, message: words, again };
    const fate = await fateOf(engine, process.containerId);
    if (fate === 'running') {
      if (ended) return { ...code, message: words, again };
      return this.#lost(process, vscode.l10n.t('it was closed before the process had ended'));
    }
    processes.ended(process);
    const name = quoted(target.name);
    const message = fate === 'gone' ? vscode.l10n.t('{0} was removed', name) : vscode.l10n.t('{0} has stopped', name);
    return { ...code, message: words ? `${message} · ${words}` : message, again: againWhenRunning };
  }

  #lost(process: ContainerProcess, cause: string): TerminalEnd {
    void this.options.processes.end(process);
    return { message: vscode.l10n.t('The connection was lost: {0}', cause), again: this.options.again };
  }
}

/** What the engine knows of a process whose stream has ended. One that it knows no more went with its container. */
async function outcome(
  engine: Engine,
  { execId }: ContainerProcess,
): Promise<{ ended: boolean; exitCode: number | undefined }> {
  try {
    const exitCode = await exitCodeOf(engine, execId);
    return { ended: exitCode !== undefined, exitCode };
  } catch (error) {
    if (isEngineError(error, 'notFound', 'conflict')) return { ended: true, exitCode: undefined };
    throw error;
  }
}

/** What has become of a container in which a process was killed: its own end may show a little later. */
export async function fateOf(engine: Engine, id: string): Promise<'running' | 'stopped' | 'gone'> {
  for (const wait of looks) {
    await delay(wait);
    try {
      const state = record((await inspect(engine, id))['State']);
      if (state['Status'] === 'removing') return 'gone';
      if (state['Running'] !== true || state['Restarting'] === true) return 'stopped';
    } catch (error) {
      if (isEngineError(error, 'notFound')) return 'gone';
      throw error;
    }
  }
  return 'running';
}
