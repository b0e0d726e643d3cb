import * as vscode from 'vscode';
import type { EngineEntry } from '../session/knownEngines';
import { addressOf, type EngineState, lastError, nameOf, runningOn, stateOf, stateText, versionOf } from './engineText';
import { contextValue, type Look } from './look';

const icons: Readonly<Record<EngineState, readonly [icon: string, color?: string]>> = {
  connected: ['vm-running', 'charts.green'],
  connecting: ['loading~spin', 'charts.yellow'],
  unreachable: ['debug-disconnect', 'problemsErrorIcon.foreground'],
  unusable: ['warning', 'problemsWarningIcon.foreground'],
  closed: ['vm-outline'],
};

/** A row of the Engines view. The engine in use has an icon of its own, so that it also shows without colours. */
export function engineLook(entry: EngineEntry): Look {
  const state = stateOf(entry);
  const [icon, color] = entry.current && state === 'connected' ? ['vm-active', 'charts.green'] : icons[state];
  const description = [
    entry.current ? vscode.l10n.t('in use') : '',
    state === 'connected' ? vscode.l10n.t('{0} running', runningOn(entry.session)) : '',
    versionOf(entry),
    state === 'unreachable' || state === 'unusable' ? stateText(state) : '',
    addressOf(entry),
    state === 'unusable' ? lastError(entry) : '',
  ];
  const use = { title: vscode.l10n.t('Use This Engine'), command: 'quayside.engine.use' };
  return {
    label: nameOf(entry),
    description: description.filter(Boolean).join(' · '),
    icon,
    ...(color !== undefined && { color }),
    contextValue: contextValue('engine', entry.source, state, entry.current && 'current'),
    spoken: [nameOf(entry), stateText(state), ...description].filter(Boolean).join(', '),
    ...(!entry.current && { command: use }),
  };
}
