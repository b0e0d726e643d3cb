import type { TerminalSize } from '../../engine/processes/exec';

/** Takes the text of a source. */
export interface TerminalSink {
  /**
   * Shows foreign text, without what the terminal's profile does not allow. Resolves when there is room for more: a source
   * that awaits it reads no faster than the terminal shows.
   */
  write(text: string): Promise<void>;
  /** Shows Quayside's own text unchanged. The caller must make foreign text in it harmless. */
  writeOwn(text: string): Promise<void>;
  /** Shows a dim line of Quayside's own, e.g. that the connection was lost. Makes foreign text in it harmless. */
  status(message: string): Promise<void>;
}

/** How a source ended. */
export interface TerminalEnd {
  /** The last, dim line, e.g. “The shell ended with exit code 0”. */
  message?: string;
  /** What Enter does then, e.g. “Press Enter to open a new shell”: it runs the source again. Nothing if not given. */
  again?: string;
  /** Whether to close the terminal at once; otherwise it stays until a person closes it. */
  close?: boolean;
}

/** What a terminal shows: a log, a shell, an attached console, a build. */
export interface TerminalSource {
  /**
   * Runs until it has ended or the signal is aborted, which happens when the terminal is closed; everything that it began
   * must end then. A rejection is shown as the last line. May be called again after the end. While VS Code still makes the
   * terminal, the size is a guess; the true one follows by `resize`.
   */
  run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd>;
  /** Takes what was typed or pasted, as the terminal encodes it. */
  input?(data: string): void;
  resize?(size: TerminalSize): void;
}
