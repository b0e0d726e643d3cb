import type { Disposable } from './disposable';

/** Subscribes a listener. Disposing the result unsubscribes it. VS Code's events have this shape. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * Fires an event. When a listener throws, the other listeners are still called and `fire` returns: the error surfaces
 * as an uncaught one.
 */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = listener => {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
