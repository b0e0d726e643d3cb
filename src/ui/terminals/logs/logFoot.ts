import * as vscode from 'vscode';
import { oneLine } from '../../../base/visible';
import type { LogLook } from './logView';

/** What the line at the foot of a log’s terminal tells. */
export interface InForce {
  look: LogLook;
  paused: boolean;
  /** Which match is shown, of how many. */
  at: { match: number; of: number } | undefined;
  /** A pattern that was given up. */
  slow: string | undefined;
}

const mostTyped = 60;

/** What is in force; empty if nothing is. */
export function inForceText({ look: { clock, filter, find }, paused, at, slow }: InForce): string {
  const parts: (string | undefined)[] = [
    paused ? vscode.l10n.t('paused, space goes on') : undefined,
    filter && vscode.l10n.t('filter {0}', oneLine(filter.pattern.typed, mostTyped)),
    filter && filter.context > 0 ? vscode.l10n.t('lines around: {0}', filter.context) : undefined,
    filter && vscode.l10n.t('{0} of {1} lines hidden', filter.hidden.toLocaleString(), filter.seen.toLocaleString()),
    find && `${vscode.l10n.t('find {0}', oneLine(find.typed, mostTyped))} ${placeText(at)}`.trim(),
    clock === 'utc' ? vscode.l10n.t('times in UTC') : clock === 'local' ? vscode.l10n.t('local times') : undefined,
    slow === undefined ? undefined : vscode.l10n.t('{0} takes too long and was given up', oneLine(slow, mostTyped)),
  ];
  return parts.filter(part => part !== undefined).join(' · ');
}

function placeText(at: InForce['at']): string {
  if (!at) return '';
  return at.of === 0 ? vscode.l10n.t('not found') : `${at.match + 1}/${at.of}`;
}

/** Which end of a text is kept if it is too long for its line. */
export type Kept = 'start' | 'end';

/**
 * The foot as it is drawn: reversed, in one line of the terminal. Line wrap is off, as the terminal may find characters
 * wider than expected, and nothing would erase a second line.
 */
export function footText(text: string, columns: number, kept: Kept = 'start'): string {
  if (text === '') return '';
  return `\x1b[?7l\x1b[7m ${fitting(text, Math.max(1, columns - 2), kept)}\x1b[27m\x1b[?7h`;
}

function fitting(text: string, cells: number, kept: Kept): string {
  const characters = Array.from(text);
  if (cellsOf(characters) <= cells) return text;
  if (kept === 'end') characters.reverse();
  let left = cells - cellsOf(['…']);
  const beyond = characters.findIndex(character => (left -= cellsOf([character])) < 0);
  const fit = characters.slice(0, beyond);
  return kept === 'end' ? `…${fit.reverse().join('')}` : `${fit.join('')}…`;
}

/** The most cells that characters may take; only letters of alphabets are sure to take one. */
function cellsOf(characters: readonly string[]): number {
  return characters.reduce((sum, character) => sum + (character < '\u1100' || character === '…' ? 1 : 2), 0);
}
