import * as vscode from 'vscode';
import { endpointCandidates, parseEndpoint } from '../../../engine/endpoints/endpoint';
import { askText, type Choice, choose as pick } from '../../actions/pick';
import { config } from '../../config';
import { Failure } from '../../failure';
import { nameOf } from '../../objects/engineText';
import type { Handler } from '../../run';
import { endpointContext } from '../../session/endpointContext';
import type { EngineEntry, KnownEngines } from '../../session/knownEngines';
import { causeOf, quoted } from '../../text';
import { choose } from './addition';
import { engineChoice, engineTarget } from './target';

/**
 * Chooses the engine: writes the setting `quayside.endpoint`, which begins a new session. Takes a name, an address, or
 * an empty text for the automatic choice; without one it asks.
 */
export const select: Handler = async ({ call, engines }) => {
  const [text] = call.names;
  if (text === undefined) {
    await ask(engines);
    return;
  }
  const choice = await choiceNamed(text.trim(), engines);
  await endpointCandidates(endpointContext(choice)).catch((error: unknown) => {
    throw new Failure(causeOf(error), { cause: error });
  });
  await choose(choice);
};

/** Chooses the engine that was clicked or that the call names. */
export const use: Handler = async context => {
  const entry = await engineTarget(context, { which: vscode.l10n.t('Use which engine?'), unfit: unusable });
  await useEntry(entry);
};

async function useEntry(entry: EngineEntry): Promise<void> {
  const cause = unusable(entry);
  if (cause !== undefined) throw new Failure(cause);
  await choose(entry.choice);
}

function unusable(entry: EngineEntry): string | undefined {
  return entry.error && vscode.l10n.t('{0} cannot be used: {1}', quoted(nameOf(entry)), causeOf(entry.error));
}

async function choiceNamed(text: string, engines: KnownEngines): Promise<string> {
  await engines.refresh();
  return engines.entries.find(({ choice, name }) => text === choice || text === name)?.choice ?? text;
}

type Answer = () => Thenable<unknown>;

async function ask(engines: KnownEngines): Promise<void> {
  await engines.refresh();
  const known = engines.entries.map((entry): Choice<Answer> => ({
    ...engineChoice(entry),
    value: () => useEntry(entry),
  }));
  const answer = await pick<Answer>(vscode.l10n.t('Which engine?'), [
    automatic(),
    ...known,
    separator(),
    command('quayside.engine.add', vscode.l10n.t('Add Engine…'), 'add'),
    { label: vscode.l10n.t('Another Address…'), iconPath: icon('edit'), value: async () => choose(await askAddress()) },
    command('quayside.engine.test', vscode.l10n.t('Test Connection…'), 'pulse'),
    command('quayside.engine.showActions', vscode.l10n.t('More Actions…'), 'ellipsis'),
  ]);
  await answer();
}

function automatic(): Choice<Answer> {
  const sources = vscode.l10n.t('DOCKER_HOST, else docker’s current context, else the default sockets');
  const description = config.endpoint === '' ? `${vscode.l10n.t('chosen now')} · ${sources}` : sources;
  return { label: vscode.l10n.t('Automatic'), description, iconPath: icon('wand'), value: () => choose('') };
}

function separator(): Choice<Answer> {
  return { label: '', kind: vscode.QuickPickItemKind.Separator, value: () => Promise.resolve() };
}

function command(id: string, label: string, name: string): Choice<Answer> {
  return { label, iconPath: icon(name), value: () => vscode.commands.executeCommand(id) };
}

function icon(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name);
}

function askAddress(): Promise<string> {
  return askText({
    title: vscode.l10n.t('Address of the engine'),
    value: config.endpoint,
    placeHolder: 'unix:///var/run/docker.sock, tcp://127.0.0.1:2375, ssh://ada@build',
    invalid: unreadable,
  });
}

/** Why a text is no address. One without slash and colon may be a context's name. */
function unreadable(address: string): string | undefined {
  try {
    if (/[/:]/.test(address)) parseEndpoint(address.trim(), 'setting');
    return undefined;
  } catch (error) {
    return causeOf(error);
  }
}
