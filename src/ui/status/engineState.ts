import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { ConnectionState } from '../../engine/connection/connection';
import { kindNames } from '../../engine/mirror/kinds';
import { runningOn, runningText } from '../objects/engineText';
import { viewOf } from '../objects/views';
import { coalesced } from '../session/coalesced';
import { followSession } from '../session/followSession';
import type { CurrentSession, Session } from '../session/session';
import { watchWhileVisible } from '../session/watchWhileVisible';
import { PendingBar } from './pendingProgress';

/**
 * Shows the state of the current engine wherever VS Code has a place for it: context keys for menus and welcome views
 * (`quayside.connected`, `quayside.state`, `quayside.source`, and for each kind e.g. `quayside.volumes.forbidden`), a
 * line above rows that may be stale, a bar while rows are on their way, and the badge with the running count. Tells the
 * connection whether anybody looks.
 */
export function registerEngineState(sessions: CurrentSession, views: Views): Disposable {
  const contexts = new Contexts();
  return followSession(sessions, (session, following) => {
    const bar = following.add(new PendingBar([...views.keys()]));
    const show = (): void => {
      showState(session, views, contexts);
      bar.show(shownState(session) === 'connecting');
    };
    const stateChange = following.add(coalesced(show));
    const rowsChange = following.add(coalesced(() => showBadge(session, views)));
    following.add(session.connection.onDidChangeState(() => stateChange.trigger()));
    following.add(session.mirror.onDidChangeState(() => stateChange.trigger()));
    following.add(session.mirror.onDidChangeRows('container')(() => rowsChange.trigger()));
    for (const view of views.values()) following.add(watchWhileVisible(session, view));
    stateChange.trigger(); // Not at once: it would lengthen the activation.
  });
}

/** The views of objects by their ids. */
type Views = ReadonlyMap<string, vscode.TreeView<unknown>>;

type ShownState = 'connecting' | 'connected' | Extract<ConnectionState, { kind: 'unreachable' }>['reason'];

/** `connected` only once the rows are there, so that no view says “none” before the lists were read. */
function shownState({ connection, mirror }: Session): ShownState {
  if (connection.state.kind === 'unreachable') return connection.state.reason;
  return mirror.state === 'ready' ? 'connected' : 'connecting';
}

function showState(session: Session, views: Views, contexts: Contexts): void {
  const { state } = session.connection;
  const word = shownState(session);
  contexts.set('quayside.state', word);
  contexts.set('quayside.connected', state.kind === 'connected');
  contexts.set('quayside.source', state.kind === 'unreachable' ? state.attempts[0]?.endpoint.source : undefined);
  for (const kind of kindNames) contexts.set(`${viewOf(kind)}.forbidden`, session.mirror.isForbidden(kind));
  const message = session.mirror.state === 'stale' ? staleMessage(word, state) : '';
  for (const view of views.values()) if ((view.message ?? '') !== message) view.message = message;
  showBadge(session, views);
}

/** Sets context keys. Each costs a message to VS Code's window, so a value is sent only when it changes. */
class Contexts {
  readonly #told = new Map<string, unknown>();

  set(key: string, value: unknown): void {
    if (this.#told.has(key) && this.#told.get(key) === value) return;
    this.#told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

function staleMessage(word: ShownState, state: ConnectionState): string {
  const since = new Date(state.kind === 'unreachable' ? state.since : Date.now()).toLocaleTimeString();
  return word === 'hung'
    ? vscode.l10n.t('The engine does not answer. This is what it held at {0}.', since)
    : vscode.l10n.t('The engine is away; connecting again. This is what it held at {0}.', since);
}

function showBadge({ mirror }: Session, views: Views): void {
  const view = views.get(viewOf('container'));
  if (!view) return;
  const value = runningOn({ mirror });
  if (view.badge?.value === value || (!view.badge && value === 0)) return;
  view.badge = value === 0 ? undefined : { value, tooltip: runningText(value) };
}
