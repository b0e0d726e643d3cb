import * as vscode from 'vscode';
import { LinkedAbort } from '../../base/abort';
import { nextEvent } from '../../base/wait';
import type { ConnectionState } from '../../engine/connection/connection';
import type { Engine } from '../../engine/connection/engine';
import { withProgress } from '../progress';
import { anotherChosen, type Session } from './session';

/** The engine, once its rows are there. Rejects with an EngineError (unreachable) when none answers. */
export async function connected(session: Session): Promise<Engine> {
  const { connection, mirror } = session;
  if (connection.state.kind !== 'connected') connection.hurry();
  if (mirror.state === 'loading' && connection.state.kind !== 'unreachable') {
    const unreachable = ({ kind }: ConnectionState): boolean => kind === 'unreachable';
    await withProgress(vscode.l10n.t('Connecting to the engine'), async signal => {
      const ended = new LinkedAbort(signal);
      await Promise.race([mirror.whenReady(), connectionState(session, unreachable, ended.signal)]);
      ended.abort();
      ended.dispose();
    });
  }
  return session.engine;
}

/** The next state of the connection of a wanted kind. Rejects with the signal's reason, or when another engine is chosen. */
export async function connectionState(
  { connection }: Session,
  wanted: (state: ConnectionState) => boolean,
  signal: AbortSignal,
): Promise<ConnectionState> {
  const take = (state: ConnectionState): ConnectionState | undefined => (wanted(state) ? state : undefined);
  try {
    return await nextEvent(connection.onDidChangeState, take, signal, connection.ended);
  } catch (error) {
    throw signal.aborted ? error : anotherChosen();
  }
}
