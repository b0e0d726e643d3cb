import * as vscode from 'vscode';
import type { ManyPhrases, Phrases } from '../../actions/action';
import { removal } from '../phrases';

/** What the commands on containers say, by verb. */

export const start: ManyPhrases = {
  which: () => vscode.l10n.t('Start which containers?'),
  nothing: () => vscode.l10n.t('There is no container to start'),
  doing: what => vscode.l10n.t('Starting {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not start {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be started: {2}', failed, all, causes),
};

export const stop: ManyPhrases = {
  which: () => vscode.l10n.t('Stop which containers?'),
  nothing: () => vscode.l10n.t('There is no container to stop'),
  doing: what => vscode.l10n.t('Stopping {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not stop {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be stopped: {2}', failed, all, causes),
};

export const restart: ManyPhrases = {
  which: () => vscode.l10n.t('Restart which containers?'),
  nothing: () => vscode.l10n.t('There is no container to restart'),
  doing: what => vscode.l10n.t('Restarting {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not restart {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be restarted: {2}', failed, all, causes),
};

export const pause: ManyPhrases = {
  which: () => vscode.l10n.t('Pause which containers?'),
  nothing: () => vscode.l10n.t('There is no container to pause'),
  doing: what => vscode.l10n.t('Pausing {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not pause {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be paused: {2}', failed, all, causes),
};

export const unpause: ManyPhrases = {
  which: () => vscode.l10n.t('Unpause which containers?'),
  nothing: () => vscode.l10n.t('There is no container to unpause'),
  doing: what => vscode.l10n.t('Unpausing {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not unpause {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be unpaused: {2}', failed, all, causes),
};

export const kill: ManyPhrases = {
  which: () => vscode.l10n.t('Kill which containers?'),
  nothing: () => vscode.l10n.t('There is no container to kill'),
  doing: what => vscode.l10n.t('Killing {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not kill {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be killed: {2}', failed, all, causes),
};

export const remove: ManyPhrases = {
  ...removal,
  which: () => vscode.l10n.t('Remove which containers?'),
  nothing: () => vscode.l10n.t('There is no container to remove'),
};

export const wait: Phrases = {
  which: () => vscode.l10n.t('Wait for which container?'),
  nothing: () => vscode.l10n.t('There is no running container to wait for'),
  doing: what => vscode.l10n.t('Waiting until {0} ends', what),
  failed: (what, cause) => vscode.l10n.t('Could not wait for {0}: {1}', what, cause),
};

export const rename: Phrases = {
  which: () => vscode.l10n.t('Rename which container?'),
  nothing: () => vscode.l10n.t('There is no container to rename'),
  doing: what => vscode.l10n.t('Renaming {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not rename {0}: {1}', what, cause),
};

export const open: Phrases = {
  which: () => vscode.l10n.t('Open which container’s port?'),
  nothing: () => vscode.l10n.t('No container publishes a TCP port'),
  doing: what => vscode.l10n.t('Opening {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not open {0}: {1}', what, cause),
};
