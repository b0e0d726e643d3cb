import * as vscode from 'vscode';
import type { AddressProblem } from '../../engine/errorCodes';
import { fileText } from './fileText';
import type { Sentences } from './sentences';

/** About addresses, docker's contexts and configuration, and the names of engines. */
export const endpointSentences = {
  addressInvalid: ({ text, problem }) =>
    vscode.l10n.t("“{0}” is not an engine's address: {1}", text, addressHint(problem)),
  schemeUnsupported: ({ text, scheme }) =>
    vscode.l10n.t('“{0}”: endpoints of kind {1} are not supported', text, `${scheme}://`),
  contextNotFound: ({ name }) => vscode.l10n.t('There is no docker context “{0}”', name),
  contextUnusable: ({ name, problem }, textOf) => fileText(contextName(name), problem, textOf),
  configurationUnusable: ({ file, problem }, textOf) => fileText(file, problem, textOf),
  engineNameReserved: ({ name }) =>
    vscode.l10n.t('“{0}” is what docker calls its own choice: the engine needs another name', name),
} satisfies Partial<Sentences>;

function contextName(name: string): string {
  return name ? vscode.l10n.t('The docker context “{0}”', name) : vscode.l10n.t('The docker context');
}

/** How the part that is wrong is written. */
function addressHint(problem: AddressProblem): string {
  switch (problem) {
    case 'socketPath':
      return vscode.l10n.t('a socket needs an absolute path, e.g. {0}', 'unix:///var/run/docker.sock');
    case 'pipeName':
      return vscode.l10n.t('a pipe needs a name, e.g. {0}', 'npipe:////./pipe/docker_engine');
    case 'tcpForm':
      return vscode.l10n.t('a TCP endpoint is written {0}', 'tcp://host:port');
    case 'sshForm':
      return vscode.l10n.t('an ssh endpoint is written {0}', 'ssh://user@host:port');
    case 'sshPassword':
      return vscode.l10n.t('a password in it is not supported');
    case 'sshSocketPath':
      return vscode.l10n.t('the path of a socket is plain text');
  }
}
