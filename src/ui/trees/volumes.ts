import * as vscode from 'vscode';
import type { Container } from '../../engine/objects/containers/row';
import type { Volume } from '../../engine/objects/volumes';
import type { Look } from '../objects/look';
import { volumeContextValue } from '../objects/volumeText';
import { flatForest } from './resource/flatForest';
import type { RowNode } from './resource/forest';
import { byCreation, byDriver, byName, type Orders } from './resource/orders';
import type { TreeContext, TreeShape } from './resource/shape';
import { userDetails } from './resource/users';
import { factsTooltip } from './treeItem';

const orders: Orders<Volume> = { name: byName, driver: byDriver, created: byCreation };

export const volumesTree: TreeShape<'volume'> = {
  kind: 'volume',
  orders,
  groupsOpen: true,
  ages: false,
  forest: ({ state }) => flatForest('volume', state.choices, orders, row => [row.name, row.driver]),
  rowLook,
  details: ({ row }, { usage }) =>
    userDetails(usage.of('volume', row.name), container => destinationsIn(row, container)),
  tooltip: ({ row }, { usage }) => tooltip(row, usage.of('volume', row.name)),
  usedId: name => name,
};

function destinationsIn({ name }: Volume, { mounts }: Container): string {
  return mounts.flatMap(mount => (mount.volume === name ? mount.destination : [])).join(', ');
}

function rowLook({ row }: RowNode<Volume>, { usage }: TreeContext): Look {
  const users = usage.of('volume', row.name).length;
  const description = [row.driver, users > 0 && vscode.l10n.t('in use'), row.anonymous && vscode.l10n.t('anonymous')];
  return {
    label: row.anonymous && row.name.length === 64 ? `${row.name.slice(0, 12)}…` : row.name,
    description: description.filter(Boolean).join(' · '),
    icon: 'database',
    ...(users > 0 && { color: 'charts.green' }),
    contextValue: volumeContextValue(row, users > 0),
  };
}

function tooltip(row: Volume, users: readonly Container[]): vscode.MarkdownString {
  return factsTooltip(row.name, [
    [vscode.l10n.t('Driver'), row.driver],
    [vscode.l10n.t('Mount point'), row.mountpoint],
    [vscode.l10n.t('Containers'), users.map(({ name }) => name).join(', ')],
    [vscode.l10n.t('Created'), row.created > 0 ? new Date(row.created).toLocaleString() : ''],
  ]);
}
