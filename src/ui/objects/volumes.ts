import * as vscode from 'vscode';
import { shortId } from '../../base/format';
import type { Volume } from '../../engine/objects/volumes';
import type { Target } from './object';
import { resourceKind } from './resourceKind';

export interface VolumeTarget extends Target {
  readonly row: Volume;
}

export const volumes = resourceKind<'volume', VolumeTarget>('volume', row => [volumeTarget(row)], {
  count: count => (count === 1 ? vscode.l10n.t('1 volume') : vscode.l10n.t('{0} volumes', count)),
  one: name => vscode.l10n.t('volume {0}', name),
  missing: name => vscode.l10n.t('There is no volume {0}', name),
  describe: ({ row }) => row.driver,
});

function volumeTarget(row: Volume): VolumeTarget {
  return { id: row.id, name: row.anonymous ? shortId(row.name) : row.name, called: [row.name], row };
}
