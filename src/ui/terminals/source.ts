import type { TerminalSize } from '../../engine/processes/exec';

/** Where a source's text goes. */
export interface TerminalSink {
  /**
   * Shows what a foreign program printed; what its profile does not allow is removed. Resolves when there is room for
   * more: a source that awaits it reads no faster than the terminal shows.
   */
  write(text: string): Promise<void>;
  /** Like `write`, for text that Quayside made itself and that passes as it is: escape what is foreign in it. */
  writeOwn(text: string): Promise<void>;
  /** A dim line of Quayside's own, e.g. that the connection was lost. Foreign text in it is made harmless. */
  status(message: string): Promise<void>;
}

/** How a source ended. */
export interface TerminalEnd {
  /** The last, dim line, e.g. “The shell ended with exit code 0”. */
  message?: string;
  /** What Enter does then, e.g. “Press Enter to open a new shell”: the source is run anew. Nothing when not given. */
  again?: string;
  /** Closes the terminal at once; else it stays until it is closed. */
  close?: boolean;
}

/** What feeds a terminal: a log, a shell, an attached console, a build. */
export interface TerminalSource {
  /**
   * Runs until it has ended or the signal is aborted, which happens when the terminal is closed: everything that it began
   * must end then. A rejection is shown as the last line. May be run again after it has ended. The size is a guess while
   * VS Code still makes the terminal: the true one follows by `resize`.
   */
  run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd>;
  /** What was typed or pasted, as the terminal encodes it. */
  input?(data: string): void;
  resize?(size: TerminalSize): void;
}
