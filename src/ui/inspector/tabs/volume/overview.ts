import * as vscode from 'vscode';
import { humanSize } from '../../../../base/format';
import { record, text, textMap } from '../../../../base/read';
import type { CallOptions, Engine } from '../../../../engine/connection/engine';
import type { Container } from '../../../../engine/objects/containers/row';
import { size } from '../../../../engine/objects/volumes';
import type { ContentOf, Value } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';
import { usersSection } from '../users';
import { fact, facts, longText, mapSection, type MaybeFact, timeText } from '../values';

export const overview: ReadableTab<'overview'> = {
  title: () => vscode.l10n.t('Overview'),
  content: overviewOf,
  slow: { name: 'size', ask: measuredSize },
};

function overviewOf(source: Source): ContentOf<'overview'> {
  const { json, handles } = source;
  const columns = [vscode.l10n.t('In the container'), vscode.l10n.t('Access')];
  return {
    tab: 'overview',
    sections: [
      ...facts(vscode.l10n.t('Volume'), volumeFacts(source)),
      usersSection(source, vscode.l10n.t('No container uses this volume'), columns, user => mountCells(source, user)),
      ...mapSection(handles, vscode.l10n.t('Options'), textMap(json['Options']), 'option'),
      ...mapSection(handles, vscode.l10n.t('State by its driver'), textMap(record(json['Status'])), 'status'),
      ...mapSection(handles, vscode.l10n.t('Labels'), textMap(json['Labels']), 'label'),
    ],
  };
}

function volumeFacts(source: Source): MaybeFact[] {
  const { json } = source;
  return [
    fact(vscode.l10n.t('Name'), { text: text(json['Name']), code: true }),
    fact(vscode.l10n.t('Driver'), text(json['Driver'])),
    fact(vscode.l10n.t('Scope'), text(json['Scope'])),
    fact(vscode.l10n.t('Mount point'), mountPoint(source)),
    fact(vscode.l10n.t('Size'), ...sizeValues(source)),
    fact(vscode.l10n.t('Created'), timeText(json['CreatedAt'])),
  ];
}

/** Where a container mounts the volume, and whether it may write. */
function mountCells({ json }: Source, { mounts }: Container): Value[] {
  const own = mounts.filter(mount => mount.volume === text(json['Name']));
  const isReadOnly = own.every(({ readOnly }) => readOnly);
  return [
    { text: own.map(({ destination }) => destination).join(', '), code: true },
    { text: isReadOnly ? vscode.l10n.t('read-only') : vscode.l10n.t('read and write') },
  ];
}

function mountPoint({ json, handles, address }: Source): Value {
  const path = text(json['Mountpoint']);
  const shown = longText(handles, 'mountpoint', path, { code: true });
  return path !== '' && address?.kind === 'unix' ? { ...shown, link: handles.link({ kind: 'path', path }) } : shown;
}

/** No event tells a size: it is measured when the page is shown, and when the person asks for it. */
function sizeValues({ notes, handles }: Source): Value[] {
  const size = notes.get('size');
  if (size === undefined) return [{ text: vscode.l10n.t('being measured'), tone: 'quiet' }];
  const again = handles.link({ kind: 'measure', name: 'size' });
  return [{ text: size }, { text: vscode.l10n.t('Measure Anew'), link: again }];
}

async function measuredSize(engine: Engine, { json }: Source, options: CallOptions): Promise<string> {
  const bytes = await size(engine, text(json['Name']), options);
  if (bytes === undefined) return vscode.l10n.t('not told');
  return vscode.l10n.t('{0}, measured at {1}', humanSize(bytes), new Date().toLocaleTimeString());
}
