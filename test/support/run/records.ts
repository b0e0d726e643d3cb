import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTime } from '../processes';
import { cacheFolder } from '../tools/cache';

/** A process. Its id alone does not identify it, since the system reuses ids. */
export interface ProcessIdentity {
  pid: number;
  started: string;
}

interface CommonRecord {
  /** Names this record, and an engine's network namespace if it has one. */
  id: string;
  folder: string;
  owner: ProcessIdentity;
}

/** What it takes to end an engine after its owner has died. Each of its processes has its folder in the command line. */
export interface EngineRecord extends CommonRecord {
  kind: 'docker' | 'podman';
  /** Whether the folder outlives the engine. */
  keep: boolean;
  namespace: boolean;
  /** The network links that existed before the engine: those that came later are removed with it. */
  linksBefore: string[];
  /** Whether the machine forwarded packets before; an engine that turns this on also closes the way by a packet filter. */
  forwardedBefore: boolean;
}

/** What it takes to end a VS Code server after its owner has died. */
export interface ServerRecord extends CommonRecord {
  kind: 'server';
  server: ProcessIdentity;
}

let count = 0;

/** A name that nothing else on this machine has. */
export function newRecordId(): string {
  return `quayside-${process.pid}-${++count}`;
}

/** A process as it is now. */
export function identify(pid: number): ProcessIdentity {
  return { pid, started: startTime(pid) ?? '' };
}

/** Keeps the record for the next run, in case this process dies before it ends what it started. */
export function writeRecord(record: EngineRecord | ServerRecord): void {
  mkdirSync(recordFolder(), { recursive: true });
  writeFileSync(recordPath(record.id), JSON.stringify(record));
}

export function deleteRecord(id: string): void {
  rmSync(recordPath(id), { force: true });
}

/** The records whose owner is gone. */
export function orphanedRecords(): (EngineRecord | ServerRecord)[] {
  mkdirSync(recordFolder(), { recursive: true });
  return readdirSync(recordFolder())
    .filter(name => name.endsWith('.json'))
    .map(name => JSON.parse(readFileSync(join(recordFolder(), name), 'utf8')) as EngineRecord | ServerRecord)
    .filter(({ owner }) => startTime(owner.pid) !== owner.started);
}

function recordFolder(): string {
  return join(cacheFolder(), 'running');
}

function recordPath(id: string): string {
  return join(recordFolder(), `${id}.json`);
}
