import * as vscode from 'vscode';
import type { ManyPhrases, Phrases } from '../../actions/action';
import { removal } from '../phrases';

/** What the commands on volumes say, by verb. */

export const remove: ManyPhrases = {
  ...removal,
  which: () => vscode.l10n.t('Remove which volumes?'),
  nothing: () => vscode.l10n.t('There is no volume that could be removed'),
};

export const create: Pick<Phrases, 'doing' | 'failed'> = {
  doing: what => vscode.l10n.t('Creating the volume {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not create the volume {0}: {1}', what, cause),
};
