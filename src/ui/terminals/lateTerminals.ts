import { readdir } from 'node:fs/promises';
import { delay } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { lazy } from '../../base/lazy';
import type { Engine } from '../../engine/connection/engine';
import { errorCode } from '../../engine/errors';
import type { Log } from '../log';
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
  #disposed = false;
  readonly load = lazy(() => this.#load());

  /** @param folder where processes are written down, see RunningProcesses */
  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** Ends what was left running on an engine, soon. */
  async endLeft(engine: Engine): Promise<void> {
    await delay(afterRowsMs);
    if (this.#disposed || !(this.#loaded || (await this.#hasNotes()))) return;
    const { processes } = await this.load();
    await processes.endLeft(engine);
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
    this.#loaded = { terminals: new Terminals(), processes: new RunningProcesses(this.folder, this.log) };
    return this.#loaded;
  }
}
