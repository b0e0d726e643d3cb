import * as vscode from 'vscode';
import { record, text } from '../../../base/read';
import { addedEndpoint, type AddedEndpoint } from '../../../engine/endpoints/endpoint';
import { confirm, mayAsk } from '../../actions/confirm';
import { addedEndpoints, config } from '../../config';
import { Failure } from '../../failure';
import { nameOf } from '../../objects/engineText';
import type { CommandContext, Handler } from '../../run';
import type { EngineEntry, KnownEngines } from '../../session/knownEngines';
import { causeOf, quoted } from '../../text';
import { answerText, tested } from './connecting';
import { askEndpoint } from './questions';
import { engineTarget } from './target';

/**
 * Adds an engine by hand: asks for its kind, address, certificates and name, tests the connection, and keeps it in the
 * setting `quayside.endpoints`. A program gives `{ name, url, tls? }`; then this asks nothing and tests no connection.
 * Returns the name.
 */
export const add: Handler = async context => {
  const { call, engines } = context;
  await engines.refresh();
  const endpoint = call.fromProgram ? given(call.options) : await askEndpoint(takenNames(engines));
  checkName(endpoint, takenNames(engines));
  const sentence = call.fromProgram ? '' : await testedOrAnyway(context, endpoint);
  await save([...keptEntries(), settingOf(endpoint)]);
  if (!call.fromProgram) void offerUse(endpoint, sentence);
  return endpoint.name;
};

/** Asks again for everything that `add` asks for. */
export const edit: Handler = async context => {
  const entry = await engineTarget(context, {
    which: vscode.l10n.t('Edit which engine?'),
    unfit: unlessAdded,
  });
  const before = config.endpoints.find(({ name }) => name === entry.name);
  const taken = takenNames(context.engines).filter(name => name !== entry.name);
  const endpoint = context.call.fromProgram ? given(context.call.options) : await askEndpoint(taken, before);
  checkName(endpoint, taken);
  if (!context.call.fromProgram) await testedOrAnyway(context, endpoint);
  await save(keptEntries().map(kept => (nameIn(kept) === entry.name ? settingOf(endpoint) : kept)));
  if (config.endpoint === entry.name && endpoint.name !== entry.name) await choose(endpoint.name);
  return endpoint.name;
};

/** Forgets an engine that was added by hand. Option: `ask: false`. */
export const remove: Handler = async context => {
  const entry = await engineTarget(context, {
    which: vscode.l10n.t('Remove which engine from the list?'),
    unfit: unlessAdded,
  });
  const chosen = config.endpoint === entry.name;
  if (mayAsk(context.call)) {
    const kept = vscode.l10n.t('Only its entry in the settings goes; the engine and what it holds stay as they are.');
    const automatic = vscode.l10n.t('It is in use: the automatic choice takes its place.');
    await confirm({
      message: vscode.l10n.t('Remove the engine {0} from the list?', quoted(nameOf(entry))),
      detail: chosen ? `${kept}\n${automatic}` : kept,
      actions: { remove: vscode.l10n.t('Remove') },
    });
  }
  if (chosen) await choose('');
  await save(keptEntries().filter(kept => nameIn(kept) !== entry.name));
};

/** Writes the choice of the engine into the user's settings. */
export async function choose(choice: string): Promise<void> {
  await vscode.workspace.getConfiguration('quayside').update('endpoint', choice, vscode.ConfigurationTarget.Global);
}

function unlessAdded(entry: EngineEntry): string | undefined {
  if (entry.source === 'added') return undefined;
  return vscode.l10n.t(
    '{0} was not added by hand, so there is nothing to change in the settings',
    quoted(nameOf(entry)),
  );
}

function given(options: CommandContext['call']['options']): AddedEndpoint {
  const [endpoint] = addedEndpoints([options]);
  if (!endpoint) throw new Failure(vscode.l10n.t('An engine needs a name and an address (url)'));
  return endpoint;
}

/** Names that already lead to an engine. */
function takenNames({ entries }: KnownEngines): string[] {
  return entries.filter(({ source }) => source === 'added' || source === 'context').map(({ name }) => name);
}

function checkName(added: AddedEndpoint, taken: readonly string[]): void {
  if (taken.includes(added.name))
    throw new Failure(vscode.l10n.t('There is an engine {0} already', quoted(added.name)));
  try {
    addedEndpoint(added);
  } catch (error) {
    throw new Failure(causeOf(error), { cause: error });
  }
}

/** Tests the connection. If it fails, the engine is kept only if the person wants that. Returns what to tell. */
async function testedOrAnyway(context: CommandContext, added: AddedEndpoint): Promise<string> {
  const endpoint = addedEndpoint(added);
  const entry = { name: added.name, source: 'added', endpoint, error: undefined } as const;
  for (;;) {
    try {
      return answerText(added.name, await tested(entry, context.engines.parts));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const answer = await confirm({
        message: error.message,
        detail: vscode.l10n.t('Save it all the same?'),
        actions: { save: vscode.l10n.t('Save Anyway'), again: vscode.l10n.t('Test Again') },
      });
      if (answer === 'save') return vscode.l10n.t('{0} was added', quoted(added.name));
    }
  }
}

async function offerUse({ name }: AddedEndpoint, sentence: string): Promise<void> {
  const use = vscode.l10n.t('Use This Engine');
  if ((await vscode.window.showInformationMessage(sentence, use)) === use) await choose(name);
}

/** The setting's entries as they are, also those that cannot be understood. */
function keptEntries(): unknown[] {
  const value: unknown = vscode.workspace.getConfiguration('quayside').inspect('endpoints')?.globalValue;
  return Array.isArray(value) ? [...(value as unknown[])] : [];
}

function nameIn(entry: unknown): string {
  return text(record(entry)['name']).trim();
}

function settingOf({ name, url, tls }: AddedEndpoint): object {
  return { name, url, ...(tls && { tls }) };
}

async function save(entries: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration('quayside').update('endpoints', entries, vscode.ConfigurationTarget.Global);
}
