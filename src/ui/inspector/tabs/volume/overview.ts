import * as vscode from 'vscode';
import { record, text, textMap } from '../../../../base/read';
import type { TabContent, Value } from '../../protocol';
import type { Source } from '../source';
import { usersSection } from '../users';
import { fact, facts, longText, mapSection, timeText } from '../values';

export function overview(source: Source): TabContent {
  const { json, ledger } = source;
  const name = text(json['Name']);
  const columns = [vscode.l10n.t('In the container'), vscode.l10n.t('Access')];
  return {
    tab: 'overview',
    sections: [
      ...facts(vscode.l10n.t('Volume'), [
        fact(vscode.l10n.t('Name'), { text: name, code: true }),
        fact(vscode.l10n.t('Driver'), text(json['Driver'])),
        fact(vscode.l10n.t('Scope'), text(json['Scope'])),
        fact(vscode.l10n.t('Mount point'), mountPoint(source)),
        fact(vscode.l10n.t('Size'), ...sizeValues(source)),
        fact(vscode.l10n.t('Created'), timeText(json['CreatedAt'])),
      ]),
      usersSection(source, vscode.l10n.t('No container uses this volume'), columns, ({ mounts }) => {
        const own = mounts.filter(mount => mount.volume === name);
        return [
          { text: own.map(({ destination }) => destination).join(', '), code: true },
          {
            text: own.every(({ readOnly }) => readOnly) ? vscode.l10n.t('read-only') : vscode.l10n.t('read and write'),
          },
        ];
      }),
      ...mapSection(ledger, vscode.l10n.t('Options'), textMap(json['Options']), 'option'),
      ...mapSection(ledger, vscode.l10n.t('State by its driver'), textMap(record(json['Status'])), 'status'),
      ...mapSection(ledger, vscode.l10n.t('Labels'), textMap(json['Labels']), 'label'),
    ],
  };
}

function mountPoint({ json, ledger, address }: Source): Value {
  const path = text(json['Mountpoint']);
  const shown = longText(ledger, 'mountpoint', path, { code: true });
  return path !== '' && address?.kind === 'unix' ? { ...shown, link: ledger.link({ kind: 'path', path }) } : shown;
}

/** No event tells of a size: it is measured when the page is shown, and when that is asked for. */
function sizeValues({ notes, ledger }: Source): Value[] {
  const size = notes.get('size');
  if (size === undefined) return [{ text: vscode.l10n.t('being measured'), tone: 'quiet' }];
  const again = ledger.link({ kind: 'measure', name: 'size' });
  return [{ text: size }, { text: vscode.l10n.t('Measure Anew'), link: again }];
}
