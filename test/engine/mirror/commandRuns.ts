import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../../../src/engine/connection/connection';
import type { Engine } from '../../../src/engine/connection/engine';
import { connectedEngine, findOutcome } from '../../../src/engine/connection/outcome';
import { isEngineError } from '../../../src/engine/errors';
import * as kind from '../../../src/engine/objects/containers/kind';
import * as containers from '../../../src/engine/objects/containers/operations';
import { type Api, ApiError, createContainer } from '../../support/engines/rawEngine';
import type { Random } from '../../support/random';

/**
 * How commands ended, by what their callers were told: `refused` by the engine, or failed; `unsent` for want of a
 * connection; found done or not done after the answer was lost.
 */
export type Outcomes = Record<'answered' | 'refused' | 'unsent' | 'foundDone' | 'foundUndone', number>;

/** What a container is like: its state and name, or gone. */
interface Box {
  state: string;
  name: string;
}

interface Command {
  what: string;
  work: (engine: Engine) => Promise<unknown>;
  after: Partial<Box>;
}

/** How long an engine may be at a command, in milliseconds: on a busy machine a start takes seconds. */
const atWork = 10_000;

/** A pause that containerd tells of late shows once more after its end, for a moment on a busy machine; in milliseconds. */
const settling = 5_000;

const absent: Box = { state: 'gone', name: '' };

/**
 * Gives one container random commands, one after the other, each of which must end with the truth: what the caller is
 * told is compared with the engine itself, asked on a way of its own.
 */
export class CommandRun {
  readonly outcomes: Outcomes = { answered: 0, refused: 0, unsent: 0, foundDone: 0, foundUndone: 0 };
  /** The last commands and how they ended, with the time of each end: what a failure tells. */
  readonly #history: string[] = [];
  #made = 0;
  #id = '';

  constructor(
    private readonly connection: Connection,
    private readonly api: Api,
    private readonly random: Random,
    private readonly prefix: string,
  ) {}

  async until(over: AbortSignal): Promise<void> {
    while (!over.aborted) await this.#step();
  }

  async #step(): Promise<void> {
    const before = await this.#box();
    if (before.state === 'gone') {
      this.#id = await createContainer(this.api, { name: `${this.prefix}${this.#made++}` });
      return;
    }
    const command = this.#choose(before);
    const told = await this.#run(command);
    this.outcomes[told]++;
    this.#history.push(`${command.what} of ${before.name} was ${told} at ${new Date().toISOString().slice(14, -1)}`);
    const after = told === 'answered' || told === 'foundDone' ? { ...before, ...command.after } : before;
    const expected = after.state === 'gone' ? absent : after;
    let now: Box | undefined;
    const mayBeLate = async (): Promise<boolean> => {
      now = await this.#box();
      return expected.state === 'running' && now.state === 'paused';
    };
    const begun = performance.now();
    while ((await mayBeLate()) && performance.now() - begun < settling) await delay(50);
    assert.deepEqual(now, expected, this.#history.slice(-6).join('\n'));
  }

  async #run({ work, after }: Command): Promise<keyof Outcomes> {
    const engine = await connectedEngine(this.connection, AbortSignal.timeout(60_000));
    try {
      await work(engine);
      return 'answered';
    } catch (error) {
      assert.ok(isEngineError(error), String(error));
      if (error.status !== undefined) return 'refused';
      if (!error.answerLost) return 'unsent';
    }
    const look = async (now: Engine, signal: AbortSignal): Promise<{ done: boolean }> => {
      const [row] = await kind.containerKind.list(now, [this.#id], signal);
      const seen = row ? { state: row.state, name: row.name } : absent;
      return { done: Object.entries(after).every(([key, value]) => seen[key as keyof Box] === value) };
    };
    const { done } = await findOutcome(this.connection, engine.endpoint, look, {
      patience: atWork,
      settle: (now, signal) => containers.inspect(now, this.#id, { signal }),
    });
    return done ? 'foundDone' : 'foundUndone';
  }

  #choose({ state }: Box): Command {
    const id = this.#id;
    const name = `${this.prefix}renamed${this.#made++}`;
    const rename: Command = { what: 'rename', work: on => containers.rename(on, id, { name }), after: { name } };
    const remove: Command = {
      what: 'remove',
      work: on => containers.remove(on, id, { force: true }),
      after: { state: 'gone' },
    };
    const start: Command = { what: 'start', work: on => containers.start(on, id), after: { state: 'running' } };
    const stop: Command = {
      what: 'stop',
      work: on => containers.stop(on, id, { timeout: 0 }),
      after: { state: 'exited' },
    };
    const pause: Command = { what: 'pause', work: on => containers.pause(on, id), after: { state: 'paused' } };
    const unpause: Command = { what: 'unpause', work: on => containers.unpause(on, id), after: { state: 'running' } };
    if (state === 'paused') return unpause;
    const fitting = state === 'running' ? [stop, pause, rename, stop] : [start, start, rename, remove];
    return this.random.pick(fitting) ?? start;
  }

  async #box(): Promise<Box> {
    if (!this.#id) return absent;
    try {
      const { State, Name } = (await this.api('GET', `/containers/${this.#id}/json`)) as {
        State: { Status: string };
        Name: string;
      };
      return { state: State.Status, name: Name.replace(/^\//, '') };
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return absent;
      throw error;
    }
  }
}
