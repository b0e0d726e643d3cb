import * as vscode from 'vscode';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** An age of `ms` milliseconds as `docker ps` says it (go-units HumanDuration), so that both say the same. */
export function ageText(ms: number): string {
  const seconds = Math.floor(ms / second);
  if (seconds < 1) return vscode.l10n.t('Less than a second');
  if (seconds === 1) return vscode.l10n.t('1 second');
  if (seconds < 60) return vscode.l10n.t('{0} seconds', seconds);
  const minutes = Math.floor(ms / minute);
  if (minutes === 1) return vscode.l10n.t('About a minute');
  if (minutes < 60) return vscode.l10n.t('{0} minutes', minutes);
  return longAgeText(Math.floor(ms / hour + 0.5));
}

function longAgeText(hours: number): string {
  if (hours === 1) return vscode.l10n.t('About an hour');
  if (hours < 48) return vscode.l10n.t('{0} hours', hours);
  const days = Math.floor(hours / 24);
  if (days < 14) return vscode.l10n.t('{0} days', days);
  if (days < 60) return vscode.l10n.t('{0} weeks', Math.floor(days / 7));
  if (days < 730) return vscode.l10n.t('{0} months', Math.floor(days / 30));
  return vscode.l10n.t('{0} years', Math.floor(days / 365));
}
