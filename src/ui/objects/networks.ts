import * as vscode from 'vscode';
import { type Network, networkKind } from '../../engine/objects/networks';
import type { ObjectKind, Target } from './object';

export interface NetworkTarget extends Target {
  readonly row: Network;
}

export const networks: ObjectKind<NetworkTarget> = {
  rows: 'network',
  count: count => (count === 1 ? vscode.l10n.t('1 network') : vscode.l10n.t('{0} networks', count)),
  one: name => vscode.l10n.t('network {0}', name),
  missing: name => vscode.l10n.t('There is no network {0}', name),
  list: session => session.mirror.list('network').map(networkTarget),
  fetch: async (engine, signal, ids) => (await networkKind.list(engine, ids, signal)).map(networkTarget),
  of: (subject, targets) =>
    subject.kind === 'network' ? targets.filter(target => target.id === subject.id) : undefined,
  describe: ({ row }) => [row.driver, ...row.subnets.map(({ subnet }) => subnet)].filter(Boolean).join(' · '),
};

function networkTarget(row: Network): NetworkTarget {
  return { id: row.id, name: row.name, called: [row.name], row };
}
