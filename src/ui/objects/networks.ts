import * as vscode from 'vscode';
import type { Network } from '../../engine/objects/networks';
import type { Target } from './object';
import { resourceKind } from './resourceKind';

export interface NetworkTarget extends Target {
  readonly row: Network;
}

export const networks = resourceKind<'network', NetworkTarget>('network', row => [networkTarget(row)], {
  count: count => (count === 1 ? vscode.l10n.t('1 network') : vscode.l10n.t('{0} networks', count)),
  one: name => vscode.l10n.t('network {0}', name),
  missing: name => vscode.l10n.t('There is no network {0}', name),
  describe: ({ row }) => [row.driver, ...row.subnets.map(({ subnet }) => subnet)].filter(Boolean).join(' · '),
});

function networkTarget(row: Network): NetworkTarget {
  return { id: row.id, name: row.name, called: [row.name], row };
}
