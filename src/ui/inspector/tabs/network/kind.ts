import * as vscode from 'vscode';
import { inspect } from '../../../../engine/objects/networks';
import { networkContextValue } from '../../../objects/networkText';
import type { Inspectable } from '../inspectable';
import { raw } from '../raw';
import { useBadge } from '../users';
import { drawing } from './drawing';
import { overview } from './overview';

export const network: Inspectable<'network'> = {
  icon: 'type-hierarchy',
  inspect,
  tabs: { overview, drawing, raw },
  names: ({ name }) => [name],
  description: ({ driver, scope, subnets }, { used }) => [
    { text: driver },
    { text: scope },
    ...subnets.map(({ subnet }) => ({ text: subnet })),
    useBadge(used),
  ],
  contextValue: networkContextValue,
  actions: [
    { verb: 'remove', title: () => vscode.l10n.t('Remove…'), icon: 'trash', none: ['predefined'] },
    { verb: 'inspect', title: () => vscode.l10n.t('JSON'), icon: 'json' },
  ],
  use: ({ name }) => ({ kind: 'network', name }),
};
