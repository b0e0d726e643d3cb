import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import type { DiskUse, DiskUseOf } from '../../../engine/objects/system';
import {
  addressOf,
  countRunning,
  type EngineState,
  lastError,
  nameOf,
  runningText,
  sourceText,
  stateOf,
  stateText,
  versionText,
} from '../../objects/engineText';
import type { EngineFacts } from '../../session/engineFacts';
import type { EngineEntry } from '../../session/knownEngines';
import { factsTooltip, type Look } from '../resource/look';

const icons: Readonly<Record<EngineState, readonly [icon: string, color?: string]>> = {
  connected: ['vm-running', 'charts.green'],
  connecting: ['loading~spin', 'charts.yellow'],
  unreachable: ['debug-disconnect', 'problemsErrorIcon.foreground'],
  unusable: ['warning', 'problemsWarningIcon.foreground'],
  closed: ['vm-outline'],
};

/** A row of the Engines view. The one in use has an icon of its own, also for who sees no colours. */
export function engineLook(entry: EngineEntry): Look {
  const state = stateOf(entry);
  const [icon, color] = entry.current && state === 'connected' ? ['vm-active', 'charts.green'] : icons[state];
  const description = [
    entry.current ? vscode.l10n.t('in use') : '',
    state === 'connected' ? vscode.l10n.t('{0} running', countRunning(entry.session)) : '',
    version(entry),
    state === 'unreachable' || state === 'unusable' ? stateText(state) : '',
    addressOf(entry),
    state === 'unusable' ? lastError(entry) : '',
  ];
  const words = ['engine', entry.source, state, entry.current && 'current'];
  const use = { title: vscode.l10n.t('Use This Engine'), command: 'quayside.engine.use' };
  return {
    label: nameOf(entry),
    description: description.filter(Boolean).join(' · '),
    icon,
    ...(color !== undefined && { color }),
    contextValue: words.filter(Boolean).join(' '),
    spoken: [nameOf(entry), stateText(state), ...description].filter(Boolean).join(', '),
    ...(!entry.current && { command: use }),
  };
}

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
    [vscode.l10n.t('Version'), version(entry)],
    [vscode.l10n.t('API'), entry.session?.connection.engine?.identity.apiVersion ?? ''],
    [vscode.l10n.t('Containers'), state === 'connected' ? runningText(countRunning(entry.session)) : ''],
    [vscode.l10n.t('Last error'), lastError(entry)],
  ]);
}

function version({ session }: EngineEntry): string {
  const engine = session?.connection.engine;
  return engine ? versionText(engine.identity) : '';
}

/** A row below an engine. */
export function factLook(label: string, description: string, icon: string, color?: string): Look {
  return { label, description, icon, ...(color !== undefined && { color }), contextValue: 'fact' };
}

export function factLooks(facts: EngineFacts): Look[] {
  const platform = [facts.platform, facts.system].filter(Boolean).join(' · ');
  return platform ? [factLook(vscode.l10n.t('Platform'), platform, 'chip')] : [];
}

export function diskUseLooks({ images, containers, volumes, buildCache }: DiskUse): Look[] {
  const row = (label: string, { count, size, reclaimable }: DiskUseOf, icon: string): Look => {
    const free = reclaimable > 0 ? vscode.l10n.t('{0} can be freed', humanSize(reclaimable)) : '';
    return factLook(
      label,
      [humanSize(size), vscode.l10n.t('{0} in all', count), free].filter(Boolean).join(' · '),
      icon,
    );
  };
  return [
    row(vscode.l10n.t('Images'), images, 'package'),
    row(vscode.l10n.t('Containers'), containers, 'vm'),
    row(vscode.l10n.t('Volumes'), volumes, 'database'),
    row(vscode.l10n.t('Build Cache'), buildCache, 'tools'),
  ];
}
