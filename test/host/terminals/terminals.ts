import * as vscode from 'vscode';
import { replaceIn } from '../person';
import { until } from '../setup';

/** A terminal that the extension opened, as the person before it sees it. */
export interface SeenTerminal {
  readonly terminal: vscode.Terminal;
  readonly name: string;
  readonly options: vscode.ExtensionTerminalOptions;
  /** All that it was told to show, with its escape sequences. */
  readonly text: string;
  type(keys: string): void;
  /** Waits until the text from the last `shows` on matches. */
  shows(pattern: RegExp): Promise<void>;
}

/** Watches the terminals that are opened while the work is done, and closes those that are left. */
export async function withTerminals(work: (opened: readonly SeenTerminal[]) => Promise<void>): Promise<void> {
  const opened: SeenTerminal[] = [];
  const create = vscode.window.createTerminal.bind(vscode.window) as (
    options: vscode.ExtensionTerminalOptions,
  ) => vscode.Terminal;
  const restore = replaceIn(vscode.window, {
    createTerminal: (options: vscode.ExtensionTerminalOptions) => {
      const seen = see(options, () => create(options));
      opened.push(seen);
      return seen.terminal;
    },
  });
  try {
    await work(opened);
  } finally {
    restore();
    for (const { terminal } of opened) terminal.dispose();
  }
}

function see(options: vscode.ExtensionTerminalOptions, create: () => vscode.Terminal): SeenTerminal {
  let text = '';
  let looked = 0;
  options.pty.onDidWrite(data => (text += data));
  const terminal = create();
  return {
    terminal,
    name: options.name,
    options,
    get text() {
      return text;
    },
    type: keys => options.pty.handleInput?.(keys),
    async shows(pattern) {
      await until(`the terminal shows ${pattern.source}`, () => pattern.test(text.slice(looked))).catch(
        (error: unknown) => {
          throw new Error(`${String(error)}; it shows ${JSON.stringify(text.slice(looked))}`);
        },
      );
      looked = text.length;
    },
  };
}
