import * as vscode from 'vscode';
import { parseMoment } from '../../../base/moment';
import { number, text } from '../../../base/read';
import { fromMilliseconds } from '../../../engine/logs/times';
import type { Call } from '../../actions/call';
import { askText, type Choice, choose } from '../../actions/pick';
import { Failure } from '../../failure';
import type { LogRange } from '../../terminals/logs/logSources';
import { quoted } from '../../text';

const maxTail = 10_000_000;

/** The range that a program gives as `since`, `until` and `tail`; undefined if it gives none of them. */
export function givenRange({ options }: Call): LogRange | undefined {
  const { since, until, tail } = options;
  if (since === undefined && until === undefined && tail === undefined) return undefined;
  return { since: given(since), until: given(until), tail: givenTail(tail) };
}

function given(value: unknown): LogRange['since'] {
  if (value === undefined || value === '') return undefined;
  const typed = typeof value === 'number' ? String(value) : text(value);
  const moment = parseMoment(typed, Date.now());
  if (moment === undefined) throw new Failure(notAMoment(typed));
  return fromMilliseconds(moment);
}

function givenTail(value: unknown): number | undefined {
  if (value === undefined || value === 'all' || value === '') return undefined;
  const count = number(value) ?? (/^\d+$/.test(text(value)) ? Number(value) : undefined);
  if (count === undefined || !Number.isInteger(count) || count < 0 || count > maxTail) throw new Failure(notACount());
  return count;
}

function notAMoment(typed: string): string {
  return vscode.l10n.t('{0} is no time; write e.g. 10m, 2h30m, 14:00, yesterday or 2026-01-31 14:00', quoted(typed));
}

function notACount(): string {
  return vscode.l10n.t('The number of lines is a whole number, 0 or more');
}

/** Asks for the part of the log that is wanted. */
export async function askRange(title: string): Promise<LogRange> {
  const last = (since: string, label: string): Choice<() => Promise<LogRange>> => ({
    label,
    value: () => Promise.resolve({ since: given(since) }),
  });
  const ask = await choose<() => Promise<LogRange>>(title, [
    { label: vscode.l10n.t('Everything'), value: () => Promise.resolve({}) },
    last('10m', vscode.l10n.t('The last 10 minutes')),
    last('1h', vscode.l10n.t('The last hour')),
    last('today', vscode.l10n.t('Today')),
    { label: vscode.l10n.t('The last 100 lines'), value: () => Promise.resolve({ tail: 100 }) },
    { label: vscode.l10n.t('Since, Until, Lines…'), value: () => askParts(title) },
  ]);
  return ask();
}

async function askParts(title: string): Promise<LogRange> {
  const since = await askMoment(title, vscode.l10n.t('Since when? Nothing for the beginning'));
  const until = await askMoment(title, vscode.l10n.t('Until when? Nothing to follow what comes'));
  const tail = await askText({
    title,
    prompt: vscode.l10n.t('At most how many lines, the last ones? Nothing for all'),
    invalid: typed => (/^\d{0,8}$/.test(typed) && Number(typed) <= maxTail ? undefined : notACount()),
  });
  return { since: given(since), until: given(until), tail: givenTail(tail) };
}

function askMoment(title: string, prompt: string): Promise<string> {
  return askText({
    title,
    prompt,
    placeHolder: '10m, 2h30m, 14:00, yesterday, 2026-01-31 14:00',
    invalid: typed => (typed === '' || parseMoment(typed, Date.now()) !== undefined ? undefined : notAMoment(typed)),
  });
}
