import { DisposableStore } from '../../base/disposable';
import type { Connection } from '../connection/connection';
import type { Mirror } from './mirror';

/** An engine as those see it who follow a container on it: its connection, and the mirror of what it holds. */
export interface WatchedEngine {
  readonly connection: Connection;
  readonly mirror: Mirror;
}

/** Remembers whether something happened to a container, or to the connection, since the last reset. */
export class ContainerWatch {
  readonly #subscriptions = new DisposableStore();
  #happened = false;
  #wake: (() => void) | undefined;

  constructor({ connection, mirror }: WatchedEngine, concerns: (id: string) => boolean) {
    const notice = (): void => {
      this.#happened = true;
      this.#wake?.();
    };
    this.#subscriptions.add(mirror.onDidSeeEvent(({ type, id }) => type === 'container' && concerns(id) && notice()));
    this.#subscriptions.add(mirror.onDidChangeState(notice));
    this.#subscriptions.add(connection.onDidChangeState(notice));
  }

  /** Forgets what has happened. Call it before you read what may change. */
  reset(): void {
    this.#happened = false;
  }

  /** Resolves once something has happened since the last reset, or the signal is aborted. */
  async next(signal: AbortSignal): Promise<void> {
    if (this.#happened || signal.aborted) return;
    let onAbort: (() => void) | undefined;
    await new Promise<void>(resolve => {
      this.#wake = onAbort = resolve;
      signal.addEventListener('abort', onAbort);
    });
    this.#wake = undefined;
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#wake?.();
  }
}
