import * as vscode from 'vscode';
import type { ManyPhrases, Phrases } from '../../actions/action';
import { removal } from '../phrases';

/** What the commands on images say, by verb. */

export const remove: ManyPhrases = {
  ...removal,
  which: () => vscode.l10n.t('Remove which images?'),
  nothing: () => vscode.l10n.t('There is no image to remove'),
};

export const tag: Phrases = {
  which: () => vscode.l10n.t('Tag which image?'),
  nothing: () => vscode.l10n.t('There is no image to tag'),
  doing: what => vscode.l10n.t('Tagging {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not tag {0}: {1}', what, cause),
};
