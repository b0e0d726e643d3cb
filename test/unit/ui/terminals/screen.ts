import { Terminal } from '@xterm/headless';
import { toDisposable } from '../../../../src/base/disposable';
import { Emitter } from '../../../../src/base/event';
import { Sequencer } from '../../../../src/base/schedule';
import type * as LogTerminalModule from '../../../../src/ui/terminals/logs/logTerminal';
import type { Profile } from '../../../../src/ui/terminals/profile';
import type { TerminalSource } from '../../../../src/ui/terminals/source';
import type * as StreamTerminalModule from '../../../../src/ui/terminals/streamTerminal';
import { until } from '../../../support/until';
import { l10n, loadAnew } from '../vscodeStub';

class CancellationError extends Error {}

const vscode = { l10n, EventEmitter: Emitter, CancellationError };
const modules = ['text', 'terminals/logs/logFoot', 'terminals/logs/logNotices', 'terminals/logs/logPrompt'];

export const { LogTerminal } = loadAnew(modules, 'terminals/logs/logTerminal', vscode) as typeof LogTerminalModule;
const { StreamTerminal } = loadAnew(['text'], 'terminals/streamTerminal', vscode) as typeof StreamTerminalModule;

export interface ScreenOptions {
  profile?: Profile;
  columns?: number;
  /** The last known size. */
  lastSize?: StreamTerminalModule.SharedSize;
  /** The connection to the engine. */
  connection?: StreamTerminalModule.StreamTerminalOptions['connection'];
}

/** A terminal that VS Code has not opened yet. */
export function newTerminal(
  source: TerminalSource,
  options: Pick<ScreenOptions, 'profile' | 'connection' | 'lastSize'> = {},
): StreamTerminalModule.StreamTerminal {
  const {
    profile = 'logs',
    connection = { ended: new AbortController().signal, watch: () => toDisposable(() => undefined) },
    lastSize = { value: { columns: 80, rows: 24 } },
  } = options;
  return new StreamTerminal({ name: 'test', source, profile, connection, turns: new Sequencer(), lastSize });
}

/** Shows a source on the terminal emulator that VS Code uses, without a window. */
export class Screen {
  readonly pty: StreamTerminalModule.StreamTerminal;
  readonly #terminal: Terminal;
  closed = false;

  constructor(source: TerminalSource, { profile = 'logs', columns = 40, connection, lastSize }: ScreenOptions = {}) {
    this.#terminal = new Terminal({ cols: columns, rows: 12, allowProposedApi: true });
    this.pty = newTerminal(source, { profile, ...(connection && { connection }), ...(lastSize && { lastSize }) });
    this.pty.onDidWrite(text => this.#terminal.write(text));
    this.pty.onDidClose(() => (this.closed = true));
    this.#terminal.onData(data => this.pty.handleInput(data));
    this.pty.open({ columns, rows: 12 });
  }

  /** Types keys one after the other. */
  type(keys: string): void {
    for (const key of keys) this.pty.handleInput(key);
  }

  resize(columns: number): void {
    this.#terminal.resize(columns, 12);
    this.pty.setDimensions({ columns, rows: 12 });
  }

  /** The rows down to the last one with text, also those that have been scrolled away. */
  get allRows(): string[] {
    const { active } = this.#terminal.buffer;
    const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return rows.slice(0, rows.findLastIndex(row => row !== '') + 1);
  }

  /** The rows with text. */
  get rows(): string[] {
    return this.allRows.filter(row => row !== '');
  }

  /** Waits until the rows are as they should be; otherwise fails and prints them. */
  async shows(fits: (rows: string[]) => boolean): Promise<void> {
    await until('the terminal shows what it should', () => fits(this.rows), { interval: 2 }).catch((error: unknown) => {
      throw new Error(`${String(error)} It shows ${JSON.stringify(this.rows.slice(-20), undefined, 1)}`);
    });
  }

  dispose(): void {
    this.pty.close();
    this.#terminal.dispose();
  }
}
