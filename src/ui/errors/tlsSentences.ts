import * as vscode from 'vscode';
import { fileText } from './fileText';
import type { Sentences } from './sentences';

/** About TCP and TLS. */
export const tlsSentences = {
  hostSilent: ({ where, ms }) => vscode.l10n.t('{0} does not answer within {1} s', where, ms / 1000),

  keyHasPassphrase: ({ key }) =>
    vscode.l10n.t('The key {0} is protected by a passphrase, which engines’ clients cannot use', key),
  certificateWithoutKey: ({ cert }) => vscode.l10n.t('The client certificate {0} has no key beside it', cert),
  certificateFileUnusable: ({ file, problem }, textOf) =>
    fileText(vscode.l10n.t('The certificate file {0}', file), problem, textOf),
  certificatesUnusable: ({ files, said }) =>
    vscode.l10n.t('The certificates {0} cannot be used: {1}', files.join(', '), said || vscode.l10n.t('unknown error')),

  certificateExpired: ({ where }) => vscode.l10n.t('The certificate of {0} has expired', where),
  certificateNotYetValid: ({ where }) =>
    vscode.l10n.t('The certificate of {0} is not valid yet; is this computer’s clock right?', where),
  certificateOfOtherHost: ({ where, names }) =>
    vscode.l10n.t('The certificate of {0} is for another host: {1}', where, names || vscode.l10n.t('it names none')),
  certificateUntrusted: ({ where, ca }) =>
    ca
      ? vscode.l10n.t('The certificate of {0} is not signed by the authority in {1}', where, ca)
      : vscode.l10n.t('The certificate of {0} is not signed by an authority that this system knows', where),

  clientCertificateRefused: ({ where, cert, expired }) =>
    expired
      ? vscode.l10n.t('{0} refuses the client certificate {1}: it has expired', where, cert)
      : vscode.l10n.t('{0} refuses the client certificate {1}', where, cert),
  clientCertificateWanted: ({ where }) => vscode.l10n.t('{0} wants a client certificate, and none is given', where),
  tlsNotSpoken: ({ where }) => vscode.l10n.t('{0} does not speak TLS', where),
  tlsTooOld: ({ where }) => vscode.l10n.t('{0} does not speak TLS 1.2 or newer', where),
  tlsFailed: ({ where, said }) => vscode.l10n.t('The TLS handshake with {0} failed: {1}', where, said),
} satisfies Partial<Sentences>;
