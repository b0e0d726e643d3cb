import type { LogOutputChannel } from 'vscode';
import type { Engine } from '../../../engine/connection/engine';
import { endProcess, typeEndingKeys } from '../../../engine/processes/end';
import type { ContainerProcess, Started } from '../../../engine/processes/start';
import { causeOf } from '../../text';
import { type NotedProcess, ProcessFile } from './processFile';

/** A start that is under way: its process may run already. */
interface Starting {
  noted: NotedProcess | undefined;
  over: Promise<unknown>;
}

/** How long everything may take at the end of a window, in milliseconds: VS Code waits five seconds. */
const maxEndMs = 4_000;

/**
 * The processes that terminals of this window have started in containers. Ends each with its terminal, as the engine
 * leaves them running. They are also written down: if this extension host is killed, another one ends them.
 */
export class RunningProcesses {
  readonly #starting = new Set<Starting>();
  readonly #open = new Map<string, { engine: Engine; process: ContainerProcess }>();
  readonly #ending = new Map<string, Promise<void>>();
  /** Processes of dead extension hosts, and processes that could not be ended. */
  #left: NotedProcess[] = [];
  readonly #file: ProcessFile;

  /** @param folder on the machine that the extension runs on; made when it is needed */
  constructor(
    folder: string,
    private readonly log: Pick<LogOutputChannel, 'info' | 'warn'>,
  ) {
    this.#file = new ProcessFile(folder, log);
    this.#takeOver(this.#file.takeEarlier());
  }

  /**
   * Starts a process. It is written down before it runs, and the end of the window waits until it runs, as it could not be
   * ended before. `begin` must call `created` with the id of each process that it is about to start.
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

  /** Call it when a process has ended by itself. */
  ended({ execId }: ContainerProcess): void {
    this.#open.delete(execId);
    this.#write();
  }

  /** Ends a process and all that it began, also if its engine's session has ended. Never rejects. */
  end(process: ContainerProcess): Promise<void> {
    const { execId } = process;
    const ending = this.#ending.get(execId) ?? this.#end(process).finally(() => this.#ending.delete(execId));
    this.#ending.set(execId, ending);
    return ending;
  }

  /** Ends all processes, also those that are just starting, as far as the time allows that VS Code gives. */
  async endAll(): Promise<void> {
    const endOpen = (): Promise<unknown> =>
      Promise.all([...this.#open.values()].map(({ process }) => this.end(process)));
    const all = Promise.all([endOpen(), Promise.allSettled([...this.#starting].map(({ over }) => over)).then(endOpen)]);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise(resolve => (timer = setTimeout(resolve, maxEndMs)))]);
    clearTimeout(timer);
  }

  /** Ends the processes that were left on an engine. */
  async endLeft(engine: Engine): Promise<void> {
    this.#takeOver(this.#file.takeAbandoned()); // Another extension host may have been killed meanwhile.
    const own = this.#left.filter(({ endpoint }) => endpoint === engine.endpoint.url);
    await Promise.all(own.map(noted => this.#endLeft(engine, noted)));
  }

  /** If the start fails, the process may still run: perhaps only the answer was lost. */
  async #start(engine: Engine, begin: () => Promise<Started>, starting: Starting): Promise<Started> {
    try {
      const started = await begin();
      if (started.kind === 'started') this.#open.set(started.process.execId, { engine, process: started.process });
      return started;
    } catch (error) {
      const { noted } = starting;
      if (noted) {
        this.#left.push(noted);
        void this.#endLeft(engine, noted);
      }
      throw error;
    }
  }

  #takeOver(abandoned: readonly NotedProcess[]): void {
    this.#left.push(...abandoned);
    if (abandoned.length > 0) this.#write();
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
        `${noted.endpoint}: process ${execId} of container ${containerId} could not be ended: ${causeOf(error)}`,
      );
    } finally {
      process.stream.destroy();
      this.#open.delete(execId);
      this.#write();
    }
  }

  async #endLeft(engine: Engine, noted: NotedProcess): Promise<void> {
    try {
      const ended = await endProcess(engine, noted);
      if (ended) this.log.info(`Ended a process that was left in container ${noted.containerId}`);
      else this.log.warn(mayStillRun(noted));
    } catch (error) {
      this.log.warn(`Process ${noted.execId} of container ${noted.containerId} is still left: ${causeOf(error)}`);
      return;
    }
    this.#left = this.#left.filter(other => other !== noted);
    this.#write();
  }

  #write(): void {
    const starting = [...this.#starting].flatMap(({ noted }) => noted ?? []);
    this.#file.write([...starting, ...[...this.#open.values()].map(notedOf), ...this.#left]);
  }
}

function notedOf({ engine, process }: { engine: Engine; process: ContainerProcess }): NotedProcess {
  const { containerId, execId, pid, shell, user } = process;
  return { containerId, execId, pid, shell, user, endpoint: engine.endpoint.url };
}

function mayStillRun({ containerId, execId }: NotedProcess): string {
  return `Process ${execId} of container ${containerId} may still run: no shell could end it`;
}
