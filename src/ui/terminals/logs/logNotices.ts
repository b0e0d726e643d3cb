import * as vscode from 'vscode';
import { oneLine } from '../../../base/visible';
import type { LogNotice } from '../../../engine/logs/notices';
import { causeOf, plain, quoted } from '../../text';
import { logCause } from './logFailures';

/** A line between the lines of a log that tells what happened to a container. `name` is undefined in the log of one. */
export function noticeText(notice: LogNotice, name: string | undefined): string {
  const what = sentenceOf(notice);
  return `── ${clockOf(notice.time)} ${name === undefined ? what : `${oneLine(name, 80)}: ${what}`}`;
}

function sentenceOf(notice: LogNotice): string {
  switch (notice.what) {
    case 'started':
      return vscode.l10n.t('The container started');
    case 'stopped':
      return notice.exitCode === undefined
        ? vscode.l10n.t('The container stopped')
        : vscode.l10n.t('The container stopped with exit code {0}; this goes on when it starts', notice.exitCode);
    case 'neverRan':
      return vscode.l10n.t('The container has not been started yet; this begins when it starts');
    case 'lost':
      return vscode.l10n.t('The connection was lost: {0}', causeOf(notice.cause));
    case 'back':
      return vscode.l10n.t('The engine answers again; what was printed meanwhile follows');
    case 'removed':
      return vscode.l10n.t('The container was removed');
    case 'failed':
      return vscode.l10n.t('The log cannot be read: {0}', logCause(notice.cause));
    case 'replaced':
      return vscode.l10n.t('{0} took its place; its log follows', quoted(notice.by.name));
  }
}

function clockOf(time: number): string {
  return new Date(time).toLocaleTimeString();
}

/** The keys in a log's terminal, one a line. */
export function helpLines(): string[] {
  const keys: (readonly [key: string, what: string])[] = [
    ['space, p', vscode.l10n.t('pause and go on')],
    ['t', vscode.l10n.t('times: none, local, UTC')],
    ['/', vscode.l10n.t('filter: text or /expression/, ! before it hides what matches; empty shows all')],
    ['+  -', vscode.l10n.t('more or fewer lines around what the filter shows')],
    ['f', vscode.l10n.t('find: text or /expression/')],
    ['n  N', vscode.l10n.t('next and previous match')],
    ['c', vscode.l10n.t('clear')],
    ['Esc', vscode.l10n.t('leave the find, then the filter')],
    ['?', vscode.l10n.t('this help')],
  ];
  return keys.map(([key, what]) => `   ${key.padEnd(10)}${plain(what, 200)}`);
}
