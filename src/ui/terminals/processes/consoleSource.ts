import * as vscode from 'vscode';
import { onAbort } from '../../../base/abort';
import { number, record } from '../../../base/read';
import { LatestOnly } from '../../../base/schedule';
import type { Engine } from '../../../engine/connection/engine';
import { toEngineError } from '../../../engine/errors';
import { inspect } from '../../../engine/objects/containers/operations';
import { attach, type ContainerConsole, resizeConsole } from '../../../engine/processes/attach';
import type { TerminalSize } from '../../../engine/processes/exec';
import { type ContainerTarget, notRunning, presently } from '../../objects/containers';
import type { Session } from '../../session/session';
import { causeOf, quoted } from '../../text';
import { LineInput } from '../lineInput';
import type { TerminalEnd, TerminalSink, TerminalSource } from '../source';
import { fateOf } from './containerFate';
import { KeyWatch } from './keys';
import { OutputText } from './outputText';

export interface ConsoleSourceOptions {
  session: Session;
  target: ContainerTarget;
  /** The keys that leave the console: as the terminal sends them, and as people write them. */
  detach: { keys: string; name: string };
  failed: (cause: string) => string;
}

interface Open {
  console: ContainerConsole;
  engine: Engine;
  id: string;
  sink: TerminalSink;
  detached: boolean;
  /** Whether the program has drawn itself for this terminal. */
  drawn: boolean;
}

/**
 * A container's own console. Leaving it, by keys or by closing the terminal, leaves the container running, unless that
 * ends its input and it ends with that.
 */
export class ConsoleSource implements TerminalSource {
  #open: Open | undefined;
  #watch: KeyWatch;
  #lines = new LineInput();
  #size: TerminalSize = { columns: 80, rows: 24 };
  readonly #sizes = new LatestOnly<TerminalSize>(size => this.#sendSize(size));

  constructor(private readonly options: ConsoleSourceOptions) {
    this.#watch = new KeyWatch(options.detach.keys);
  }

  async run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd> {
    this.#size = size;
    const { session, target, failed } = this.options;
    const again = vscode.l10n.t('Press Enter to attach again');
    try {
      const { engine } = session;
      const { id, row } = presently(session, target);
      const cause = notRunning(row);
      if (cause !== undefined) return { message: failed(cause), again };
      const console = await attach(engine, id, { signal });
      return await this.#follow({ console, engine, id, sink, detached: false, drawn: false }, signal);
    } catch (error) {
      if (signal.aborted) return {};
      return { message: failed(causeOf(toEngineError(error))), again };
    }
  }

  input(data: string): void {
    if (!this.#open) return;
    const { console, sink } = this.#open;
    const { passed, found } = this.#watch.take(data);
    if (console.stdin) this.#type(passed, console, sink);
    if (!found) return;
    this.#open.detached = true;
    console.stream.destroy();
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    if (this.#open?.console.tty) this.#sizes.offer(size);
  }

  /**
   * First sends another height, as a program draws itself again when the size changes. Docker’s own client does so too.
   */
  async #sendSize({ columns, rows }: TerminalSize): Promise<void> {
    if (!this.#open) return;
    const { engine, id, drawn } = this.#open;
    this.#open.drawn = true;
    for (const height of drawn ? [rows] : [rows + 1, rows]) {
      // The container may just have stopped.
      await resizeConsole(engine, id, { columns, rows: height }).catch(() => undefined);
    }
  }

  #type(keys: string, { tty, stream }: ContainerConsole, sink: TerminalSink): void {
    if (tty) {
      stream.write(keys);
      return;
    }
    if (stream.writableEnded) return;
    const { echo, sent, ends } = this.#lines.take(keys);
    void sink.writeOwn(echo);
    if (sent !== '') stream.write(sent);
    if (ends) stream.end();
  }

  async #follow(open: Open, signal: AbortSignal): Promise<TerminalEnd> {
    const { console, sink } = open;
    const leaving = onAbort(signal, () => void console.stream.destroy());
    this.#open = open;
    this.#lines = new LineInput();
    try {
      await sink.status(this.#head(console));
      this.resize(this.#size);
      const text = new OutputText(console.tty);
      for await (const pieces of console.output) await sink.write(text.format(pieces));
    } catch (error) {
      if (!open.detached) throw error;
    } finally {
      this.#open = undefined;
      leaving.dispose();
    }
    return signal.aborted ? {} : this.#endOf(open);
  }

  #head({ stdin, endsInput }: ContainerConsole): string {
    const name = quoted(this.options.target.name);
    const keys = this.options.detach.name;
    const leaving = endsInput
      ? vscode.l10n.t('{0}, or closing this terminal, ends its input, which may stop it', keys)
      : vscode.l10n.t('{0}, or closing this terminal, leaves it running', keys);
    const head = stdin
      ? vscode.l10n.t('Attached to {0}', name)
      : vscode.l10n.t('Attached to {0}, which reads no input', name);
    return `${head} · ${leaving}`;
  }

  async #endOf({ console, engine, id, detached }: Open): Promise<TerminalEnd> {
    const name = quoted(this.options.target.name);
    const again = vscode.l10n.t('Press Enter to attach again');
    const runsOn = vscode.l10n.t('Detached; {0} runs on', name);
    if (detached && !console.endsInput) return { message: runsOn, again };
    const fate = await fateOf(engine, id);
    if (fate === 'gone') return { message: vscode.l10n.t('{0} was removed', name), again };
    if (fate === 'running' && detached) return { message: runsOn, again };
    if (fate === 'running') return { message: vscode.l10n.t('The console was closed; {0} runs on', name), again };
    const code = number(record((await inspect(engine, id))['State'])['ExitCode']);
    const message = vscode.l10n.t('{0} has stopped · Exit code {1}', name, code ?? '?');
    return { message, again: vscode.l10n.t('Press Enter to attach again when it runs') };
  }
}
