import * as vscode from 'vscode';
import { memorySize } from '../../../../base/format';
import { type Json, number, record, records, text } from '../../../../base/read';
import type { Value } from '../../protocol';
import { fact, type MaybeFact, yesWhen } from '../values';

const billion = 1e9;
/** The scheduler's default, in microseconds. */
const usualPeriod = 100_000;

export function limitFacts(json: Json): MaybeFact[] {
  const host = record(json['HostConfig']);
  const bytes = (name: string): string => sizeText(number(host[name]) ?? 0);
  const plain = (name: string): string => positive(number(host[name]) ?? 0);
  return [
    fact(vscode.l10n.t('Memory'), bytes('Memory') || unlimited()),
    fact(vscode.l10n.t('Memory and swap'), swapText(host)),
    fact(vscode.l10n.t('Memory reserved'), bytes('MemoryReservation')),
    fact(vscode.l10n.t('Never killed for memory'), yesWhen(host['OomKillDisable'])),
    fact(vscode.l10n.t('CPUs'), cpuText(host) || unlimited()),
    fact(vscode.l10n.t('CPU shares'), plain('CpuShares')),
    fact(vscode.l10n.t('Runs on CPUs'), text(host['CpusetCpus'])),
    fact(vscode.l10n.t('Processes'), plain('PidsLimit') || unlimited()),
    fact(vscode.l10n.t('Shared memory'), bytes('ShmSize')),
    fact(vscode.l10n.t('Block I/O weight'), plain('BlkioWeight')),
    fact(vscode.l10n.t('Ulimits'), ...records(host['Ulimits']).map(ulimitText)),
  ];
}

function unlimited(): Value {
  return { text: vscode.l10n.t('no limit'), tone: 'quiet' };
}

function sizeText(bytes: number): string {
  return bytes > 0 ? memorySize(bytes) : '';
}

function positive(amount: number): string {
  return amount > 0 ? String(amount) : '';
}

/** The engine says -1 for swap without a limit. */
function swapText(host: Json): Value | string {
  const bytes = number(host['MemorySwap']) ?? 0;
  return bytes < 0 ? unlimited() : sizeText(bytes);
}

function cpuText(host: Json): string {
  const cpus = (number(host['NanoCpus']) ?? 0) / billion;
  const quota = number(host['CpuQuota']) ?? 0;
  const period = number(host['CpuPeriod']) ?? 0;
  return positive(cpus) || positive(quota / (period > 0 ? period : usualPeriod));
}

function ulimitText(limit: Json): string {
  return `${text(limit['Name'])}=${number(limit['Soft']) ?? 0}:${number(limit['Hard']) ?? 0}`;
}
