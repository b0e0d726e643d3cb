import { fork } from 'node:child_process';
import { join } from 'node:path';
import { onExit } from '../../support/cleanup';
import { ended, sendSignal } from '../../support/processes';
import { until } from '../../support/until';
import type { ChildMessage } from './mirrorChild';

/** What the process has used since it began. */
export type Used = Omit<Extract<ChildMessage, { kind: 'used' }>, 'kind'>;

/** Mirror and tree model in a process of their own. */
export interface MirrorProcess {
  /** When the row of the container with this name changed in the tree model. */
  rowChanged(name: string): Promise<number>;
  /** Begins to look at the figures of all containers. */
  look(): void;
  used(): Promise<Used>;
  dispose(): Promise<void>;
}

const startLimit = 60_000;

/** Starts the process; resolves when the mirror equals the engine. */
export async function startMirrorProcess(socket: string): Promise<MirrorProcess> {
  const child = fork(join(__dirname, 'mirrorChild.js'), [socket]);
  const forget = onExit(() => void sendSignal(child.pid, 'SIGKILL'));
  const rows = new Map<string, number>();
  const answers: Used[] = [];
  let ready = false;
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'row') rows.set(message.name, message.at);
    else if (message.kind === 'used') answers.push(message);
    else ready = true;
  });
  await until('the mirror is ready', () => ready, { timeout: startLimit });
  return {
    rowChanged: name => until(`the row of ${name} changes`, () => rows.get(name)),
    look: () => void child.send('look'),
    async used() {
      child.send('used');
      return until('the process tells what it used', () => answers.shift());
    },
    async dispose() {
      child.disconnect();
      await ended(child);
      forget();
    },
  };
}
