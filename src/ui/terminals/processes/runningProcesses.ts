import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { type Json, number, record, records, text } from '../../../base/read';
import type { Engine } from '../../../engine/connection/engine';
import { endProcess, type ProcessToEnd, typeEndingKeys } from '../../../engine/processes/end';
import type { ContainerProcess, Started } from '../../../engine/processes/start';
import { isRunning, ownIdentity, type ProcessIdentity } from './processIdentity';

/** What is written down of a process, to end it when this extension host was killed before it could. */
interface Noted extends ProcessToEnd {
  /** The endpoint's URL of its engine. */
  endpoint: string;
}

/** A process that may run already, and is not known yet. */
interface Starting {
  noted: Noted | undefined;
  over: Promise<unknown>;
}

/** One extension host's file. */
interface Notes {
  owner: ProcessIdentity;
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
  readonly #starting = new Set<Starting>();
  readonly #open = new Map<string, { engine: Engine; process: ContainerProcess }>();
  readonly #ending = new Map<string, Promise<void>>();
  /** Those of dead extension hosts, and those that could not be ended. */
  #left: Noted[] = [];
  readonly #file: string;

  /** @param folder of the machine that the extension runs on; made when it is needed. */
  constructor(
    private readonly folder: string,
    private readonly log: Pick<LogOutputChannel, 'info' | 'warn'>,
  ) {
    this.#file = join(folder, `${process.pid}.json`);
    this.#takeLeft((file, owner) => file !== this.#file && isRunning(owner)); // A dead one may have had the same id.
  }

  /**
   * Starts a process. It is written down before it runs, and the end of the window waits for it: what is being started
   * could not be ended yet. `begin` is to call `created` with the id of each that it is about to start.
   */
  start(
    engine: Engine,
    containerId: string,
    begin: (created: (execId: string) => void) => Promise<Started>,
  ): Promise<Started> {
    const { url } = engine.endpoint;
    const starting: Starting = { noted: undefined, over: Promise.resolve() };
    const created = (execId: string): void => {
      starting.noted = { containerId, execId, endpoint: url, pid: undefined, shell: undefined, user: undefined };
      this.#write();
    };
    this.#starting.add(starting);
    const started = this.#start(engine, () => begin(created), starting).finally(() => {
      this.#starting.delete(starting);
      this.#write();
    });
    starting.over = started;
    return started;
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

  /** Ends all, also what is being started, as far as it can be done in the time that VS Code gives. */
  async endAll(): Promise<void> {
    const endOpen = (): Promise<unknown> =>
      Promise.all([...this.#open.values()].map(({ process }) => this.end(process)));
    const all = Promise.all([endOpen(), Promise.allSettled([...this.#starting].map(({ over }) => over)).then(endOpen)]);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise(resolve => (timer = setTimeout(resolve, lastMs)))]);
    clearTimeout(timer);
  }

  /** Ends what was left on an engine. */
  async endLeft(engine: Engine): Promise<void> {
    this.#takeLeft((file, owner) => file === this.#file || isRunning(owner)); // One may have been killed meanwhile.
    const own = this.#left.filter(({ endpoint }) => endpoint === engine.endpoint.url);
    await Promise.all(own.map(noted => this.#endLeft(engine, noted)));
  }

  /** A start that failed may have been done: its answer alone may be lost. */
  async #start(engine: Engine, begin: () => Promise<Started>, starting: Starting): Promise<Started> {
    try {
      const started = await begin();
      if (started.kind === 'started') this.#open.set(started.process.execId, { engine, process: started.process });
      return started;
    } catch (error) {
      const { noted } = starting;
      if (noted) this.#left.push(noted);
      if (noted) void this.#endLeft(engine, noted);
      throw error;
    }
  }

  #takeLeft(isAlive: (file: string, owner: ProcessIdentity) => boolean): void {
    const left = takeLeft(this.folder, isAlive);
    this.#left.push(...left);
    if (left.length > 0) this.#write();
  }

  async #end(process: ContainerProcess): Promise<void> {
    const { containerId, execId } = process;
    const open = this.#open.get(execId);
    if (!open) return;
    const noted = notedOf(open);
    try {
      if (process.pid === undefined && process.tty) await typeEndingKeys(process);
      const ended = await endProcess(open.engine, noted);
      if (!ended) this.log.warn(mayStillRun(noted));
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
      const ended = await endProcess(engine, noted);
      if (ended) this.log.info(`Ended a process that was left in container ${noted.containerId}`);
      else this.log.warn(mayStillRun(noted));
    } catch (error) {
      this.log.warn(`Process ${noted.execId} of container ${noted.containerId} is still left: ${String(error)}`);
      return;
    }
    this.#left = this.#left.filter(other => other !== noted);
    this.#write();
  }

  #write(): void {
    const starting = [...this.#starting].flatMap(({ noted }) => noted ?? []);
    const open = [...this.#open.values()].map(notedOf);
    const notes: Notes = { owner: ownIdentity(), processes: [...starting, ...open, ...this.#left] };
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

function notedOf({ engine, process }: { engine: Engine; process: ContainerProcess }): Noted {
  const { containerId, execId, pid, shell, user } = process;
  return { containerId, execId, pid, shell, user, endpoint: engine.endpoint.url };
}

function mayStillRun({ containerId, execId }: Noted): string {
  return `Process ${execId} of container ${containerId} may still run: no shell could end it`;
}

/** What the files of dead extension hosts say; the files go, since what is still left is written into the own one. */
function takeLeft(folder: string, isAlive: (file: string, owner: ProcessIdentity) => boolean): Noted[] {
  const left: Noted[] = [];
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const notes = readNotes(file);
    if (notes && isAlive(file, notes.owner)) continue;
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
  return {
    endpoint: text(noted['endpoint']),
    containerId: text(noted['containerId']),
    execId: text(noted['execId']),
    pid: number(noted['pid']),
    shell: text(noted['shell']) || undefined,
    user: text(noted['user']) || undefined,
  };
}
