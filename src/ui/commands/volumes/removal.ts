import * as vscode from 'vscode';
import * as operations from '../../../engine/objects/volumes';
import type { ManyAction } from '../../actions/action';
import { isGone } from '../../actions/lostAnswer';
import { usedBy } from '../../objects/containers';
import { volumes, type VolumeTarget } from '../../objects/volumes';
import type { Session } from '../../session/session';
import { nameLines } from '../../text';
import { removalOf } from '../removing';
import * as phrases from './phrases';

export const remove = removalOf<VolumeTarget>({ action, detail, remove: operations.remove });

function detail(targets: readonly VolumeTarget[]): string {
  if (targets.length === 1) return vscode.l10n.t('All files in it are lost. No container uses it.');
  const lost = vscode.l10n.t('All files in them are lost. No container uses them.');
  return [nameLines(targets.map(({ name }) => name)), lost].join('\n\n');
}

function action({ usage }: Session): ManyAction<VolumeTarget> {
  return {
    kind: volumes,
    phrases: phrases.remove,
    isDone: isGone,
    unfit: ({ row }) => {
      const users = usage.of('volume', row.name);
      return users.length > 0 ? vscode.l10n.t('{0}; remove it first', usedBy(users)) : undefined;
    },
  };
}
