import * as vscode from 'vscode';
import type { Endpoint } from '../../engine/endpoint';
import { isEngineError } from '../../engine/errors';
import { probe, type Probe } from '../engineProbe';
import { attemptLines, lastError, nameOf, stateOf, versionText } from '../engineWords';
import type { EngineEntry } from '../engines';
import { Failure, isCanceled } from '../failure';
import { withProgress } from '../progress';
import { type Handler, tell } from '../run';
import type { SessionParts } from '../session';
import { causeOf, plain, quoted } from '../words';
import { engineTarget } from './engineTarget';

/** Connects to an engine once and tells its version and how long it took, or why it does not answer. */
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

/** The cause alone: the sentence before it says already that the engine does not answer. */
function reasonOf(error: unknown): string {
  return isEngineError(error, 'unreachable') ? causeOf(error.message) : causeOf(error);
}

/** Shows each endpoint that was tried and what came back, with the next steps, and returns the lines. */
export const showAttempts: Handler = async context => {
  const { call, engines, session } = context;
  const chosen = call.subjects.length + call.names.length > 0;
  const entry = chosen ? await engineTarget(context, { which: '' }) : engines.entries.find(({ current }) => current);
  const lines =
    entry && !entry.current
      ? await attemptsOf(entry, context.engines.parts)
      : attemptLines(session.current.connection.state);
  if (!call.fromProgram)
    void offerNextSteps(
      lines.map(line => plain(line, 400)),
      entry,
    );
  return lines;
};

/** What is known of an engine that is not in use; one that is not open is tried now. */
async function attemptsOf(entry: EngineEntry, parts: SessionParts): Promise<string[]> {
  const state = stateOf(entry);
  if (state === 'connected') return [];
  const { endpoint, session } = entry;
  if (session?.connection.state.kind === 'unreachable') return attemptLines(session.connection.state);
  if (!endpoint) return [lastError(entry)];
  try {
    await tested(entry, parts);
    return [];
  } catch (error) {
    if (isCanceled(error)) throw error;
    return [attemptLine(endpoint, error)];
  }
}

function attemptLine({ url }: Endpoint, error: unknown): string {
  return `${url} — ${reasonOf(error instanceof Failure ? error.cause : error)}`;
}

async function offerNextSteps(lines: readonly string[], entry: EngineEntry | undefined): Promise<void> {
  if (lines.length === 0) {
    tell(
      entry && !entry.current
        ? vscode.l10n.t('{0} answers', quoted(nameOf(entry)))
        : vscode.l10n.t('No attempt at an engine failed'),
    );
    return;
  }
  const steps = [
    { title: vscode.l10n.t('Try Again'), command: 'quayside.engine.retry' },
    { title: vscode.l10n.t('Choose an Endpoint…'), command: 'quayside.engine.select' },
  ];
  const options = { modal: true, detail: lines.join('\n') };
  const message =
    entry && !entry.current
      ? vscode.l10n.t('{0} does not answer', quoted(nameOf(entry)))
      : vscode.l10n.t('No engine answers');
  const step = await vscode.window.showInformationMessage(message, options, ...steps);
  if (step) await vscode.commands.executeCommand(step.command);
}
