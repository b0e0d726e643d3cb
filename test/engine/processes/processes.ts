import assert from 'node:assert/strict';
import type { Piece } from '../../../src/engine/client/frames';
import {
  type ContainerProcess,
  type ShellOptions,
  type Started,
  startShell,
} from '../../../src/engine/processes/start';
import { until } from '../../support/until';
import type { EngineUnderTest } from '../engines';

/** What a process prints, as it comes. */
export class Reader {
  text = '';
  ended = false;
  readonly end: Promise<void>;

  constructor(output: AsyncIterable<Piece[]>) {
    this.end = this.#read(output);
  }

  async shows(pattern: RegExp): Promise<void> {
    await until(`${pattern.source} in ${JSON.stringify(this.text)}`, () => pattern.test(this.text));
  }

  async #read(output: AsyncIterable<Piece[]>): Promise<void> {
    try {
      for await (const pieces of output) for (const { bytes } of pieces) this.text += bytes.toString('latin1');
    } finally {
      this.ended = true;
    }
  }
}

/** The process that has started; fails if none has. */
export function processOf(started: Started): ContainerProcess {
  return started.kind === 'started' ? started.process : assert.fail(started.text);
}

/** Opens a shell in a container; fails if it has none. */
export async function shellIn(on: EngineUnderTest, id: string, options: ShellOptions = {}): Promise<ContainerProcess> {
  return processOf(await startShell(on.engine, id, options));
}
