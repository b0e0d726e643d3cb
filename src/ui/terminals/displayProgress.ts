import { delay, LinkedAbort } from '../../base/abort';

/** Asks the terminal for its status. It answers when it has shown everything before this. */
const askStatus = '\x1b[5n';
const statusAnswer = '\x1b[0n';
/** A terminal without a window does not answer; its text still goes on. */
const answerLimitMs = 1_000;
/**
 * Between two batches the window gets as long as the last one took, at most this long, for its other work; milliseconds.
 */
const maxRestMs = 25;

/**
 * Tells when a terminal has shown what was written to it. VS Code tells an extension nothing about that, so the terminal
 * itself is asked.
 */
export class DisplayProgress {
  #answered: (() => void) | undefined;

  constructor(
    private readonly write: (text: string) => void,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when everything has been shown, and the window had time for its other work. */
  async shown(): Promise<void> {
    const start = performance.now();
    const answered = new Promise<void>(resolve => (this.#answered = resolve));
    this.write(askStatus);
    const limit = new LinkedAbort(this.signal);
    await Promise.race([answered, delay(answerLimitMs, limit.signal).catch(() => undefined)]);
    limit.abort();
    limit.dispose();
    this.#answered = undefined;
    await delay(Math.min(maxRestMs, performance.now() - start));
  }

  /** Takes the terminal's answer out of what was typed. No program asks for it, as the sanitiser removes the question. */
  takeAnswer(typed: string): string {
    if (!typed.includes(statusAnswer)) return typed;
    this.stopWaiting();
    return typed.replaceAll(statusAnswer, '');
  }

  stopWaiting(): void {
    this.#answered?.();
    this.#answered = undefined;
  }
}
