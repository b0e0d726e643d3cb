import * as vscode from 'vscode';
import { compareNames, humanSize, shortId } from '../../base/format';
import type { Image } from '../../engine/objects/images/kind';
import { splitReference } from '../../engine/objects/images/reference';
import { ageText } from '../objects/ageText';
import { imageContextValue } from '../objects/imageText';
import type { Look } from '../objects/look';
import type { ForestShape, Group, GroupNode, Place, RowNode } from './resource/forest';
import { byCreation, byName, comparison, type Orders } from './resource/orders';
import type { TreeContext, TreeShape } from './resource/shape';
import { userDetails } from './resource/users';
import { factsTooltip } from './treeItem';

const orders: Orders<Image> = {
  name: byName,
  created: byCreation,
  size: { title: () => vscode.l10n.t('Size, largest first'), compare: (a, b) => b.size - a.size },
};

export const imagesTree: TreeShape<'image'> = {
  kind: 'image',
  orders,
  groupsOpen: false,
  ages: true,
  forest,
  rowLook,
  groupLook,
  details: ({ row }, { usage }) => userDetails(usage.of('image', row.id)),
  tooltip: ({ row, subject }, { usage }) => tooltip(row, referenceOf(subject), usage.of('image', row.id).length),
  usedId: name => name,
};

function forest({ state }: TreeContext): ForestShape<Image> {
  const order = comparison(orders, state.choices.sort);
  const needle = state.choices.filter.toLowerCase();
  const matches = (row: Image, reference: string): boolean => `${reference}\n${row.id}`.toLowerCase().includes(needle);
  return {
    places: row => imagePlaces(row).filter(({ key }) => !needle || matches(row, key)),
    compare: (a, b) =>
      order(a.row, b.row) || compareNames(a.place.key, b.place.key) || compareNames(a.row.id, b.row.id),
    compareGroups: (a, b) => a.rank - b.rank || compareNames(a.label, b.label),
  };
}

/** One place for each tag, below its repository; a dangling image has one among the other dangling ones. */
function imagePlaces({ id, tags }: Image): Place[] {
  if (tags.length === 0) return [{ group: dangling(), subject: { kind: 'image', id }, key: '' }];
  return tags.map(reference => {
    const { repository } = splitReference(reference);
    const group: Group = { key: repository, label: repository, rank: 0, subject: { kind: 'group', name: repository } };
    return { group, subject: { kind: 'image', id, reference }, key: reference };
  });
}

const danglingKey = '<none>';

function dangling(): Group {
  return { key: danglingKey, label: vscode.l10n.t('Dangling'), rank: 1, subject: { kind: 'group', name: danglingKey } };
}

function referenceOf(subject: RowNode<Image>['subject']): string {
  return subject.kind === 'image' ? (subject.reference ?? '') : '';
}

function rowLook({ row, subject }: RowNode<Image>, { usage, now }: TreeContext): Look {
  const reference = referenceOf(subject);
  const used = usage.isUsed('image', row.id);
  const label = splitReference(reference).tag || shortId(row.id);
  const age = row.created > 0 ? vscode.l10n.t('{0} ago', ageText(Math.max(0, now - row.created))) : '';
  const description = [humanSize(row.size), age, used && vscode.l10n.t('in use')].filter(Boolean).join(' · ');
  return {
    label,
    description,
    icon: used ? 'layers-active' : 'layers',
    ...(used && { color: 'charts.green' }),
    contextValue: imageContextValue(reference, used),
    spoken: `${reference || label}, ${description}`,
  };
}

function groupLook({ group, children }: GroupNode<Image>): Look {
  const isDangling = group.key === danglingKey;
  return {
    label: group.label,
    description: String(children.length),
    icon: isDangling ? 'question' : 'archive',
    contextValue: isDangling ? 'group danglingImages' : 'group repository',
  };
}

function tooltip(row: Image, reference: string, users: number): vscode.MarkdownString {
  return factsTooltip(reference || shortId(row.id), [
    [vscode.l10n.t('ID'), shortId(row.id)],
    [vscode.l10n.t('Size'), humanSize(row.size)],
    [vscode.l10n.t('Created'), row.created > 0 ? new Date(row.created).toLocaleString() : ''],
    [vscode.l10n.t('Tags'), row.tags.join(', ')],
    [vscode.l10n.t('Digests'), row.digests.join(', ')],
    [vscode.l10n.t('Containers'), users > 0 ? String(users) : ''],
  ]);
}
