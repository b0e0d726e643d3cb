import * as vscode from 'vscode';
import { inspect } from '../../../../engine/objects/volumes';
import { volumeContextValue } from '../../../objects/volumeText';
import type { Inspectable } from '../inspectable';
import { raw } from '../raw';
import { useBadge } from '../users';
import { overview } from './overview';

export const volume: Inspectable<'volume'> = {
  icon: 'database',
  inspect,
  tabs: { overview, raw },
  names: ({ name }) => [name],
  description: ({ driver }, { used }) => [{ text: driver }, useBadge(used)],
  contextValue: volumeContextValue,
  actions: [
    { verb: 'remove', title: () => vscode.l10n.t('Remove…'), icon: 'trash', none: ['used'] },
    { verb: 'inspect', title: () => vscode.l10n.t('JSON'), icon: 'json' },
  ],
  use: ({ id }) => ({ kind: 'volume', name: id }),
};
