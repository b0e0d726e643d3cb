import * as vscode from 'vscode';
import { record, texts } from '../../base/read';
import type { Engine } from '../../engine/connection/engine';
import { info } from '../../engine/objects/system';
import type { Phrases } from '../actions/action';
import { forTarget } from '../actions/forEach';

/** The engine's drivers for a new object. A failure is reported as one of the creation. */
export async function driversOf(
  engine: Engine,
  kind: 'Network' | 'Volume',
  { name, creation }: { name: string; creation: Pick<Phrases, 'failed'> },
): Promise<string[]> {
  const phrases = { ...creation, doing: () => vscode.l10n.t('Asking the engine for its drivers') };
  const facts = await forTarget(phrases, name, signal => info(engine, { signal }));
  return texts(record(facts['Plugins'])[kind]);
}
