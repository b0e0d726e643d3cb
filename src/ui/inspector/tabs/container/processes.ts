import * as vscode from 'vscode';
import { type Json, record } from '../../../../base/read';
import { maskedText } from '../../../../base/secrets';
import type { CallOptions, Engine } from '../../../../engine/connection/engine';
import { isEngineError } from '../../../../engine/errors';
import { type ProcessTable, top } from '../../../../engine/objects/containers/top';
import { isMainProcess, reachableProcesses } from '../../../../engine/processes/signals';
import { Failure } from '../../../failure';
import { unixSignals } from '../../../objects/unixSignals';
import type { Process } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';

/** The columns to ask Docker's `ps` for: its default ones have no memory. */
const columns = '-eo pid,ppid,user,stat,pcpu,pmem,rss,etime,args';
const plainPs = 'plainPs';

/** How often the processes are read anew, in milliseconds. */
const interval = 2_000;

export const processes: ReadableTab<'processes'> = {
  title: () => vscode.l10n.t('Processes'),
  asks: true,
  every: () => interval,
  content: async ({ json, handles, notes }, engine, options) => {
    if (!holdsProcesses(json)) throw new Failure(vscode.l10n.t('It does not run: there are no processes'));
    const { titles, rows } = await processTable(engine, json, notes, options);
    const reach = await reachableProcesses(engine, json);
    const pidOf = (row: readonly string[]): string => row[titles.indexOf('PID')] ?? '';
    const isReachable = (pid: string): boolean =>
      /^\d{1,10}$/.test(pid) && (reach === 'all' || isMainProcess(engine, json, pid));
    handles.processes = new Map(rows.map(row => [Number(pidOf(row)), row.at(-1) ?? '']));
    return {
      tab: 'processes',
      columns: titles,
      rows: rows.map(row => processRow(row, isReachable(pidOf(row)) ? Number(pidOf(row)) : undefined)),
      signals: unixSignals().map(({ name, meaning }) => ({ name, title: meaning })),
    };
  },
};

/** Hides what looks secret in the command. */
function processRow(row: readonly string[], process: number | undefined): Process {
  const cells = [...row.slice(0, -1), ...row.slice(-1).map(maskedText)];
  return process === undefined ? { cells } : { cells, process };
}

/** What a process runs now, by its id; undefined when it has ended. */
export async function commandOf(
  engine: Engine,
  json: Json,
  notes: Source['notes'],
  pid: number,
  options: CallOptions,
): Promise<string | undefined> {
  const { titles, rows } = await processTable(engine, json, notes, options);
  const pidColumn = titles.indexOf('PID');
  return rows.find(cells => cells[pidColumn] === String(pid))?.at(-1);
}

/** If the machine's `ps` does not know these columns, asks for its default ones. */
async function processTable(
  engine: Engine,
  json: Json,
  notes: Source['notes'],
  options: CallOptions,
): Promise<ProcessTable> {
  const id = String(json['Id']);
  if (engine.identity.flavour === 'podman' || notes.has(plainPs)) return top(engine, id, options);
  try {
    return await top(engine, id, { ...options, psArgs: columns });
  } catch (error) {
    if (!isEngineError(error, 'failed', 'invalid')) throw error;
    const table = await top(engine, id, options);
    notes.set(plainPs, 'yes');
    return table;
  }
}

function holdsProcesses(json: Json): boolean {
  const state = record(json['State']);
  return state['Running'] === true || state['Paused'] === true;
}
