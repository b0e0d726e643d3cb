import { readdir } from 'node:fs/promises';
import { delay } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import type { Engine } from '../../engine/connection/engine';
import { errorCode } from '../../engine/errors';
import type { Log } from '../log';
import { causeOf } from '../text';
import type { RunningProcesses } from './processes/runningProcesses';
import type { Terminals } from './terminals';

/** The rows of an engine that has just been connected come first. */
const afterRowsMs = 500;

interface Loaded {
  readonly terminals: Terminals;
  readonly processes: RunningProcesses;
}

/** The terminals and the processes in them. Their code is loaded when a command needs it, or a process was left running. */
export class LateTerminals implements Disposable {
  #loaded: Loaded | undefined;
  #loading: Promise<Loaded> | undefined;
  #disposed = false;

  /** @param folder where processes are written down, see RunningProcesses */
  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** Loads the code, once. What failed to load is tried again with the next call. */
  load(): Promise<Loaded> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Ends what was left running on an engine, soon. Never rejects: the log tells why it could not. */
  async endLeft(engine: Engine): Promise<void> {
    try {
      await delay(afterRowsMs);
      if (this.#disposed || !(this.#loaded || (await this.#hasNotes()))) return;
      const { processes } = await this.load();
      await processes.endLeft(engine);
    } catch (error) {
      this.log.warn(`Processes that were left running could not be ended: ${causeOf(error)}`);
    }
  }

  /** Ends the processes of all terminals, as far as it can be done in the time that VS Code gives. */
  async endAll(): Promise<void> {
    await this.#loaded?.processes.endAll();
  }

  dispose(): void {
    this.#disposed = true;
    this.#loaded?.terminals.dispose();
  }

  /** Whether processes are written down, of this window or another one. */
  async #hasNotes(): Promise<boolean> {
    try {
      return (await readdir(this.folder)).length > 0;
    } catch (error) {
      return errorCode(error) !== 'ENOENT'; // Whoever loads them says why they cannot be read.
    }
  }

  async #load(): Promise<Loaded> {
    const [{ Terminals }, { RunningProcesses }] = await Promise.all([
      import('./terminals'),
      import('./processes/runningProcesses'),
    ]);
    const loaded = { terminals: new Terminals(), processes: new RunningProcesses(this.folder, this.log) };
    if (this.#disposed) loaded.terminals.dispose();
    this.#loaded = loaded;
    return loaded;
  }
}
