import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { oneLine } from '../../base/visible';
import { attemptLines, runningOn, runningText, versionText } from '../objects/engineText';
import { coalesced } from '../session/coalesced';
import { followSession } from '../session/followSession';
import type { CurrentSession, Session } from '../session/session';

/** The engine and its running count in the status bar; a click offers the engine's actions. */
export function registerStatusBar(sessions: CurrentSession): Disposable {
  const store = new DisposableStore();
  const item = store.add(vscode.window.createStatusBarItem('quayside.engine', vscode.StatusBarAlignment.Left, 10));
  item.name = vscode.l10n.t('Container Engine');
  item.command = 'quayside.engine.select';
  store.add(
    followSession(sessions, (session, following) => {
      const change = following.add(coalesced(() => showEngine(item, session)));
      const onChange = (): void => change.trigger();
      following.add(session.connection.onDidChangeState(onChange));
      following.add(session.mirror.onDidChangeState(onChange));
      following.add(session.mirror.onDidChangeRows('container')(onChange));
      showEngine(item, session);
    }),
  );
  item.show();
  return store;
}

function showEngine(item: vscode.StatusBarItem, { connection, mirror }: Session): void {
  const { state } = connection;
  const unreachable = state.kind === 'unreachable';
  item.backgroundColor = unreachable ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  if (state.kind === 'connected') {
    const running = runningOn({ mirror });
    item.text = `$(vm) ${versionText(state.engine.identity)} · ${vscode.l10n.t('{0} running', running)}`;
    const { name, url } = state.engine.endpoint;
    item.tooltip = [...new Set([oneLine(name), oneLine(url), runningText(running)])].join('\n');
  } else {
    item.text = unreachable
      ? `$(debug-disconnect) ${unreachableText(state.reason)}`
      : `$(sync~spin) ${vscode.l10n.t('Engine…')}`;
    item.tooltip = unreachable ? attemptLines(state).join('\n') : vscode.l10n.t('Connecting to the engine');
  }
}

function unreachableText(reason: string): string {
  return reason === 'hung' ? vscode.l10n.t('Engine does not answer') : vscode.l10n.t('No engine');
}
