import * as vscode from 'vscode';
import { pingTime } from '../../../engine/connection/identity';
import { kindNames } from '../../../engine/mirror/kinds';
import { diskUse, info, version } from '../../../engine/objects/system';
import { choose } from '../../actions/pick';
import { tell } from '../../actions/tell';
import { Failure } from '../../failure';
import { withProgress } from '../../progress';
import type { Handler } from '../../run';
import { connected } from '../../session/connected';
import { forbiddenText, wordsOf } from '../../text';
import type { ObjectCommands } from '../table';
import { add, edit, remove } from './addition';
import { reconnected, showAttempts, test } from './connecting';
import { copyDiagnostics } from './diagnostics';
import { diskUseText } from './diskUseText';
import { select, use } from './selection';

/** Tries at once to connect, or to list what was forbidden, and waits for the result. */
const retry: Handler = async ({ session: { current } }) => {
  const state = await reconnected(current);
  if (state.kind === 'unreachable') {
    const [attempt] = state.attempts;
    throw new Failure(vscode.l10n.t('No engine answers: {0}', attempt ? wordsOf(attempt.error) : ''));
  }
  const { mirror } = current;
  await withProgress(vscode.l10n.t('Asking the engine'), () => mirror.retryForbidden());
  if (kindNames.some(kind => mirror.isForbidden(kind))) throw new Failure(forbiddenText());
};

/** Measures how long the engine takes to answer, and returns it in milliseconds. */
const ping: Handler = async ({ call, session }) => {
  const engine = await connected(session.current);
  const ms = await withProgress(vscode.l10n.t('Asking the engine'), signal => pingTime(engine.client, { signal }));
  if (!call.fromProgram) tell(vscode.l10n.t('The engine answered in {0} ms', ms.toFixed(1)));
  return ms;
};

/** Shows what the engine says of itself as a document. `kind` names its reader. */
function facts(kind: string, title: () => string, extension: 'json' | 'txt' = 'json'): Handler {
  return async ({ documents, session }) => {
    const { endpoint } = await connected(session.current);
    const look = { name: title(), extension };
    const source = { kind, id: 'engine', engine: endpoint };
    const document = await withProgress(title(), signal => documents.show(source, look, signal));
    return document.uri.toString();
  };
}

const showLog: Handler = ({ log }) => {
  log.show();
  return Promise.resolve();
};

type EngineAction = readonly [id: string, label: string];

/** Offers the actions that fit the engine's state: to ask it, or to bring it back. */
const showActions: Handler = async ({ session }) => {
  const away: EngineAction[] = [
    ['quayside.engine.retry', vscode.l10n.t('Connect Again')],
    ['quayside.engine.showAttempts', vscode.l10n.t('Why Is It Not Reachable?')],
  ];
  const there: EngineAction[] = [
    ['quayside.engine.info', vscode.l10n.t('Engine Information')],
    ['quayside.engine.version', vscode.l10n.t('Engine Version')],
    ['quayside.engine.diskUse', vscode.l10n.t('Disk Use')],
    ['quayside.engine.ping', vscode.l10n.t('Ping')],
  ];
  const actions: EngineAction[] = [
    ['quayside.engine.select', vscode.l10n.t('Select Engine…')],
    ['quayside.engine.add', vscode.l10n.t('Add Engine…')],
    ['quayside.engine.test', vscode.l10n.t('Test Connection…')],
    ...(session.current.connection.state.kind === 'connected' ? there : away),
    ['quayside.engine.showLog', vscode.l10n.t('Show Log')],
    ['quayside.engine.copyDiagnostics', vscode.l10n.t('Copy Diagnostics')],
  ];
  const choices = actions.map(([value, label]) => ({ label, value }));
  await vscode.commands.executeCommand(await choose(vscode.l10n.t('Container Engine'), choices));
};

/** A person who connects by a command may be asked again what they refused before, e.g. a passphrase. */
function askingAgain(handler: Handler): Handler {
  return context => {
    context.sshPrompter.askAgain();
    return handler(context);
  };
}

export const engineCommands: ObjectCommands = {
  commands: {
    'quayside.engine.select': askingAgain(select),
    'quayside.engine.use': askingAgain(use),
    'quayside.engine.add': askingAgain(add),
    'quayside.engine.edit': askingAgain(edit),
    'quayside.engine.remove': remove,
    'quayside.engine.test': askingAgain(test),
    'quayside.engine.retry': askingAgain(retry),
    'quayside.engine.info': facts('info', () => vscode.l10n.t('Engine Information')),
    'quayside.engine.version': facts('version', () => vscode.l10n.t('Engine Version')),
    'quayside.engine.ping': ping,
    'quayside.engine.diskUse': facts('diskUse', () => vscode.l10n.t('Disk Use'), 'txt'),
    'quayside.engine.copyDiagnostics': copyDiagnostics,
    'quayside.engine.showLog': showLog,
    'quayside.engine.showActions': showActions,
    'quayside.engine.showAttempts': showAttempts,
  },
  readers: {
    info: (engine, _id, options) => info(engine, options),
    version: (engine, _id, options) => version(engine, options),
    diskUse: async (engine, _id, options) => diskUseText(await diskUse(engine, options)),
  },
};
