import * as vscode from 'vscode';
import type { Phrases } from '../../actions/action';

/** What the commands on projects say in addition to those on containers. */

export const nothing = (): string => vscode.l10n.t('There is no Compose project that this fits');
export const start = (): string => vscode.l10n.t('Start which projects?');
export const stop = (): string => vscode.l10n.t('Stop which projects?');
export const restart = (): string => vscode.l10n.t('Restart which projects?');
export const pause = (): string => vscode.l10n.t('Pause which projects?');
export const unpause = (): string => vscode.l10n.t('Unpause which projects?');
export const remove = (): string => vscode.l10n.t('Remove the containers of which projects?');

export const openComposeFile: Phrases = {
  which: () => vscode.l10n.t('Open the Compose file of which project?'),
  nothing: () => vscode.l10n.t('There is no Compose project that tells where its file is'),
  doing: what => vscode.l10n.t('Open which Compose file of {0}?', what),
  failed: (what, cause) => vscode.l10n.t('Could not open the Compose file of {0}: {1}', what, cause),
};
