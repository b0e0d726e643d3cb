import * as vscode from 'vscode';
import {
  addressOf,
  lastError,
  nameOf,
  runningOn,
  runningText,
  sourceText,
  stateOf,
  stateText,
  versionOf,
} from '../../objects/engineText';
import type { EngineEntry } from '../../session/knownEngines';
import { factsTooltip } from '../treeItem';

export function engineTooltip(entry: EngineEntry): vscode.MarkdownString {
  const state = stateOf(entry);
  return factsTooltip(nameOf(entry), [
    [
      vscode.l10n.t('State'),
      [stateText(state), entry.current ? vscode.l10n.t('in use') : ''].filter(Boolean).join(', '),
    ],
    [vscode.l10n.t('Address'), addressOf(entry)],
    [vscode.l10n.t('Known from'), sourceText(entry.source)],
    [vscode.l10n.t('Description'), entry.description],
    [vscode.l10n.t('Version'), versionOf(entry)],
    [vscode.l10n.t('API'), entry.session?.connection.engine?.identity.apiVersion ?? ''],
    [vscode.l10n.t('Containers'), state === 'connected' ? runningText(runningOn(entry.session)) : ''],
    [vscode.l10n.t('Last error'), lastError(entry)],
  ]);
}
