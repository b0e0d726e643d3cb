import type { Event } from '../base/event';
import type { Change, Kind, Rows } from '../engine/mirror/kinds';
import type { CurrentSession } from './session/session';

/** What other extensions can read from Quayside. */
export interface QuaysideApi {
  readonly apiVersion: 1;
  /** Resolves when the rows equal the engine. */
  whenReady(): Promise<void>;
  readonly engine: { readonly endpoint: string; readonly state: string; readonly version: string };
  /** The mirror's rows of one kind. */
  list<K extends Kind>(kind: K): readonly Rows[K][];
  /** Fires with what was added, changed and removed, also when another engine is chosen. */
  readonly onDidChange: Event<Change>;
}

export function createApi(sessions: CurrentSession): QuaysideApi {
  return {
    apiVersion: 1,
    whenReady: () => whenReady(sessions),
    get engine() {
      const { state } = sessions.current.connection;
      const engine = state.kind === 'connected' ? state.engine : undefined;
      return { endpoint: engine?.endpoint.url ?? '', state: state.kind, version: engine?.identity.version ?? '' };
    },
    list: kind => sessions.current.mirror.list(kind),
    onDidChange: listener => {
      let subscription = sessions.current.mirror.onDidChange(listener);
      let { current } = sessions;
      const switching = sessions.onDidChange(session => {
        subscription.dispose();
        for (const change of current.mirror.farewell()) listener(change);
        current = session;
        subscription = session.mirror.onDidChange(listener);
      });
      return {
        dispose: () => {
          switching.dispose();
          subscription.dispose();
        },
      };
    },
  };
}

/** If another engine is chosen meanwhile, this waits for that one's rows. */
async function whenReady(sessions: CurrentSession): Promise<void> {
  for (let ready: unknown; ready !== sessions.current;) {
    const { current } = sessions;
    ready = current;
    await new Promise<void>(resolve => {
      const switching = sessions.onDidChange(() => resolve());
      void current.mirror.whenReady().then(() => {
        switching.dispose();
        resolve();
      });
    });
  }
}
