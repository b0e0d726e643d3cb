import { DisposableStore } from '../../base/disposable';
import type { Connection } from '../connection/connection';
import type { Mirror } from './mirror';

/** What is followed of an engine: how it is connected, and what it holds. */
export interface WatchedEngine {
  readonly connection: Connection;
  readonly mirror: Mirror;
}

/** Notices that something happened to a container, or to the connection, since it was last asked. */
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

  /** Call it before looking at what may change. */
  reset(): void {
    this.#happened = false;
  }

  /** Resolves when something has happened since the last reset, or the signal is aborted. */
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
