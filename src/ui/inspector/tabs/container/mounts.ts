import * as vscode from 'vscode';
import { type Json, record, records, text, textMap } from '../../../../base/read';
import type { ContentOf, Value } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';
import { longText, objectLink } from '../values';

export const mounts: ReadableTab<'mounts'> = { title: () => vscode.l10n.t('Mounts'), content: mountTable };

function mountTable(source: Source): ContentOf<'mounts'> {
  const rows = [...records(source.json['Mounts']).map(mount => mountRow(source, mount)), ...tmpfsRows(source)];
  return {
    tab: 'mounts',
    sections: [
      {
        title: vscode.l10n.t('Mounts'),
        columns: [
          vscode.l10n.t('In the container'),
          vscode.l10n.t('Source'),
          vscode.l10n.t('Kind'),
          vscode.l10n.t('Access'),
          vscode.l10n.t('Options'),
        ],
        rows: rows.sort(([a], [b]) => (a?.text ?? '').localeCompare(b?.text ?? '')),
        empty: vscode.l10n.t('Nothing is mounted in this container'),
      },
    ],
  };
}

function mountRow(source: Source, mount: Json): Value[] {
  const destination = text(mount['Destination']);
  const options = [text(mount['Mode']), text(mount['Propagation'])].filter(Boolean).join(', ');
  return [
    longText(source.handles, `mount.${destination}`, destination, { code: true }),
    mountSource(source, mount),
    { text: text(mount['Type']) || 'bind' },
    accessValue(mount['RW'] !== false),
    { text: options },
  ];
}

function mountSource({ handles, address }: Source, mount: Json): Value {
  const [type, name, path] = [text(mount['Type']), text(mount['Name']), text(mount['Source'])];
  if (type === 'volume' && name) return { ...objectLink(handles, 'volume', name, name), code: true };
  const shown = longText(handles, `source.${path}`, path, { code: true });
  const isHere = address?.kind === 'unix' || address?.kind === 'npipe';
  return type === 'bind' && isHere ? { ...shown, link: handles.link({ kind: 'path', path }) } : shown;
}

/** The mounts of `--tmpfs` are not among the other mounts in the answer. */
function tmpfsRows({ json, handles }: Source): Value[][] {
  const all = Object.entries(textMap(record(json['HostConfig'])['Tmpfs']));
  return all.map(([destination, options]) => [
    longText(handles, `mount.${destination}`, destination, { code: true }),
    { text: '' },
    { text: 'tmpfs' },
    accessValue(!options.split(',').includes('ro')),
    longText(handles, `tmpfs.${destination}`, options),
  ]);
}

function accessValue(writable: boolean): Value {
  return { text: writable ? vscode.l10n.t('read and write') : vscode.l10n.t('read-only') };
}
