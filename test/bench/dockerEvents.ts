import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onExit } from '../support/cleanup';
import type { TestEngine } from '../support/engines/engine';
import { ended, launch, sendSignal } from '../support/processes';
import { installDocker } from '../support/tools/dockerEngine';
import { until } from '../support/until';
import { now } from './clock';

/** When a rename happened by the engine's own clock, and when `docker events` had printed it; milliseconds. */
export interface Printed {
  happened: number;
  printed: number;
}

/** The command `docker events`, run beside what is measured: the reference of every latency. */
export interface DockerEvents {
  /** The rename to this name; fails when it is not printed within seconds. */
  renamedTo(name: string): Promise<Printed>;
  dispose(): Promise<void>;
}

interface Message {
  timeNano: number;
  Actor: { Attributes: { name?: string } };
}

export async function followDockerEvents(engine: TestEngine): Promise<DockerEvents> {
  const { docker, env } = await installDocker('20.10');
  const args = ['--host', engine.host, 'events', '--filter', 'event=rename', '--format', '{{json .}}'];
  const child: ChildProcess = launch(docker, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = onExit(() => void sendSignal(child.pid, 'SIGKILL'));
  const renames = new Map<string, Printed>();
  if (!child.stdout) throw new Error('docker events has no output');
  createInterface({ input: child.stdout }).on('line', line => {
    const printed = now();
    const { timeNano, Actor } = JSON.parse(line) as Message;
    renames.set(Actor.Attributes.name ?? '', { happened: timeNano / 1e6, printed });
  });
  return {
    renamedTo: name => until(`docker events prints the rename to ${name}`, () => renames.get(name)),
    dispose: async () => {
      sendSignal(child.pid, 'SIGTERM');
      await ended(child);
      forget();
    },
  };
}
