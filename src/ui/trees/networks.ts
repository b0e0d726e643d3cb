import * as vscode from 'vscode';
import { shortId } from '../../base/format';
import type { Container } from '../../engine/objects/containers/row';
import type { Network } from '../../engine/objects/networks';
import type { Look } from '../objects/look';
import { networkContextValue } from '../objects/networkText';
import { flatForest } from './resource/flatForest';
import type { RowNode } from './resource/forest';
import { byCreation, byDriver, byName, type Orders } from './resource/orders';
import type { TreeContext, TreeShape } from './resource/shape';
import { userDetails } from './resource/users';
import { factsTooltip } from './treeItem';

const orders: Orders<Network> = { name: byName, driver: byDriver, created: byCreation };

export const networksTree: TreeShape<'network'> = {
  kind: 'network',
  orders,
  groupsOpen: true,
  ages: false,
  forest: ({ state }) => flatForest('network', state.choices, orders, row => [row.name, row.driver, row.id]),
  rowLook,
  details: ({ row }, { usage }) =>
    userDetails(usage.of('network', row.name), container => addressesIn(row, container) || container.state),
  tooltip: ({ row }, { usage }) => tooltip(row, usage.of('network', row.name)),
  usedId: (name, mirror) => mirror.list('network').find(network => network.name === name)?.id ?? '',
};

function addressesIn({ name }: Network, { networks }: Container): string {
  const attachment = networks.find(({ network }) => network === name);
  return [attachment?.address, attachment?.address6].filter(Boolean).join(' ');
}

function rowLook({ row }: RowNode<Network>, { usage }: TreeContext): Look {
  const used = usage.isUsed('network', row.name);
  return {
    label: row.name,
    description: [row.driver, row.scope, ...row.subnets.map(({ subnet }) => subnet)].filter(Boolean).join(' · '),
    icon: used ? 'type-hierarchy-sub' : 'type-hierarchy',
    ...(used && { color: 'charts.green' }),
    contextValue: networkContextValue(row, used),
  };
}

function tooltip(row: Network, users: readonly Container[]): vscode.MarkdownString {
  return factsTooltip(row.name, [
    [vscode.l10n.t('Driver'), row.driver],
    [vscode.l10n.t('Scope'), row.scope],
    [vscode.l10n.t('Subnets'), row.subnets.map(({ subnet, gateway }) => `${subnet} (${gateway})`).join(', ')],
    [vscode.l10n.t('Internal'), row.internal ? vscode.l10n.t('yes') : ''],
    [vscode.l10n.t('Attachable'), row.attachable ? vscode.l10n.t('yes') : ''],
    [vscode.l10n.t('Containers'), users.map(({ name }) => name).join(', ')],
    [vscode.l10n.t('Created'), row.created > 0 ? new Date(row.created).toLocaleString() : ''],
    [vscode.l10n.t('ID'), shortId(row.id)],
  ]);
}
