import * as vscode from 'vscode';
import { delay } from '../base/abort';
import { EngineError } from '../engine/errors';

/** How far some work has come. */
interface Step {
  message?: string;
  /** 0 to 100, never less than before. */
  percent?: number;
}

export type Report = (step: Step) => void;

/** Short work shows nothing: a notification that only flashes tells nobody anything. */
const patienceMs = 500;

/**
 * Runs work that may take long. After half a second a notification shows how far it has come and offers to cancel,
 * which aborts the signal.
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const shown = new ShownProgress();
  const working = work(abort.signal, step => shown.report(step));
  if (await endsWithin(patienceMs, working)) return working;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    shown.attach(progress);
    abortOn(token, abort);
    return working;
  });
}

/** A signal that a token's cancellation aborts. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  abortOn(token, abort);
  return abort.signal;
}

/** The only bridge from VS Code's cancellation to AbortSignal. */
function abortOn(token: vscode.CancellationToken, abort: AbortController): void {
  token.onCancellationRequested(() => abort.abort(new EngineError('canceled', { code: 'canceled' })));
}

async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  const late = delay(ms, timer.signal).then(
    () => false,
    () => true,
  );
  const result = await Promise.race([ended, late]);
  timer.abort();
  return result;
}

/** Keeps the last step until the notification shows, and turns percentages into the increments that VS Code wants. */
class ShownProgress {
  #progress: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  #step: Step = {};
  #shownPercent = 0;

  attach(progress: vscode.Progress<{ message?: string; increment?: number }>): void {
    this.#progress = progress;
    this.report({});
  }

  report(step: Step): void {
    this.#step = { ...this.#step, ...step };
    if (!this.#progress) return;
    const { message, percent = 0 } = this.#step;
    const increment = Math.max(0, percent - this.#shownPercent);
    this.#shownPercent += increment;
    this.#progress.report({ ...(message !== undefined && { message }), ...(increment > 0 && { increment }) });
  }
}
