import * as vscode from 'vscode';
import { onAbort } from '../../../base/abort';
import { LatestOnly } from '../../../base/schedule';
import type { Engine } from '../../../engine/connection/engine';
import { isEngineError, toEngineError } from '../../../engine/errors';
import { exitCodeOf, resizeExec, type TerminalSize } from '../../../engine/processes/exec';
import type { ContainerProcess, ShellOptions, Started } from '../../../engine/processes/start';
import { Failure } from '../../failure';
import { type ContainerTarget, notRunning, presently } from '../../objects/containers';
import type { Session } from '../../session/session';
import { causeOf, quoted } from '../../text';
import type { TerminalEnd, TerminalSink, TerminalSource } from '../source';
import { fateOf } from './containerFate';
import { OutputText } from './outputText';
import type { RunningProcesses } from './runningProcesses';

/** Starts a process for a terminal of this size. */
export type StartProcess = (
  engine: Engine,
  id: string,
  options: Pick<ShellOptions, 'created'> & { size: TerminalSize },
) => Promise<Started>;

export interface ProcessSourceOptions {
  session: Session;
  target: ContainerTarget;
  processes: RunningProcesses;
  start: StartProcess;
  /** The sentence for what could not be started, from its cause. */
  failed: (cause: string) => string;
  /** What Enter does once the process has ended, e.g. “Press Enter to open a new shell”. */
  again: string;
  /** The same, if the container has stopped. */
  againWhenRunning: string;
  /** Called with the outcome of the first start, each function at most once; `ended` comes after `started`. */
  first: {
    started(): void;
    failed(error: Error): void;
    /** The exit code is undefined if it is not known, or if the terminal was closed before. */
    ended(exitCode: number | undefined): void;
  };
}

/** Nothing was started because the container has no shell. */
export class NoShell extends Failure {}

/** The exit code of SIGKILL, which ends all processes when a container stops. */
const killed = 137;
const interrupt = '\x03';

/** A process that an exec starts. It ends with its terminal. If the first start fails, the terminal closes again. */
export class ProcessSource implements TerminalSource {
  #first: ProcessSourceOptions['first'] | undefined;
  #engine: Engine | undefined;
  #process: ContainerProcess | undefined;
  #size: TerminalSize = { columns: 80, rows: 24 };
  readonly #sizes = new LatestOnly<TerminalSize>(size => this.#sendSize(size));
  /** What was typed before the process runs. */
  #typedEarly = '';

  constructor(private readonly options: ProcessSourceOptions) {
    this.#first = options.first;
  }

  async run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd> {
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
      this.#typedEarly = '';
    }
  }

  input(data: string): void {
    const process = this.#process;
    if (!process) this.#typedEarly += data;
    else if (process.tty) process.stream.write(data);
    else if (data.includes(interrupt)) void this.options.processes.end(process);
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    if (this.#process?.tty) this.#sizes.offer(size);
  }

  async #sendSize(size: TerminalSize): Promise<void> {
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
    // Without the signal: a process that is just starting could not be ended.
    const started = await processes.start(engine, id, created => start(engine, id, { size, created }));
    const process = this.#processOf(started);
    this.#engine = engine;
    this.#process = process;
    if (size !== this.#size) this.resize(this.#size);
    this.input(this.#typedEarly);
    this.#typedEarly = '';
    return { engine, process };
  }

  #processOf(started: Started): ContainerProcess {
    if (started.kind === 'started') return started.process;
    const { target, failed } = this.options;
    const cause = causeOf(started.text);
    if (started.kind === 'failed') throw new Failure(failed(cause));
    throw new NoShell(vscode.l10n.t('{0} has no shell: {1}', quoted(target.name), cause));
  }

  async #follow(
    engine: Engine,
    process: ContainerProcess,
    sink: TerminalSink,
    signal: AbortSignal,
  ): Promise<TerminalEnd & { exitCode?: number }> {
    const ending = onAbort(signal, () => void this.options.processes.end(process));
    try {
      const text = new OutputText(process.tty);
      for await (const pieces of process.output) await sink.write(text.format(pieces));
      if (signal.aborted) return {};
      return await this.#endOf(engine, process);
    } catch (error) {
      return signal.aborted ? {} : this.#lost(process, causeOf(toEngineError(error)));
    } finally {
      ending.dispose();
      this.#process = undefined;
    }
  }

  /** A lost connection ends the stream too, so the engine is asked whether the process has ended. */
  async #endOf(engine: Engine, process: ContainerProcess): Promise<TerminalEnd & { exitCode?: number }> {
    const { processes, target, again, againWhenRunning } = this.options;
    const { ended, exitCode } = await outcome(engine, process);
    if (ended) processes.ended(process);
    const code = exitCode === undefined ? {} : { exitCode };
    const codeText = exitCode === undefined ? '' : vscode.l10n.t('Exit code {0}', exitCode);
    if (exitCode !== undefined && exitCode !== killed) return { ...code, message: codeText, again };
    const fate = await fateOf(engine, process.containerId);
    if (fate === 'running') {
      if (ended) return { ...code, message: codeText, again };
      return this.#lost(process, vscode.l10n.t('it was closed before the process had ended'));
    }
    processes.ended(process);
    const name = quoted(target.name);
    const message = fate === 'gone' ? vscode.l10n.t('{0} was removed', name) : vscode.l10n.t('{0} has stopped', name);
    return { ...code, message: codeText ? `${message} · ${codeText}` : message, again: againWhenRunning };
  }

  #lost(process: ContainerProcess, cause: string): TerminalEnd {
    void this.options.processes.end(process);
    return { message: vscode.l10n.t('The connection was lost: {0}', cause), again: this.options.again };
  }
}

/**
 * What the engine knows about a process whose stream has ended. If it knows nothing, the process went with its container.
 */
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
