import * as vscode from 'vscode';
import { type Json, number, record, records, text, texts } from '../../../../base/read';
import { maskedText } from '../../../../base/secrets';
import type { HealthCheck, Value } from '../../protocol';
import type { Source } from '../source';
import { checkValue, fact, type MaybeFact, timeOf } from '../values';

const nanosecondsInSecond = 1e9;
/** The engine's defaults, in seconds. */
const usual = { Interval: 30, Timeout: 30, StartPeriod: 0, Retries: 3 };
const tones: Readonly<Record<string, NonNullable<Value['tone']>>> = {
  healthy: 'good',
  unhealthy: 'bad',
  starting: 'warning',
};

export function healthFacts({ json, handles }: Source): MaybeFact[] {
  const check = checkOf(json);
  if (!check) return [];
  const health = healthOf(json);
  const status = text(health['Status']);
  const streak = number(health['FailingStreak']) ?? 0;
  const seconds = (name: 'Interval' | 'Timeout' | 'StartPeriod'): string =>
    vscode.l10n.t('{0} s', secondsOf(check, name));
  return [
    fact(vscode.l10n.t('Health'), { text: status || vscode.l10n.t('not checked yet'), tone: tones[status] ?? 'quiet' }),
    fact(vscode.l10n.t('Failed in a row'), streak > 0 ? { text: String(streak), tone: 'bad' } : ''),
    fact(vscode.l10n.t('Check'), checkValue(handles, check['Test'])),
    fact(vscode.l10n.t('Every'), seconds('Interval')),
    fact(vscode.l10n.t('Fails after'), seconds('Timeout')),
    fact(vscode.l10n.t('Grace at the start'), secondsOf(check, 'StartPeriod') > 0 ? seconds('StartPeriod') : ''),
    fact(vscode.l10n.t('Unhealthy after'), retriesText(retriesOf(check))),
  ];
}

/** The checks that the engine remembers, the oldest first, without what looks secret in their output. */
export function checks(json: Json): HealthCheck[] {
  return records(healthOf(json)['Log']).flatMap(entry => {
    const start = timeOf(entry['Start']);
    const end = timeOf(entry['End']) ?? start;
    if (start === undefined || end === undefined) return [];
    return [{ start, end, exitCode: number(entry['ExitCode']) ?? 0, output: maskedText(text(entry['Output'])) }];
  });
}

/** Milliseconds between two checks of a container that is checked now; undefined for others. */
export function checkInterval(json: Json): number | undefined {
  const check = checkOf(json);
  if (!check || record(json['State'])['Running'] !== true) return undefined;
  return secondsOf(check, 'Interval') * 1_000;
}

/** Podman also gives containers without a check a health, with an empty status. */
function checkOf(json: Json): Json | undefined {
  const check = record(record(json['Config'])['Healthcheck']);
  const [kind = 'NONE'] = texts(check['Test']);
  return kind === 'NONE' || kind === '' ? undefined : check;
}

function healthOf(json: Json): Json {
  const state = record(json['State']);
  return record(state['Health'] ?? state['Healthcheck']);
}

function secondsOf(check: Json, name: 'Interval' | 'Timeout' | 'StartPeriod'): number {
  const nanoseconds = number(check[name]) ?? 0;
  return nanoseconds > 0 ? nanoseconds / nanosecondsInSecond : usual[name];
}

function retriesOf(check: Json): number {
  const retries = number(check['Retries']) ?? 0;
  return retries > 0 ? retries : usual.Retries;
}

function retriesText(retries: number): string {
  return retries === 1 ? vscode.l10n.t('1 failure') : vscode.l10n.t('{0} failures', retries);
}
