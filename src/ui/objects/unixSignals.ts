import * as vscode from 'vscode';
import type { LinuxSignal } from '../../base/linuxSignals';

/** The signals that people can choose to send, the most common first. */
export function unixSignals(): { name: LinuxSignal; meaning: string }[] {
  return [
    { name: 'SIGKILL', meaning: vscode.l10n.t('ends it at once') },
    { name: 'SIGTERM', meaning: vscode.l10n.t('asks it to end') },
    { name: 'SIGINT', meaning: vscode.l10n.t('as Ctrl+C does') },
    { name: 'SIGQUIT', meaning: vscode.l10n.t('asks it to end, often with a dump') },
    { name: 'SIGHUP', meaning: vscode.l10n.t('often: read the settings again') },
    { name: 'SIGUSR1', meaning: vscode.l10n.t('what the program makes of it') },
    { name: 'SIGUSR2', meaning: vscode.l10n.t('what the program makes of it') },
    { name: 'SIGSTOP', meaning: vscode.l10n.t('halts it') },
    { name: 'SIGCONT', meaning: vscode.l10n.t('goes on after SIGSTOP') },
  ];
}
