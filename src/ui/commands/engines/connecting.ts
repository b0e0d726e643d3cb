import * as vscode from 'vscode';
import type { ConnectionState } from '../../../engine/connection/connection';
import type { Endpoint } from '../../../engine/endpoints/endpoint';
import { isEngineError } from '../../../engine/errors';
import { tell, tellFailure } from '../../actions/tell';
import { Failure, isCanceled } from '../../failure';
import { attemptLines, lastError, nameOf, stateOf, versionText } from '../../objects/engineText';
import { withProgress } from '../../progress';
import type { CommandContext, Handler } from '../../run';
import { connectionState } from '../../session/connected';
import { probe, type Probe } from '../../session/engineProbe';
import type { EngineEntry } from '../../session/knownEngines';
import { anotherChosen, type Session, type SessionParts } from '../../session/session';
import { causeOf, plain, quoted, wordsOf } from '../../text';
import { engineTarget } from './target';

/** Connects to an engine once, and shows its version and how long it took, or why it does not answer. */
export const test: Handler = async context => {
  const entry = await engineTarget(context, { which: vscode.l10n.t('Test the connection to which engine?') });
  const sentence = answerText(nameOf(entry), await tested(entry, context.engines.parts));
  if (!context.call.fromProgram) tell(sentence);
  return sentence;
};

/** Tests the connection with progress and cancel. Rejects with a Failure that names the engine and the cause. */
export async function tested(
  { endpoint, error, ...entry }: Pick<EngineEntry, 'name' | 'source' | 'endpoint' | 'error'>,
  parts: SessionParts,
): Promise<Probe> {
  const name = nameOf(entry);
  if (!endpoint) throw new Failure(vscode.l10n.t('{0} cannot be used: {1}', quoted(name), causeOf(error)));
  try {
    return await withProgress(vscode.l10n.t('Connecting to {0}', quoted(name)), signal =>
      probe(endpoint, parts, signal),
    );
  } catch (cause) {
    if (isCanceled(cause)) throw cause;
    throw new Failure(vscode.l10n.t('{0} does not answer: {1}', quoted(name), reasonOf(cause)), { cause });
  }
}

export function answerText(name: string, { identity, ms }: Probe): string {
  const { apiVersion } = identity;
  return vscode.l10n.t(
    '{0} answers: {1}, API {2}, in {3} ms',
    quoted(name),
    plain(versionText(identity)),
    apiVersion,
    ms.toFixed(1),
  );
}

/** The cause alone: the sentence already says that the engine does not answer. */
function reasonOf(error: unknown): string {
  return isEngineError(error, 'unreachable') ? wordsOf(error) : causeOf(error);
}

/** Makes a session connect at once, with progress and cancel, and returns the resulting state. */
export async function reconnected(session: Session): Promise<ConnectionState> {
  const { connection } = session;
  if (connection.ended.aborted) throw anotherChosen();
  if (connection.state.kind === 'connected') return connection.state;
  return withProgress(vscode.l10n.t('Connecting to the engine'), signal => {
    connection.retry();
    return connectionState(session, ({ kind }) => kind !== 'connecting', signal);
  });
}

const showAttemptsId = 'quayside.engine.showAttempts';

/** Shows each endpoint that was tried and what came back, with the next steps, and returns the lines. */
export const showAttempts: Handler = async context => {
  const { call, engines, log, session } = context;
  const chosen = call.subjects.length + call.names.length > 0;
  const entry = chosen ? await engineTarget(context, { which: '' }) : engines.entries.find(({ current }) => current);
  const lines =
    entry && !entry.current ? await attemptsOf(entry, engines.parts) : attemptLines(session.current.connection.state);
  if (!call.fromProgram)
    explain(context, entry, lines).catch((error: unknown) => tellFailure(error, showAttemptsId, log));
  return lines;
};

/** What was tried at an engine that is not in use; one that is not open is tried now. */
async function attemptsOf(entry: EngineEntry, parts: SessionParts): Promise<string[]> {
  if (stateOf(entry) === 'connected') return [];
  const { session } = entry;
  return session?.connection.state.kind === 'unreachable'
    ? attemptLines(session.connection.state)
    : tried(entry, parts);
}

/** Tries an engine: no line when it answers, else one that says why not. */
async function tried(entry: EngineEntry, parts: SessionParts): Promise<string[]> {
  const { endpoint } = entry;
  if (!endpoint) return [lastError(entry)];
  try {
    await tested(entry, parts);
    return [];
  } catch (error) {
    if (isCanceled(error)) throw error;
    return [attemptLine(endpoint, error)];
  }
}

/** Tries once more, an open engine by its own connection. */
async function triedAgain(
  { engines, session }: CommandContext,
  entry: EngineEntry | undefined,
): Promise<readonly string[]> {
  const now = engines.entries.find(({ id }) => id === entry?.id) ?? entry;
  if (now && !now.session) return tried(now, engines.parts);
  return attemptLines(await reconnected(now?.session ?? session.current));
}

function attemptLine({ url }: Endpoint, error: unknown): string {
  return `${url} — ${reasonOf(error instanceof Failure ? error.cause : error)}`;
}

/** Shows what was tried, again after each further attempt, until the engine answers or the person gives up. */
async function explain(
  context: CommandContext,
  entry: EngineEntry | undefined,
  known: readonly string[],
): Promise<void> {
  const answers = entry ? vscode.l10n.t('{0} answers', quoted(nameOf(entry))) : vscode.l10n.t('The engine answers');
  const isOther = entry !== undefined && !entry.current;
  if (known.length === 0) {
    tell(isOther ? answers : vscode.l10n.t('No attempt at an engine failed'));
    return;
  }
  for (let lines = known; lines.length > 0; lines = await triedAgain(context, entry)) {
    const step = await askNextStep(lines, isOther ? nameOf(entry) : undefined);
    if (step === 'choose') await vscode.commands.executeCommand('quayside.engine.select');
    if (step !== 'again') return;
    context.sshPrompter.askAgain();
  }
  tell(answers);
}

/** @param name given for an engine that is not in use */
async function askNextStep(
  lines: readonly string[],
  name: string | undefined,
): Promise<'again' | 'choose' | undefined> {
  const steps: { title: string; step: 'again' | 'choose' }[] = [
    { title: vscode.l10n.t('Try Again'), step: 'again' },
    { title: vscode.l10n.t('Choose an Endpoint…'), step: 'choose' },
  ];
  const options = { modal: true, detail: lines.map(line => plain(line, 400)).join('\n') };
  const message =
    name === undefined ? vscode.l10n.t('No engine answers') : vscode.l10n.t('{0} does not answer', quoted(name));
  return (await vscode.window.showInformationMessage(message, options, ...steps))?.step;
}
