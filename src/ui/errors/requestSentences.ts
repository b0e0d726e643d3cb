import * as vscode from 'vscode';
import type { Coded, ConnectErrno } from '../../engine/errorCodes';
import type { Sentences } from './sentences';

/** About requests, the connection that is kept to an engine, and operations. */
export const requestSentences = {
  canceled: () => vscode.l10n.t('Canceled'),

  connectionClosed: () => vscode.l10n.t('The connection was closed'),
  connectionBroke: ({ errno }) => vscode.l10n.t('the connection broke: {0}', errno),
  connectFailed: ({ errno, where }) => `${connectWords[errno](where)}: ${errno}`,
  requestFailed: () => vscode.l10n.t('The request failed'),
  deadline: ({ ms }) => vscode.l10n.t('no answer within {0} s', ms / 1000),
  statusAnswered: ({ method, path, status }) =>
    vscode.l10n.t('The engine answered {0} {1} with status {2}', method, path, status),
  answerNotJson: ({ path }) => vscode.l10n.t('The engine’s answer to {0} is not JSON', path),
  answerTooLarge: ({ path }) => vscode.l10n.t('The engine’s answer to {0} is too large', path),
  streamWithoutFrames: () => vscode.l10n.t('The engine’s stream has no frames'),
  streamBroke: () => vscode.l10n.t('The engine’s stream broke'),

  noEngineYet: () => vscode.l10n.t('No engine is connected yet'),
  anotherEngineChosen: () => vscode.l10n.t('another engine was chosen meanwhile'),
  anotherEngineConnected: () => vscode.l10n.t('Another engine was connected meanwhile'),
  anotherVersionAnswers: () => vscode.l10n.t('Another version of the engine answers'),
  apiVersionUnknown: () => vscode.l10n.t('What answers does not say which version of the Engine API it speaks'),
  engineTooOld: ({ speaksUpTo, needed, ...engine }) =>
    vscode.l10n.t(
      '{0} is too old: it speaks the Engine API up to {1}, and {2} is needed',
      engineName(engine),
      speaksUpTo,
      needed,
    ),
  engineTooNew: ({ speaksFrom, known, ...engine }) =>
    vscode.l10n.t(
      '{0} is too new: it speaks the Engine API from {1} on, and {2} is known',
      engineName(engine),
      speaksFrom,
      known,
    ),
  eventStreamClosed: () => vscode.l10n.t('The engine closed its event stream'),
  machineSlept: () => vscode.l10n.t('The machine slept'),
  noLongerFollowed: () => vscode.l10n.t('No longer followed'),
  onlyNewConnectionsAnswered: () => vscode.l10n.t('Only new connections are answered'),

  containerNotRunning: () => vscode.l10n.t('The container is not running'),
  exitCodeMissing: () => vscode.l10n.t('The engine told no exit code'),
  execIdMissing: () => vscode.l10n.t('The engine gave the process no id'),
  killCommandMissing: () => vscode.l10n.t('The container has no kill command'),
  processGone: () => vscode.l10n.t('There is no such process any more'),
  processIdUnknown: () => vscode.l10n.t('Its id within the container cannot be known'),
  shellRunsNothing: () => vscode.l10n.t('The container’s shell does not run what it is given'),
} satisfies Partial<Sentences>;

export function notAFile(path: string): string {
  return vscode.l10n.t('{0} is no file', path);
}

const connectWords: Readonly<Record<ConnectErrno, (where: string) => string>> = {
  ENOENT: where => vscode.l10n.t('there is no {0}', where),
  ECONNREFUSED: where => vscode.l10n.t('nothing listens at {0}', where),
  EACCES: noRight,
  EPERM: noRight,
  ENOTFOUND: where => vscode.l10n.t('there is no host named {0}', where),
  EAI_AGAIN: where => vscode.l10n.t('the host name {0} could not be looked up', where),
  ETIMEDOUT: where => vscode.l10n.t('no answer from {0}', where),
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
};

function noRight(where: string): string {
  return vscode.l10n.t('no right to use {0}', where);
}

function noWay(where: string): string {
  return vscode.l10n.t('no way through the network to {0}', where);
}

function engineName({ flavour, version }: Pick<Coded<'engineTooOld'>, 'flavour' | 'version'>): string {
  return `${flavour === 'podman' ? 'Podman' : 'Docker Engine'} ${version}`.trim();
}
