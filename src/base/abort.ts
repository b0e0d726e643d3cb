import { setMaxListeners } from 'node:events';
import type { Disposable } from './disposable';

/** Resolves after `ms` milliseconds, or rejects with the signal's reason when that is aborted first. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortReason(signal));
      return;
    }
    if (signal) setMaxListeners(0, signal); // One signal may end any number of delays.
    const onAbort = (): void => {
      clearTimeout(timer);
      if (signal) reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** The reason of an aborted signal as an Error. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('The operation was aborted', 'AbortError');
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** An AbortController that also follows another signal, until it is disposed. */
export class LinkedAbort implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal | undefined;
  readonly #follow = (): void => this.#controller.abort(this.#parent?.reason);

  constructor(parent: AbortSignal | undefined) {
    this.#parent = parent;
    if (!parent) return;
    setMaxListeners(0, parent); // One signal may cancel the work on any number of objects.
    if (parent.aborted) this.#follow();
    else parent.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  dispose(): void {
    this.#parent?.removeEventListener('abort', this.#follow);
  }
}

/** Thrown by {@link withDeadline} when the work did not end within `ms` milliseconds. */
export class DeadlineError extends Error {
  constructor(readonly ms: number) {
    super(`deadline ms=${ms}`);
    this.name = 'DeadlineError';
  }
}

/** Runs work with a signal that is aborted after `ms` milliseconds, and then rejects with a {@link DeadlineError}. */
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

/** What the first of the works to end comes to; the others are ended by their signal. */
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
