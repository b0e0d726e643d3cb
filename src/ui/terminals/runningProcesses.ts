import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { number, record, records, text, type Json } from '../../base/read';
import type { Engine } from '../../engine/connection';
import { type EndedProcess, endProcess, typeEnd } from '../../engine/processEnd';
import type { ContainerProcess } from '../../engine/processes';
import { isRunning, ownMark, type ProcessMark } from './processMark';

/** What is written down of a process, to end it when this extension host was killed before it could. */
interface Noted extends EndedProcess {
  /** The endpoint's URL of its engine. */
  endpoint: string;
}

/** One extension host's file. */
interface Notes {
  owner: ProcessMark;
  processes: readonly Noted[];
}

/** How long all that is left gets at the end of a window, in milliseconds: VS Code waits five seconds. */
const lastMs = 4_000;

/**
 * The processes that terminals of this window have started in containers, ended with their terminals: the engine leaves
 * them running. They are written down in a file of each window's own, for the next one to end what a killed extension
 * host left; VS Code's own storage is shared by windows that overwrite each other's.
 */
export class RunningProcesses {
  readonly #open = new Map<string, { engine: Engine; process: ContainerProcess }>();
  readonly #ending = new Map<string, Promise<void>>();
  /** Those of dead extension hosts, and those that could not be ended. */
  readonly #left: Noted[] = [];
  readonly #file: string;

  /** @param folder of the machine that the extension runs on; made when it is needed. */
  constructor(
    private readonly folder: string,
    private readonly log: Pick<LogOutputChannel, 'info' | 'warn'>,
  ) {
    this.#file = join(folder, `${process.pid}.json`);
    this.#left.push(...takeLeft(folder, this.#file));
    if (this.#left.length > 0) this.#write();
  }

  begun(engine: Engine, process: ContainerProcess): void {
    this.#open.set(process.execId, { engine, process });
    this.#write();
  }

  /** It ended by itself. */
  ended({ execId }: ContainerProcess): void {
    this.#open.delete(execId);
    this.#write();
  }

  /** Ends a process with all that it began, whether or not its engine's session lasts. Never rejects. */
  end(process: ContainerProcess): Promise<void> {
    const { execId } = process;
    const ending = this.#ending.get(execId) ?? this.#end(process).finally(() => this.#ending.delete(execId));
    this.#ending.set(execId, ending);
    return ending;
  }

  /** Ends all, as far as it can be done in the time that VS Code gives. */
  async endAll(): Promise<void> {
    const all = Promise.all([...this.#open.values()].map(({ process }) => this.end(process)));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise(resolve => (timer = setTimeout(resolve, lastMs)))]);
    clearTimeout(timer);
  }

  /** Ends what was left on an engine. */
  async endLeft(engine: Engine): Promise<void> {
    const own = this.#left.filter(({ endpoint }) => endpoint === engine.endpoint.url);
    await Promise.all(own.map(noted => this.#endLeft(engine, noted)));
  }

  async #end(process: ContainerProcess): Promise<void> {
    const { containerId, execId, pid, user } = process;
    const open = this.#open.get(execId);
    if (!open) return;
    const noted: Noted = { containerId, execId, pid, user, endpoint: open.engine.endpoint.url };
    try {
      if (pid === undefined && process.tty) await typeEnd(process);
      const ended = await endProcess(open.engine, noted);
      if (!ended) this.log.warn(`Process ${execId} of container ${containerId} may still run: no shell could end it`);
    } catch (error) {
      this.#left.push(noted);
      this.log.warn(
        `${noted.endpoint}: process ${execId} of container ${containerId} could not be ended: ${String(error)}`,
      );
    } finally {
      process.stream.destroy();
      this.#open.delete(execId);
      this.#write();
    }
  }

  async #endLeft(engine: Engine, noted: Noted): Promise<void> {
    try {
      await endProcess(engine, noted);
    } catch (error) {
      this.log.warn(`Process ${noted.execId} of container ${noted.containerId} is still left: ${String(error)}`);
      return;
    }
    this.log.info(`Ended a process that was left in container ${noted.containerId}`);
    this.#left.splice(this.#left.indexOf(noted), 1);
    this.#write();
  }

  #write(): void {
    const open = [...this.#open.values()].map(({ engine, process }): Noted => {
      const { containerId, execId, pid, user } = process;
      return { containerId, execId, pid, user, endpoint: engine.endpoint.url };
    });
    const notes: Notes = { owner: ownMark(), processes: [...open, ...this.#left] };
    try {
      if (notes.processes.length === 0) {
        rmSync(this.#file, { force: true });
        return;
      }
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(this.#file, JSON.stringify(notes), { mode: 0o600 });
    } catch (error) {
      this.log.warn(`The processes of open terminals could not be written down: ${String(error)}`);
    }
  }
}

/** What the files of dead extension hosts say; the files go, since what is still left is written into the own one. */
function takeLeft(folder: string, own: string): Noted[] {
  const left: Noted[] = [];
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const notes = readNotes(file);
    if (notes && file !== own && isRunning(notes.owner)) continue;
    left.push(...(notes?.processes ?? []));
    rmSync(file, { force: true });
  }
  return left;
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
      processes: records(notes['processes']).map(readNoted),
    };
  } catch {
    return undefined; // Cut short by the end of its writer: it tells nothing.
  }
}

function readNoted(noted: Json): Noted {
  const user = text(noted['user']);
  return {
    endpoint: text(noted['endpoint']),
    containerId: text(noted['containerId']),
    execId: text(noted['execId']),
    pid: number(noted['pid']),
    user: user === '' ? undefined : user,
  };
}
