import * as vscode from 'vscode';
import type { ManyPhrases, Phrases } from '../actions/action';

/** What commands on objects of every kind say. */

export const inspect: Phrases = {
  which: () => vscode.l10n.t('Inspect what?'),
  nothing: () => vscode.l10n.t('There is nothing to inspect'),
  doing: what => vscode.l10n.t('Reading {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not inspect {0}: {1}', what, cause),
};

export const copy: Phrases = {
  which: () => vscode.l10n.t('Copy of what?'),
  nothing: () => vscode.l10n.t('There is nothing to copy'),
  doing: what => vscode.l10n.t('Copying from {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not copy from {0}: {1}', what, cause),
};

/** What every removal says; each kind adds the questions that name it. */
export const removal: Omit<ManyPhrases, 'which' | 'nothing'> = {
  doing: what => vscode.l10n.t('Removing {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not remove {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be removed: {2}', failed, all, causes),
};

/** What a command says that prunes objects of one kind. */
export interface PrunePhrases {
  nothing(): string;
  /** `what` is a count such as “3 containers”. */
  question(what: string): string;
  doing(): string;
  failed(cause: string): string;
}
