import * as vscode from 'vscode';
import type { Phrases } from '../../actions/action';

/** The texts of the commands on processes in containers. */

export const shell: Phrases = {
  which: () => vscode.l10n.t('Open a shell in which container?'),
  nothing: () => vscode.l10n.t('There is no running container to open a shell in'),
  doing: what => vscode.l10n.t('Opening a shell in {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not open a shell in {0}: {1}', what, cause),
};

export const command: Phrases = {
  which: () => vscode.l10n.t('Run a command in which container?'),
  nothing: () => vscode.l10n.t('There is no running container to run a command in'),
  doing: what => vscode.l10n.t('Running a command in {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not run the command in {0}: {1}', what, cause),
};

export const attach: Phrases = {
  which: () => vscode.l10n.t('Attach to which container?'),
  nothing: () => vscode.l10n.t('There is no running container to attach to'),
  doing: what => vscode.l10n.t('Attaching to {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not attach to {0}: {1}', what, cause),
};
