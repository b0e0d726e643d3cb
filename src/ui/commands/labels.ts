import * as vscode from 'vscode';
import { askText } from '../actions/pick';
import { quoted } from '../text';

/** Asks for the labels of a new object. */
export async function askLabels(name: string): Promise<Readonly<Record<string, string>>> {
  const answer = await askText({
    title: vscode.l10n.t('Labels of {0}', quoted(name)),
    prompt: vscode.l10n.t('Leave it empty for none'),
    placeHolder: 'env=dev, team=web',
    invalid: text => (readLabels(text) ? undefined : vscode.l10n.t('labels are written env=dev, team=web')),
  });
  return readLabels(answer) ?? {};
}

/** Reads `key=value, key=value`, where `=value` may be missing as in `docker network create --label`. */
export function readLabels(text: string): Readonly<Record<string, string>> | undefined {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
  const pairs = parts.map(part => /^([^=\s]+)(?:=(.*))?$/s.exec(part));
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map(pair => [pair?.[1] ?? '', pair?.[2] ?? '']));
}
