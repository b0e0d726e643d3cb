import * as vscode from 'vscode';
import type { ManyPhrases, Phrases } from '../../actions/action';

/** What the commands on networks say, by verb. */

export const remove: ManyPhrases = {
  which: () => vscode.l10n.t('Remove which networks?'),
  nothing: () => vscode.l10n.t('There is no network that could be removed'),
  doing: what => vscode.l10n.t('Removing {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not remove {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be removed: {2}', failed, all, causes),
};

export const create: Pick<Phrases, 'doing' | 'failed'> = {
  doing: what => vscode.l10n.t('Creating the network {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not create the network {0}: {1}', what, cause),
};
