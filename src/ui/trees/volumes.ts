import * as vscode from 'vscode';
import { compareNames } from '../../base/format';
import type { Container } from '../../engine/objects/containers/row';
import type { Volume } from '../../engine/objects/volumes';
import { volumeContextValue } from '../objects/volumeText';
import { flatForest } from './resource/flatForest';
import type { RowNode } from './resource/forest';
import { factsTooltip, type Look } from './resource/look';
import type { Orders } from './resource/orders';
import type { TreeContext, TreeShape } from './resource/shape';
import { userDetails } from './resource/users';

export const volumesTree: TreeShape<'volume'> = {
  kind: 'volume',
  view: 'quayside.volumes',
  groupsOpen: true,
  ages: false,
  forest: ({ state }) => flatForest('volume', state.choices, volumeOrders, row => [row.name, row.driver]),
  rowLook,
  groupLook: ({ group }) => ({ label: group.label, description: '', icon: 'database', contextValue: 'group' }),
  details: ({ row }, { usage }) =>
    userDetails(usage.of('volume', row.name), container => destinationsIn(row, container)),
  tooltip: ({ row }, { usage }) => tooltip(row, usage.of('volume', row.name)),
  usedId: name => name,
};

/** The orders that the view offers; ties fall to the name. */
export const volumeOrders: Orders<Volume> = {
  name: () => 0,
  driver: (a, b) => compareNames(a.driver, b.driver),
  created: (a, b) => b.created - a.created,
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
