import { DisposableStore } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { waitFor } from '../../base/wait';
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
  readonly #noticed = this.#subscriptions.add(new Emitter<void>());
  #happened = false;

  constructor({ connection, mirror }: WatchedEngine, concerns: (id: string) => boolean) {
    const notice = (): void => {
      this.#happened = true;
      this.#noticed.fire();
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
    const happened = (): true | undefined => this.#happened || undefined;
    await waitFor(this.#noticed.event, happened, signal).catch(() => undefined); // The caller looks at its signal itself.
  }

  dispose(): void {
    this.#happened = true;
    this.#noticed.fire();
    this.#subscriptions.dispose();
  }
}
