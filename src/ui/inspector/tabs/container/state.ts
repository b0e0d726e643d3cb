import * as vscode from 'vscode';
import { signalOfExit } from '../../../../base/linuxSignals';
import { type Json, number, record, text } from '../../../../base/read';
import type { Value } from '../../protocol';
import type { Source } from '../source';
import { fact, longText, type MaybeFact, timeText, yesWhen } from '../values';

export function stateFacts({ json, handles }: Source): MaybeFact[] {
  const state = record(json['State']);
  const pid = number(state['Pid']) ?? 0;
  return [
    fact(vscode.l10n.t('State'), { text: text(state['Status']), tone: toneOf(state) }),
    fact(vscode.l10n.t('Exit code'), exitCode(state)),
    fact(vscode.l10n.t('Error'), longText(handles, 'error', text(state['Error']), { tone: 'bad' })),
    fact(vscode.l10n.t('Started'), timeText(state['StartedAt'])),
    fact(vscode.l10n.t('Ended'), isAlive(state) ? '' : timeText(state['FinishedAt'])),
    fact(vscode.l10n.t('Ran out of memory'), isAlive(state) ? yesWhen(state['OOMKilled']) : ''),
    fact(vscode.l10n.t('Restarts'), String(number(json['RestartCount']) ?? 0)),
    fact(vscode.l10n.t('Restart policy'), policyText(record(record(json['HostConfig'])['RestartPolicy']))),
    fact(vscode.l10n.t('Main process'), pid > 0 ? vscode.l10n.t('{0} on the engine’s machine', pid) : ''),
  ];
}

/** How a state stands out. Podman has its own names for some. */
export function toneOf(state: Json): NonNullable<Value['tone']> {
  switch (text(state['Status'])) {
    case 'running':
      return 'good';
    case 'paused':
    case 'restarting':
    case 'removing':
      return 'warning';
    case 'dead':
      return 'bad';
    default:
      return hasFailed(state) ? 'bad' : 'quiet';
  }
}

function isAlive(state: Json): boolean {
  return state['Running'] === true || text(state['Status']) === 'paused';
}

/** A container that could not be started has an exit code but no end. */
function hasEnded(state: Json): boolean {
  return hasFailed(state) || (!isAlive(state) && timeText(state['FinishedAt']) !== '');
}

function hasFailed(state: Json): boolean {
  return !isAlive(state) && (number(state['ExitCode']) ?? 0) !== 0;
}

/** The exit code of the last run; undefined while it runs. */
function exitCode(state: Json): Value | undefined {
  const exited = number(state['ExitCode']);
  if (exited === undefined || (!hasEnded(state) && state['Restarting'] !== true)) return undefined;
  const reason = state['OOMKilled'] === true ? vscode.l10n.t('it ran out of memory') : reasonOf(exited);
  return { text: reason ? `${exited} (${reason})` : String(exited), tone: exited === 0 ? 'quiet' : 'bad' };
}

/** What shells and engines mean by a code. */
function reasonOf(exited: number): string {
  if (exited === 126) return vscode.l10n.t('the command could not be run');
  if (exited === 127) return vscode.l10n.t('the command was not found');
  const signal = signalOfExit(exited);
  return signal === undefined ? '' : vscode.l10n.t('ended by {0}', signal);
}

function policyText({ Name, MaximumRetryCount }: Json): string {
  const policy = text(Name) || 'no';
  const most = number(MaximumRetryCount) ?? 0;
  return most > 0 ? vscode.l10n.t('{0}, at most {1} times', policy, most) : policy;
}
