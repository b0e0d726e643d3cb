import * as vscode from 'vscode';
import { inspect } from '../../../../engine/objects/containers/operations';
import type { Container } from '../../../../engine/objects/containers/row';
import { containerContextValue, imageText, statusText } from '../../../objects/containerText';
import type { Tone } from '../../protocol';
import type { HeadAction, Inspectable } from '../inspectable';
import { raw } from '../raw';
import { objectLink } from '../values';
import { changes } from './changes';
import { environment } from './environment';
import { mounts } from './mounts';
import { network } from './network';
import { overview } from './overview';
import { processes } from './processes';
import { stats } from './stats';

const inUse = ['running', 'paused', 'restarting'];

const actions: readonly HeadAction[] = [
  { verb: 'start', title: () => vscode.l10n.t('Start'), icon: 'play', any: ['created', 'exited', 'dead'] },
  { verb: 'unpause', title: () => vscode.l10n.t('Unpause'), icon: 'debug-continue', any: ['paused'] },
  { verb: 'stop', title: () => vscode.l10n.t('Stop'), icon: 'debug-stop', any: inUse },
  { verb: 'restart', title: () => vscode.l10n.t('Restart'), icon: 'debug-restart', none: ['removing', 'dead'] },
  { verb: 'kill', title: () => vscode.l10n.t('Kill…'), icon: 'circle-slash', any: inUse },
  { verb: 'pause', title: () => vscode.l10n.t('Pause'), icon: 'debug-pause', any: ['running'] },
  { verb: 'openShell', title: () => vscode.l10n.t('Shell'), icon: 'terminal', any: ['running'] },
  { verb: 'showLogs', title: () => vscode.l10n.t('Logs'), icon: 'output' },
  { verb: 'rename', title: () => vscode.l10n.t('Rename…'), icon: 'edit', none: ['removing'] },
  { verb: 'remove', title: () => vscode.l10n.t('Remove…'), icon: 'trash', none: ['removing'] },
  { verb: 'inspect', title: () => vscode.l10n.t('JSON'), icon: 'json' },
];

export const container: Inspectable<'container'> = {
  icon: 'package',
  inspect,
  tabs: { overview, stats, processes, environment, mounts, network, changes, raw },
  names: ({ name }) => [name],
  description: (row, { handles, now }) => [
    { text: statusText(row, now), tone: stateTone(row) },
    objectLink(handles, 'image', row.imageId, imageText(row.image)),
  ],
  contextValue: containerContextValue,
  actions,
};

function stateTone({ state, health, exitCode }: Container): Tone {
  if (state === 'running') return health === 'unhealthy' ? 'bad' : health === 'starting' ? 'warning' : 'good';
  if (state === 'exited') return exitCode === 0 ? 'quiet' : 'bad';
  if (state === 'dead') return 'bad';
  return state === 'created' ? 'quiet' : 'warning';
}
