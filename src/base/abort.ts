import { setMaxListeners } from 'node:events';
import type { Disposable } from './disposable';

/** The reason of an aborted signal as an Error. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('The operation was aborted', 'AbortError');
}

/** Calls back when the signal is aborted, at once if it is already. Disposing the result stops that. */
export function onAbort(signal: AbortSignal, listener: () => void): Disposable {
  setMaxListeners(0, signal); // One signal may end the work on any number of objects.
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
  return { dispose: () => signal.removeEventListener('abort', listener) };
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => void onAbort(signal, resolve));
}

/** Resolves after `ms` milliseconds, or rejects with the signal's reason when that is aborted first. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortReason(signal));
      return;
    }
    const timer = setTimeout(() => {
      abort?.dispose();
      resolve();
    }, ms);
    const abort =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer);
        reject(abortReason(signal));
      });
  });
}

/** An AbortController that also follows another signal, until it is disposed. */
export class LinkedAbort implements Disposable {
  readonly #controller = new AbortController();
  readonly #link: Disposable | undefined;

  constructor(parent: AbortSignal | undefined) {
    this.#link = parent && onAbort(parent, () => this.#controller.abort(parent.reason));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  dispose(): void {
    this.#link?.dispose();
  }
}

/** Thrown by {@link withDeadline} when the work did not end within `ms` milliseconds. */
export class DeadlineError extends Error {
  constructor(readonly ms: number) {
    super(`deadline ms=${ms}`);
    this.name = 'DeadlineError';
  }
}

/** Does work with a signal. After `ms` milliseconds it aborts the signal and rejects with a {@link DeadlineError}. */
export async function withDeadline<T>(
  ms: number,
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new LinkedAbort(parent);
  const deadline = new DeadlineError(ms);
  const timer = setTimeout(() => abort.abort(deadline), ms);
  try {
    return await work(abort.signal);
  } catch (error) {
    throw abort.signal.reason === deadline ? deadline : error;
  } finally {
    clearTimeout(timer);
    abort.dispose();
  }
}

/** Starts several pieces of work, and settles like the first of them to settle. The signal of the others is aborted then. */
export async function first<T>(
  parent: AbortSignal | undefined,
  works: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T> {
  const over = new LinkedAbort(parent);
  try {
    return await Promise.race(works.map(work => work(over.signal)));
  } finally {
    over.abort();
    over.dispose();
  }
}
