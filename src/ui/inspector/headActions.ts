import * as vscode from 'vscode';
import { record, records, text } from '../../base/read';
import type { Rows } from '../../engine/mirror/kinds';
import type { Usage } from '../../engine/mirror/usage';
import { containerContextValue } from '../objects/containerText';
import { imageContextValue } from '../objects/imageText';
import { networkContextValue } from '../objects/networkText';
import type { ResourceSubject } from '../objects/subject';
import { volumeContextValue } from '../objects/volumeText';
import type { Ledger } from './ledger';
import type { Head, InspectedKind } from './protocol';

/** What the head offers, in this order, where a row's menu offers it too. */
const offered: Readonly<Record<InspectedKind, readonly Offer[]>> = {
  container: [
    ['start', () => vscode.l10n.t('Start')],
    ['unpause', () => vscode.l10n.t('Unpause')],
    ['stop', () => vscode.l10n.t('Stop')],
    ['restart', () => vscode.l10n.t('Restart')],
    ['kill', () => vscode.l10n.t('Kill…'), 'circle-slash'],
    ['pause', () => vscode.l10n.t('Pause')],
    ['openShell', () => vscode.l10n.t('Shell')],
    ['showLogs', () => vscode.l10n.t('Logs')],
    ['rename', () => vscode.l10n.t('Rename…'), 'edit'],
    ['remove', () => vscode.l10n.t('Remove…')],
    ['inspect', () => vscode.l10n.t('JSON')],
  ],
  image: [
    ['pullAgain', () => vscode.l10n.t('Pull Again'), 'cloud-download'],
    ['tag', () => vscode.l10n.t('Tag…'), 'tag'],
    ['remove', () => vscode.l10n.t('Remove…')],
    ['inspect', () => vscode.l10n.t('JSON')],
  ],
  network: [
    ['remove', () => vscode.l10n.t('Remove…')],
    ['inspect', () => vscode.l10n.t('JSON')],
  ],
  volume: [
    ['remove', () => vscode.l10n.t('Remove…')],
    ['inspect', () => vscode.l10n.t('JSON')],
  ],
};

/** A command's verb, its short title, and an icon where the command has none. */
type Offer = readonly [verb: string, title: () => string, icon?: string];

/** The row of the mirror that is inspected. */
export type InspectedRow = { [K in InspectedKind]: { kind: K; row: Rows[K] } }[InspectedKind];

/** The commands that fit the object as it is now: what fits is said once, in the manifest's menu of the tree's rows. */
export function actionsOf(
  inspected: InspectedRow,
  usage: Pick<Usage, 'isUsed'>,
  ledger: Ledger,
  manifest: unknown,
): Head['actions'] {
  const contributes = record(record(manifest)['contributes']);
  const menu = records(record(contributes['menus'])['view/item/context']);
  const icons = new Map(records(contributes['commands']).map(({ command, icon }) => [command, text(icon)]));
  const words = wordsOf(inspected, usage);
  return offered[inspected.kind].flatMap(([verb, title, icon]) => {
    const id = `quayside.${inspected.kind}.${verb}`;
    const fits = menu.some(item => item['command'] === id && fitsWords(text(item['when']), words));
    return fits ? [{ id: ledger.action(id), title: title(), icon: icon ?? iconName(icons.get(id) ?? '') }] : [];
  });
}

/** The row as commands take it. A name that is one of an image's tags is what was meant. */
export function subjectOf(kind: InspectedKind, id: string, reference: string | undefined): ResourceSubject {
  return kind === 'image' && reference !== undefined ? { kind, id, reference } : { kind, id };
}

/** An image's tag that the panel is about: the one that it is called by, or else its first. */
export function referenceOf(inspected: InspectedRow, name: string): string | undefined {
  if (inspected.kind !== 'image') return undefined;
  const { tags } = inspected.row;
  return tags.find(tag => tag === name) ?? tags[0];
}

function wordsOf(inspected: InspectedRow, usage: Pick<Usage, 'isUsed'>): string {
  switch (inspected.kind) {
    case 'container':
      return containerContextValue(inspected.row);
    case 'image':
      return imageContextValue(inspected.row.tags[0] ?? '', usage.isUsed('image', inspected.row.id));
    case 'network':
      return networkContextValue(inspected.row, usage.isUsed('network', inspected.row.name));
    case 'volume':
      return volumeContextValue(inspected.row, usage.isUsed('volume', inspected.row.name));
  }
}

/** Conditions of a row's menu end with a pattern that the row's words are to match. */
function fitsWords(when: string, words: string): boolean {
  const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1];
  return pattern !== undefined && new RegExp(pattern).test(words);
}

function iconName(icon: string): string {
  return /^\$\(([\w-]+)\)$/.exec(icon)?.[1] ?? '';
}

/** The command that opens what took a removed object's place; the panel itself does it. */
export const openSuccessor = 'openSuccessor';

export function successorAction(ledger: Ledger): Head['actions'][number] {
  return { id: ledger.action(openSuccessor), title: vscode.l10n.t('Open What Took Its Place'), icon: 'arrow-right' };
}
