import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ended, launch, run, sendSignal } from '../processes';
import type { DaemonCommand, EngineTools } from './daemonCommand';
import { rawApi } from './rawEngine';

export interface DaemonSettings {
  tools: EngineTools;
  folder: string;
  /** The network namespace to run in. */
  namespace: string | undefined;
  flags?: readonly string[] | undefined;
}

/** An engine's daemon process, which can be ended and started again on the same data. */
export interface Daemon {
  readonly socket: string;
  readonly namespace: string | undefined;
  readonly pid: number;
  readonly client: string;
  docker: (...args: string[]) => Promise<string>;
  signal(signal: NodeJS.Signals): void;
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  start(): Promise<void>;
  /** From now on, the daemon's end is expected. */
  forget(): void;
}

const startLimit = 60_000;

/** Starts the daemon and waits until it answers. */
export async function startDaemon(settings: DaemonSettings): Promise<Daemon> {
  const { tools, folder, namespace } = settings;
  const socket = join(folder, 'docker.sock');
  await mkdir(folder, { recursive: true });
  const command = await tools.prepare(folder, socket);
  const env = await clientEnvironment(settings, socket);
  let child = await startOnce(settings, socket, command);

  return {
    socket,
    namespace,
    get pid() {
      return child.pid ?? 0;
    },
    client: tools.client.docker,
    docker: (...args) => run(tools.client.docker, args, { env }),
    signal: signal => void sendSignal(child.pid, signal),
    async stop(signal = 'SIGTERM') {
      sendSignal(child.pid, 'SIGCONT');
      sendSignal(child.pid, signal);
      await ended(child);
    },
    async start() {
      await reaped(join(folder, 'exec/containerd/containerd.pid'));
      child = await startOnce(settings, socket, command);
    },
    forget: () => child.unref(),
  };
}

async function startOnce(settings: DaemonSettings, socket: string, command: DaemonCommand): Promise<ChildProcess> {
  const { folder, namespace, flags = [] } = settings;
  const enter = namespace === undefined ? [] : ['nsenter', `--net=/var/run/netns/${namespace}`];
  const [program = '', ...args] = [...enter, command.program, ...command.args, ...flags];
  const logFile = join(folder, 'daemon.log');
  const log = openSync(logFile, 'a');
  const child = launch(program, args, { env: command.env, stdio: ['ignore', log, log] });
  closeSync(log);
  await answering(child, socket, logFile);
  return child;
}

/**
 * Waits until the containerd of a crashed dockerd is gone for good. Some init processes reap dead processes only
 * now and then, and dockerd takes a dead containerd for a living one while its process id exists.
 */
async function reaped(pidFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const process = `/proc/${readFileSync(pidFile, 'utf8').trim()}`;
  const deadline = Date.now() + 5_000;
  while (existsSync(process) && Date.now() < deadline) await delay(20);
}

async function answering(child: ChildProcess, socket: string, logFile: string): Promise<void> {
  const ping = rawApi(socket, 2_000);
  const deadline = Date.now() + startLimit;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    try {
      await ping('GET', '/_ping');
      return;
    } catch {
      await delay(50); // Not yet.
    }
  }
  const lastLines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
  throw new Error(`The engine did not start. Its last words:\n${lastLines}`);
}

/** The client's own configuration folder keeps the person's contexts and credentials out of the tests. */
async function clientEnvironment({ tools, folder }: DaemonSettings, socket: string): Promise<NodeJS.ProcessEnv> {
  const configuration = join(folder, 'client');
  await mkdir(configuration, { recursive: true });
  await writeFile(join(configuration, 'config.json'), JSON.stringify({ cliPluginsExtraDirs: [tools.client.plugins] }));
  return { ...tools.client.env, DOCKER_CONFIG: configuration, DOCKER_HOST: `unix://${socket}` };
}
