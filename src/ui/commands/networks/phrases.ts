import * as vscode from 'vscode';
import type { ManyPhrases, Phrases } from '../../actions/action';
import { removal } from '../phrases';

/** What the commands on networks say, by verb. */

export const remove: ManyPhrases = {
  ...removal,
  which: () => vscode.l10n.t('Remove which networks?'),
  nothing: () => vscode.l10n.t('There is no network that could be removed'),
};

export const create: Pick<Phrases, 'doing' | 'failed'> = {
  doing: what => vscode.l10n.t('Creating the network {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not create the network {0}: {1}', what, cause),
};
