import * as vscode from 'vscode';
import type { SshPlace } from '../../engine/errorCodes';
import type { Sentences } from './sentences';

/** About ssh: its connections, its questions, and the engine behind them. */
export const sshSentences = {
  hostKeyChanged: ({ where }) =>
    vscode.l10n.t(
      'The host key of {0} is another than before: somebody may be listening in, or the host was set up anew (see ssh’s known_hosts)',
      placeText(where),
    ),
  hostKeyUnknown: ({ where }) =>
    vscode.l10n.t('The host key of {0} is not known, and was not accepted', placeText(where)),
  sshConnectFailed: ({ host, port, said }) =>
    vscode.l10n.t('No ssh connection to {0} port {1}: {2}', host, port, said.toLowerCase()),
  sshConnectFailedOnTheWay: ({ where, said }) =>
    vscode.l10n.t('No ssh connection to {0} from the host on the way to it: {1}', placeText(where), said.toLowerCase()),
  sshHostUnresolved: ({ host }) => vscode.l10n.t('There is no host “{0}” (ssh could not resolve its name)', host),
  sshSilent: ({ where }) => vscode.l10n.t('{0} does not answer (ssh gave up waiting)', placeText(where)),

  sshKeyReadableByOthers: ({ key }) => vscode.l10n.t('ssh does not use the key {0}, since others may read it', key),
  sshRefused: ({ where, methods }) =>
    vscode.l10n.t('{0} accepts none of the keys and passwords offered ({1})', placeText(where), methods),
  sshTooManyKeys: ({ where }) => vscode.l10n.t('{0} was offered too many keys and hung up', placeText(where)),
  sshDisagrees: ({ where, said }) => vscode.l10n.t('{0} and ssh do not agree: {1}', placeText(where), said),
  sshHungUp: ({ where }) => vscode.l10n.t('{0} hung up before the ssh login was done', placeText(where)),
  sshOptionUnknown: ({ option }) => vscode.l10n.t('ssh’s configuration has an option it does not know: {0}', option),
  sshMissing: () => vscode.l10n.t('The ssh command is not installed on this machine'),
  sshFailed: ({ where, said }) => vscode.l10n.t('ssh to {0} failed: {1}', where, said),
  sshLoginEnded: ({ where }) => vscode.l10n.t('The ssh connection to {0} ended', where),
  sshLoginSlow: ({ where, ms }) => vscode.l10n.t('No ssh login to {0} within {1} s', where, ms / 1000),
  sshQuestionUnanswered: ({ question }) => vscode.l10n.t('ssh’s question was not answered: {0}', question),
  sshClosed: () => vscode.l10n.t('The ssh connection was closed'),
  sshEnded: () => vscode.l10n.t('The ssh connection ended'),

  sshSocketForbidden: ({ where, socket }) =>
    vscode.l10n.t('The login {0} may not use the engine’s socket {1} there', where, socket),
  sshForwardsNothing: ({ where }) =>
    vscode.l10n.t('{0} does not forward sockets by ssh, and has no docker command to connect with', where),
  sshEngineAbsent: ({ where, socket }) =>
    vscode.l10n.t('No engine listens at {0} on {1}, or the login may not use that socket', socket, where),
  sshEngineSilent: ({ where, said }) =>
    said
      ? vscode.l10n.t('No engine answers on {0}: {1}', where, said)
      : vscode.l10n.t('No engine answers on {0}', where),
} satisfies Partial<Sentences>;

function placeText({ name, onTheWayTo }: SshPlace): string {
  if (onTheWayTo === undefined) return name;
  return name
    ? vscode.l10n.t('{0} on the way to {1}', name, onTheWayTo)
    : vscode.l10n.t('a host on the way to {0}', onTheWayTo);
}
