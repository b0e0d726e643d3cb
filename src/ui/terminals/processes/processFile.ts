import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { type Json, number, record, records, text } from '../../../base/read';
import type { ProcessToEnd } from '../../../engine/processes/end';
import { isRunning, ownIdentity, type ProcessIdentity } from './processIdentity';

/** What is written down about a process, so that it can be ended if this extension host is killed. */
export interface NotedProcess extends ProcessToEnd {
  /** The URL of its engine's endpoint. */
  endpoint: string;
}

/** The content of the file of one extension host. */
interface Notes {
  owner: ProcessIdentity;
  processes: readonly NotedProcess[];
}

/**
 * The file in which this extension host writes down its processes. Each extension host has its own: VS Code's storage is
 * shared by windows that would overwrite each other's entries.
 */
export class ProcessFile {
  readonly #file: string;

  /** @param folder on the machine that the extension runs on; made when it is needed */
  constructor(
    private readonly folder: string,
    private readonly log: Pick<LogOutputChannel, 'warn'>,
  ) {
    this.#file = join(folder, `${process.pid}.json`);
  }

  /** Replaces what is written down. */
  write(processes: readonly NotedProcess[]): void {
    try {
      if (processes.length === 0) {
        rmSync(this.#file, { force: true });
        return;
      }
      const notes: Notes = { owner: ownIdentity(), processes };
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(this.#file, JSON.stringify(notes), { mode: 0o600 });
    } catch (error) {
      this.log.warn(`The processes of open terminals could not be written down: ${String(error)}`);
    }
  }

  /**
   * Takes over the files of dead extension hosts. A file of the own name is such a one too, so call it before any
   * `write`.
   */
  takeEarlier(): NotedProcess[] {
    return this.#take((file, owner) => file !== this.#file && isRunning(owner));
  }

  /** Takes over the files of extension hosts that have died since. */
  takeAbandoned(): NotedProcess[] {
    return this.#take((file, owner) => file === this.#file || isRunning(owner));
  }

  /** Also removes these files: what is left is then written into the own file. */
  #take(isAlive: (file: string, owner: ProcessIdentity) => boolean): NotedProcess[] {
    const left: NotedProcess[] = [];
    for (const name of namesIn(this.folder)) {
      const file = join(this.folder, name);
      const notes = readNotes(file);
      if (notes && isAlive(file, notes.owner)) continue;
      left.push(...(notes?.processes ?? []));
      rmSync(file, { force: true });
    }
    return left;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => /^\d+\.json$/.test(name));
  } catch {
    return []; // No terminal has ever been opened here.
  }
}

function readNotes(file: string): Notes | undefined {
  try {
    const notes = record(JSON.parse(readFileSync(file, 'utf8')));
    const owner = record(notes['owner']);
    return {
      owner: { pid: number(owner['pid']) ?? 0, started: text(owner['started']) },
      processes: records(notes['processes']).map(readProcess),
    };
  } catch {
    return undefined; // The file was not written to its end.
  }
}

function readProcess(noted: Json): NotedProcess {
  return {
    endpoint: text(noted['endpoint']),
    containerId: text(noted['containerId']),
    execId: text(noted['execId']),
    pid: number(noted['pid']),
    shell: text(noted['shell']) || undefined,
    user: text(noted['user']) || undefined,
  };
}
