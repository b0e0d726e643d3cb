import type { Disposable } from '../../base/disposable';
import type { ConnectionState } from '../../engine/connection/connection';
import type { Log } from '../log';
import { attemptLines, versionText } from '../objects/engineText';
import { followSession } from '../session/followSession';
import type { CurrentSession } from '../session/session';

/** Writes into the log which engine is in use, or why none is, whenever that changes. */
export function logStates(sessions: CurrentSession, log: Log): Disposable {
  let last = '';
  return followSession(sessions, ({ connection }, store) => {
    const write = (state: ConnectionState): void => {
      const line = lineOf(state);
      if (line === '' || line === last) return;
      last = line;
      if (state.kind === 'connected') log.info(line);
      else log.warn(line);
    };
    store.add(connection.onDidChangeState(write));
  });
}

function lineOf(state: ConnectionState): string {
  if (state.kind === 'unreachable') return `No engine answers (${state.reason}): ${attemptLines(state).join('; ')}`;
  if (state.kind === 'connecting') return '';
  const { endpoint, identity } = state.engine;
  return `Connected to ${endpoint.name} at ${endpoint.url}: ${versionText(identity)}, API ${identity.apiVersion}`;
}
