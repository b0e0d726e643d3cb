import * as vscode from 'vscode';
import { record, textMap } from '../../../../base/read';
import { composeOf } from '../../../../engine/objects/containers/compose';
import { composeFiles } from '../../../objects/composeFiles';
import type { Value } from '../../protocol';
import type { Source } from '../source';
import { fact, longText, type MaybeFact } from '../values';

/** Where it comes from, as its labels claim. */
export function composeFacts(source: Source): MaybeFact[] {
  const { handles } = source;
  const compose = composeOf(textMap(record(source.json['Config'])['Labels']));
  if (!compose) return [];
  const claimed = (name: string, text: string): Value => longText(handles, `compose.${name}`, text);
  return [
    fact(vscode.l10n.t('Project'), claimed('project', compose.project)),
    fact(vscode.l10n.t('Service'), claimed('service', compose.service)),
    fact(vscode.l10n.t('Number'), claimed('number', compose.number)),
    fact(vscode.l10n.t('Files'), ...compose.configFiles.map(file => fileValue(source, file, compose.workingDir))),
    fact(vscode.l10n.t('Folder'), longText(handles, 'compose.folder', compose.workingDir, { code: true })),
  ];
}

function fileValue({ handles }: Source, file: string, workingDir: string): Value {
  const [path] = composeFiles([{ configFiles: [file], workingDir }]);
  const shown = longText(handles, `compose.file.${file}`, file, { code: true });
  return path === undefined ? shown : { ...shown, link: handles.link({ kind: 'path', path }) };
}
