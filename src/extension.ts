import { join } from 'node:path';
import type * as vscode from 'vscode';
import { createApi, type QuaysideApi } from './ui/api';
import { loadCommandsWhenSeen, registerCommands } from './ui/commandRegistration';
import { Inspectors } from './ui/inspector/inspectors';
import { createLog } from './ui/log';
import { KnownEngines } from './ui/session/knownEngines';
import { CurrentSession } from './ui/session/session';
import { SshPrompter } from './ui/session/sshPrompter';
import { warnOfUnencrypted } from './ui/session/unencryptedWarning';
import { registerEngineState } from './ui/status/engineState';
import { logStates } from './ui/status/stateLog';
import { registerStatusBar } from './ui/status/statusBar';
import { LateTerminals } from './ui/terminals/lateTerminals';
import { endLeftProcesses } from './ui/terminals/processes/leftProcesses';
import { registerTrees } from './ui/trees';

/** Makes the parts, hands them to each other, and leaves their end to VS Code. */
export function activate(context: vscode.ExtensionContext): QuaysideApi {
  const { log, requests } = createLog();
  const sshPrompter = new SshPrompter(context.secrets);
  const session = new CurrentSession({
    ssh: { prompter: sshPrompter },
    onRequest: (record, endpoint) => requests.add({ ...record, engine: endpoint.name }),
  });
  const engines = new KnownEngines(session, sshPrompter);
  const inspectors = new Inspectors({ context, session, log });
  const lateTerminals = new LateTerminals(join(context.globalStorageUri.fsPath, 'processes'), log);
  const trees = registerTrees({ context, session, engines });
  context.subscriptions.push(
    log,
    session,
    logStates(session, log),
    engines,
    warnOfUnencrypted(engines, context.globalState),
    trees,
    inspectors,
    loadCommandsWhenSeen(trees.views.values()),
    lateTerminals,
    endLeftProcesses(session, lateTerminals),
    registerEngineState(session, trees.views),
    registerStatusBar(session),
    registerCommands({
      context,
      session,
      engines,
      sshPrompter,
      log,
      requests,
      inspectors,
      lateTerminals,
      selection: view => trees.views.get(view)?.selection ?? [],
      sessionOf: row => trees.sessionOf(row),
    }),
  );
  atEnd = () => lateTerminals.endAll();
  return createApi(session);
}

/** VS Code waits for this, and for nothing else, when a window is closed or loaded again. */
export async function deactivate(): Promise<void> {
  await atEnd?.();
}

let atEnd: (() => Promise<void>) | undefined;
