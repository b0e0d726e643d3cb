import * as vscode from 'vscode';
import { Sequencer } from '../../base/schedule';
import type { TerminalPlace } from '../config';
import { plain } from '../text';
import { type SharedSize, StreamTerminal, type StreamTerminalOptions } from './streamTerminal';

export interface NewTerminal extends Omit<StreamTerminalOptions, 'turns' | 'lastSize'> {
  /** An icon of VS Code’s, e.g. `output`. */
  icon: string;
  place: TerminalPlace;
  /**
   * Names what the terminal shows now: to open the same again reveals the terminal. Without it there is always a new
   * terminal.
   */
  key?: () => string;
}

const usualSize = { columns: 80, rows: 24 };

/** The terminals that the extension has opened. */
export class Terminals implements vscode.Disposable {
  readonly #open = new Map<vscode.Terminal, { key: (() => string) | undefined; pty: StreamTerminal }>();
  readonly #turns = new Sequencer();
  readonly #sizes: Record<TerminalPlace, SharedSize> = { editor: { value: usualSize }, panel: { value: usualSize } };
  readonly #closing = vscode.window.onDidCloseTerminal(terminal => this.#forget(terminal));

  /** Opens a terminal, or reveals the open one of the same key. */
  show(options: NewTerminal): vscode.Terminal {
    const terminal = this.find(options.key?.()) ?? this.#create(options);
    terminal.show();
    return terminal;
  }

  /** The terminal that shows this, unless its source has ended. */
  find(key: string | undefined): vscode.Terminal | undefined {
    if (key === undefined) return undefined;
    for (const [terminal, { key: itsKey, pty }] of this.#open) if (itsKey?.() === key && !pty.ended) return terminal;
    return undefined;
  }

  dispose(): void {
    this.#closing.dispose();
    for (const terminal of this.#open.keys()) terminal.dispose();
  }

  /**
   * For a terminal that VS Code makes itself, from a profile. VS Code would leave it in the background, so it is
   * revealed.
   */
  profile(options: NewTerminal): vscode.TerminalProfile {
    const made = this.#optionsOf(options);
    const subscription = vscode.window.onDidOpenTerminal(terminal => {
      if (!('pty' in terminal.creationOptions) || terminal.creationOptions.pty !== made.pty) return;
      subscription.dispose();
      this.#begin(terminal, options, made.pty);
      terminal.show();
    });
    return new vscode.TerminalProfile(made);
  }

  #optionsOf({ icon, place, ...options }: NewTerminal): vscode.ExtensionTerminalOptions & { pty: StreamTerminal } {
    return {
      name: plain(options.name),
      pty: new StreamTerminal({ ...options, turns: this.#turns, lastSize: this.#sizes[place] }),
      iconPath: new vscode.ThemeIcon(icon),
      location: place === 'editor' ? vscode.TerminalLocation.Editor : vscode.TerminalLocation.Panel,
      isTransient: true,
    };
  }

  #create(options: NewTerminal): vscode.Terminal {
    const made = this.#optionsOf(options);
    const terminal = vscode.window.createTerminal(made);
    this.#begin(terminal, options, made.pty);
    return terminal;
  }

  #begin(terminal: vscode.Terminal, { key }: NewTerminal, pty: StreamTerminal): void {
    this.#open.set(terminal, { key, pty });
    pty.begin();
  }

  /** Closes it, as VS Code does not do so for a terminal that it has not opened yet. */
  #forget(terminal: vscode.Terminal): void {
    this.#open.get(terminal)?.pty.close();
    this.#open.delete(terminal);
  }
}
