import * as vscode from 'vscode';
import { abortReason, LinkedAbort } from '../../base/abort';
import { DisposableStore, toDisposable } from '../../base/disposable';
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

/** Resolves with the connection's next state that is wanted. Rejects with the signal's reason. */
export function connectionState(
  { connection }: Session,
  wanted: (state: ConnectionState) => boolean,
  signal: AbortSignal,
): Promise<ConnectionState> {
  const waiting = new DisposableStore();
  const state = new Promise<ConnectionState>((resolve, reject) => {
    const onAbort = (): void => reject(abortReason(signal));
    signal.addEventListener('abort', onAbort);
    waiting.add(toDisposable(() => signal.removeEventListener('abort', onAbort)));
    const onEnd = (): void => reject(anotherChosen());
    connection.ended.addEventListener('abort', onEnd);
    waiting.add(toDisposable(() => connection.ended.removeEventListener('abort', onEnd)));
    waiting.add(connection.onDidChangeState(next => wanted(next) && resolve(next)));
  });
  return state.finally(() => waiting.dispose());
}
