import * as vscode from 'vscode';
import { shortId } from '../../base/format';
import { type Volume, volumeKind } from '../../engine/objects/volumes';
import type { ObjectKind, Target } from './object';

export interface VolumeTarget extends Target {
  readonly row: Volume;
}

export const volumes: ObjectKind<VolumeTarget> = {
  rows: 'volume',
  count: count => (count === 1 ? vscode.l10n.t('1 volume') : vscode.l10n.t('{0} volumes', count)),
  one: name => vscode.l10n.t('volume {0}', name),
  missing: name => vscode.l10n.t('There is no volume {0}', name),
  list: session => session.mirror.list('volume').map(volumeTarget),
  fetch: async (engine, signal, ids) => (await volumeKind.list(engine, ids, signal)).map(volumeTarget),
  of: (subject, targets) =>
    subject.kind === 'volume' ? targets.filter(target => target.id === subject.id) : undefined,
  describe: ({ row }) => row.driver,
};

function volumeTarget(row: Volume): VolumeTarget {
  return { id: row.id, name: row.anonymous ? shortId(row.name) : row.name, called: [row.name], row };
}
