import * as vscode from 'vscode';
import { environmentTls } from '../../../engine/endpoints/contexts';
import { parseEndpoint, usable } from '../../../engine/endpoints/endpoint';
import { type Choice, choose } from '../../actions/pick';
import { Failure } from '../../failure';
import { engineLook } from '../../objects/engineLook';
import { addressOf, nameOf } from '../../objects/engineText';
import type { CommandContext } from '../../run';
import { endpointContext } from '../../session/endpointContext';
import type { EngineEntry } from '../../session/knownEngines';
import { causeOf, plain, quoted } from '../../text';

/** What a command on an engine asks. */
interface EngineQuestion {
  /** Above the pick of engines. */
  which: string;
  /** Why it does not fit an engine, as a sentence; undefined where it fits. */
  unfit?: (entry: EngineEntry) => string | undefined;
}

/** The engine for a command to work on: the clicked one, the one that the call names, or one that the person picks. */
export async function engineTarget(
  { call, engines }: Pick<CommandContext, 'call' | 'engines'>,
  { which, unfit = () => undefined }: EngineQuestion,
): Promise<EngineEntry> {
  await engines.refresh();
  const { entries } = engines;
  const [subject] = call.subjects;
  const [name] = call.names;
  if (!subject && name === undefined) {
    const fitting = entries.filter(entry => unfit(entry) === undefined);
    if (fitting.length === 0) throw new Failure(vscode.l10n.t('There is no engine that this command fits'));
    return choose(which, fitting.map(engineChoice));
  }
  const entry = name === undefined ? clicked(entries, subject) : named(entries, name);
  const cause = unfit(entry);
  if (cause !== undefined) throw new Failure(cause);
  return entry;
}

/** An engine in a pick, described as in the Engines view. */
export function engineChoice(entry: EngineEntry): Choice<EngineEntry> {
  const { icon, description } = engineLook(entry);
  return {
    label: plain(nameOf(entry)),
    description: plain(description, 200),
    iconPath: new vscode.ThemeIcon(icon),
    value: entry,
  };
}

function clicked(
  entries: readonly EngineEntry[],
  subject: CommandContext['call']['subjects'][number] | undefined,
): EngineEntry {
  if (subject?.kind !== 'engine') throw new Failure(vscode.l10n.t('This command does not fit the selected row'));
  const entry = entries.find(({ id }) => id === subject.id);
  if (!entry) throw new Failure(vscode.l10n.t('This engine is not known any more'));
  return entry;
}

/** A known engine by id, name, choice or address, or a new one by its address. */
function named(entries: readonly EngineEntry[], name: string): EngineEntry {
  const called = (entry: EngineEntry): boolean =>
    [entry.id, entry.choice, nameOf(entry), addressOf(entry)].includes(name);
  const entry = entries.find(called);
  if (entry) return entry;
  if (!/[/:]/.test(name)) throw new Failure(vscode.l10n.t('There is no engine {0}', quoted(name)));
  try {
    const endpoint = parseEndpoint(name, 'setting', environmentTls(endpointContext()));
    return { ...usable(endpoint), current: false, session: undefined };
  } catch (error) {
    throw new Failure(causeOf(error), { cause: error });
  }
}
