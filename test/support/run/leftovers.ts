import { rmSync } from 'node:fs';
import { endEngine } from '../engines/endEngine';
import { descendants, sendSignal, sleepSync, startTime } from '../processes';
import { deleteRecord, orphanedRecords, type ServerRecord } from './records';

/** Ends the engines and servers that dead runs left behind. */
export function endLeftovers(): void {
  for (const record of orphanedRecords()) {
    if (record.kind === 'server') endServer(record);
    else endEngine(record);
  }
}

/** Ends a VS Code server with all that it started (extension hosts, terminals, watchers) and removes its folder. */
export function endServer(record: ServerRecord): void {
  const { pid, started } = record.server;
  if (startTime(pid) === started) {
    const all = [pid, ...descendants([pid]).map(entry => entry.pid)];
    for (const each of all) sendSignal(each, 'SIGKILL');
    for (let rounds = 0; rounds < 100 && startTime(pid) === started && descendants([pid]).length > 0; rounds++) {
      sleepSync(20);
    }
  }
  rmSync(record.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  deleteRecord(record.id);
}
