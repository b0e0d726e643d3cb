import * as vscode from 'vscode';
import type { Phrases } from '../actions/action';

/** What the commands say that read objects and change none. */

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

/** What pruning objects of one kind says. */
export interface PrunePhrases {
  nothing(): string;
  /** `what` is a count such as “3 containers”. */
  question(what: string): string;
  doing(): string;
  failed(cause: string): string;
}
