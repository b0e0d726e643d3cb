import * as vscode from 'vscode';
import { humanSize } from '../../../../base/format';
import { inspect } from '../../../../engine/objects/images/operations';
import { ageText } from '../../../objects/ageText';
import { imageContextValue } from '../../../objects/imageText';
import { quoted } from '../../../text';
import type { Inspectable } from '../inspectable';
import { raw } from '../raw';
import { useBadge } from '../users';
import { layers } from './layers';
import { overview } from './overview';

export const image: Inspectable<'image'> = {
  icon: 'layers',
  inspect,
  tabs: { overview, layers, raw },
  names: ({ tags }) => tags,
  movedNotice: name => vscode.l10n.t('{0} is another image now.', quoted(name)),
  description: ({ size, created }, { used, now }) => [
    { text: humanSize(size) },
    { text: created > 0 ? vscode.l10n.t('{0} ago', ageText(Math.max(0, now - created))) : '' },
    useBadge(used),
  ],
  contextValue: ({ tags }, used) => imageContextValue(tags[0] ?? '', used),
  actions: [
    { verb: 'pullAgain', title: () => vscode.l10n.t('Pull Again'), icon: 'cloud-download', any: ['tagged'] },
    { verb: 'tag', title: () => vscode.l10n.t('Tag…'), icon: 'tag' },
    { verb: 'remove', title: () => vscode.l10n.t('Remove…'), icon: 'trash' },
    { verb: 'inspect', title: () => vscode.l10n.t('JSON'), icon: 'json' },
  ],
  /** The tag that it was opened by, or its first one. */
  subject: ({ id, tags }, name) => {
    const reference = tags.find(tag => tag === name) ?? tags[0];
    return reference === undefined ? { kind: 'image', id } : { kind: 'image', id, reference };
  },
  use: ({ id }) => ({ kind: 'image', name: id }),
};
