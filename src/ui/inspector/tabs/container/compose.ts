import * as vscode from 'vscode';
import { record, textMap } from '../../../../base/read';
import { composeOf } from '../../../../engine/objects/containers/compose';
import { composeFiles } from '../../../objects/composeFiles';
import type { Value } from '../../protocol';
import type { Source } from '../source';
import { fact, longText, type MaybeFact } from '../values';

/** Where it comes from, as its labels claim. */
export function composeFacts(source: Source): MaybeFact[] {
  const { ledger } = source;
  const compose = composeOf(textMap(record(source.json['Config'])['Labels']));
  if (!compose) return [];
  const claimed = (name: string, text: string): Value => longText(ledger, `compose.${name}`, text);
  return [
    fact(vscode.l10n.t('Project'), claimed('project', compose.project)),
    fact(vscode.l10n.t('Service'), claimed('service', compose.service)),
    fact(vscode.l10n.t('Number'), claimed('number', compose.number)),
    fact(vscode.l10n.t('Files'), ...compose.configFiles.map(file => fileValue(source, file, compose.workingDir))),
    fact(vscode.l10n.t('Folder'), longText(ledger, 'compose.folder', compose.workingDir, { code: true })),
  ];
}

function fileValue({ ledger }: Source, file: string, workingDir: string): Value {
  const [path] = composeFiles([{ configFiles: [file], workingDir }]);
  const shown = longText(ledger, `compose.file.${file}`, file, { code: true });
  return path === undefined ? shown : { ...shown, link: ledger.link({ kind: 'path', path }) };
}
