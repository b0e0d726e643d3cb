import * as vscode from 'vscode';
import { toMilliseconds } from '../../../engine/logs/times';
import type { Phrases } from '../../actions/action';
import type { LogRange } from '../../terminals/logs/logSources';

/** The texts of the commands on logs. */

export const show: Phrases = {
  which: () => vscode.l10n.t('Show the logs of which containers?'),
  nothing: () => vscode.l10n.t('There is no container to show the log of'),
  doing: what => vscode.l10n.t('Opening the log of {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not show the log of {0}: {1}', what, cause),
};

export const showProject: Phrases = {
  which: () => vscode.l10n.t('Show the logs of which project?'),
  nothing: () => vscode.l10n.t('There is no Compose project to show the logs of'),
  doing: what => vscode.l10n.t('Opening the logs of {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not show the logs of {0}: {1}', what, cause),
};

export const save: Phrases = {
  which: () => vscode.l10n.t('Save the log of which container?'),
  nothing: () => vscode.l10n.t('There is no container to save the log of'),
  doing: what => vscode.l10n.t('Saving the log of {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not save the log of {0}: {1}', what, cause),
};

export const open: Phrases = {
  which: () => vscode.l10n.t('Open the log of which container?'),
  nothing: () => vscode.l10n.t('There is no container to open the log of'),
  doing: what => vscode.l10n.t('Reading the log of {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not open the log of {0}: {1}', what, cause),
};

/** The title of a log's tab. */
export function tab(name: string): string {
  return vscode.l10n.t('Log: {0}', name);
}

/** The first line of a log's terminal. */
export function title(name: string, { since, until, tail }: LogRange): string {
  const parts = [name];
  if (since !== undefined) parts.push(vscode.l10n.t('since {0}', new Date(toMilliseconds(since)).toLocaleString()));
  if (until !== undefined) parts.push(vscode.l10n.t('until {0}', new Date(toMilliseconds(until)).toLocaleString()));
  if (tail !== undefined) parts.push(vscode.l10n.t('the last {0} lines', tail.toLocaleString()));
  if (until === undefined) parts.push(vscode.l10n.t('follows'));
  return parts.join(' · ');
}

export function ended(): string {
  return vscode.l10n.t('The log has ended');
}

export function endOfRange(): string {
  return vscode.l10n.t('This is all until then');
}

/** The first line of a log's document that is not all of what was asked for. */
export function lines(count: number): string {
  return vscode.l10n.t('{0} lines', count.toLocaleString());
}

export function cutDocument(size: string): string {
  return vscode.l10n.t('── These are the last {0} of the log; save it to a file to read more', size);
}
