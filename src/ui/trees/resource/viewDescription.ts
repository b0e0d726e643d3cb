import * as vscode from 'vscode';
import { DeadlineError } from '../../../base/abort';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { oneLine } from '../../../base/visible';
import type { Attempt, ConnectionState } from '../../../engine/connection/connection';
import { errorText } from '../../errors/errorText';
import { followSession } from '../../session/followSession';
import type { CurrentSession } from '../../session/session';
import type { ViewState } from './viewState';

/** Shows the filter beside the view's title. */
export function showFilter(view: vscode.TreeView<unknown>, state: ViewState): Disposable {
  const show = (): void => void (view.description = filterText(state));
  show();
  return state.onDidChange(show);
}

/** Shows the filter and the address of an unreachable engine: welcome views, whose texts are fixed, cannot name it. */
export function showFilterAndAddress(
  view: vscode.TreeView<unknown>,
  state: ViewState,
  sessions: CurrentSession,
): Disposable {
  const show = (): void => {
    const texts = [filterText(state), triedAddress(sessions.current.connection.state)];
    view.description = texts.filter(Boolean).join(' · ');
  };
  const store = new DisposableStore();
  store.add(state.onDidChange(show));
  store.add(
    followSession(sessions, ({ connection }, following) => {
      following.add(connection.onDidChangeState(show));
      show();
    }),
  );
  return store;
}

function filterText({ choices: { filter } }: ViewState): string {
  return filter ? vscode.l10n.t('“{0}”', filter) : '';
}

/** The address that best explains why no engine answers; empty while one is connected. */
function triedAddress(state: ConnectionState): string {
  if (state.kind !== 'unreachable') return '';
  const [first = state.attempts[0]] = state.attempts.filter(attempt => isCauseOf(attempt, state.reason));
  if (!first) return '';
  const address = oneLine(shortened(first.endpoint.url) || errorText(first.error));
  const others = state.attempts.length - 1;
  return others > 0 && state.reason === 'absent' ? `${address} +${others}` : address;
}

/** A title has little room, and a socket's path says enough. */
function shortened(url: string): string {
  return url.replace(/^unix:\/\//, '');
}

function isCauseOf({ error }: Attempt, reason: string): boolean {
  if (reason === 'hung') return error.cause instanceof DeadlineError;
  return (reason === 'denied' || reason === 'login') && error.kind === 'unauthorized';
}
