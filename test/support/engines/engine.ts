import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onExit } from '../cleanup';
import { freeze } from '../processes';
import { endLeftovers } from '../run/leftovers';
import { type EngineRecord, identify, newRecordId, writeRecord } from '../run/records';
import { busyboxArchive } from '../tools/busybox';
import type { DockerVersion } from '../tools/dockerEngine';
import { type Daemon, startDaemon } from './daemon';
import { engineTools } from './daemonCommand';
import { endEngine } from './endEngine';
import { createNamespace, dockerLinks, isForwarding } from './network';
import { type Api, rawApi } from './rawEngine';

export type EngineVersion = DockerVersion | 'podman';

export interface EngineOptions {
  /** Default: Docker Engine 20.10. */
  version?: EngineVersion;
  /** A folder that is kept with its data; default a temporary one that goes with the engine. */
  folder?: string;
  /** Whether the engine gets a network namespace of its own, out of reach of the machine's ports. Default true. */
  namespace?: boolean;
  /** More flags for the daemon. */
  flags?: readonly string[];
}

/** A real engine of the tests' own. */
export interface TestEngine {
  readonly kind: EngineVersion;
  /** The full version that the engine itself tells, as in 20.10.24. */
  readonly version: string;
  readonly socket: string;
  /** The socket as DOCKER_HOST has it. */
  readonly host: string;
  /** The engine's network namespace, as in `ip netns`; undefined when it shares the machine's. */
  readonly namespace: string | undefined;
  /** The daemon's process id; it changes with every start. */
  readonly pid: number;
  readonly api: Api;
  /** Runs the docker command-line client against this engine and returns what it printed. */
  docker: (...args: string[]) => Promise<string>;
  /** The path of that client. */
  readonly client: string;
  /** Makes the image `busybox:latest`, or another name, which needs no registry. */
  loadBusybox(tag?: string): Promise<void>;
  /** Sends the daemon a signal and returns at once. */
  kill(signal: NodeJS.Signals): void;
  /** Ends the daemon (default SIGTERM) and returns when it is gone. SIGKILL is a crash. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts a stopped daemon with the same data and returns when it answers. */
  start(): Promise<void>;
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Makes the daemon hang: sockets stay open and silent. */
  pause(): void;
  resume(): void;
  /** Ends the engine and removes all that it made. */
  dispose(): Promise<void>;
}

/** Starts an engine, installing it first where needed. Whoever starts it disposes it; a run that dies leaves no engine behind. */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  endLeftovers();
  const { version = '20.10', namespace = true } = options;
  const tools = await engineTools(version);
  const record = await newRecord(version, options.folder, namespace);
  writeRecord(record);
  const forget = onExit(() => endEngine(record));
  const dispose = (): void => {
    forget();
    endEngine(record);
  };
  try {
    if (namespace) await createNamespace(record.id);
    const settings = {
      tools,
      folder: record.folder,
      namespace: namespace ? record.id : undefined,
      flags: options.flags,
    };
    return await makeEngine(version, await startDaemon(settings), dispose);
  } catch (error) {
    dispose();
    throw error;
  }
}

async function newRecord(
  version: EngineVersion,
  folder: string | undefined,
  namespace: boolean,
): Promise<EngineRecord> {
  return {
    id: newRecordId(),
    kind: version === 'podman' ? 'podman' : 'docker',
    folder: folder ?? (await mkdtemp(join(tmpdir(), 'quayside-'))),
    keep: folder !== undefined,
    namespace,
    linksBefore: dockerLinks(),
    forwardedBefore: isForwarding(),
    owner: identify(process.pid),
  };
}

async function makeEngine(kind: EngineVersion, daemon: Daemon, dispose: () => void): Promise<TestEngine> {
  const api = rawApi(daemon.socket);
  const { Version } = (await api('GET', '/version')) as { Version: string };
  return {
    kind,
    version: Version,
    socket: daemon.socket,
    host: `unix://${daemon.socket}`,
    namespace: daemon.namespace,
    get pid() {
      return daemon.pid;
    },
    api,
    docker: daemon.docker,
    client: daemon.client,
    loadBusybox: tag => loadBusybox(api, tag),
    kill: signal => daemon.signal(signal),
    stop: signal => daemon.stop(signal),
    start: () => daemon.start(),
    async restart(signal) {
      await daemon.stop(signal);
      await daemon.start();
    },
    pause: () => freeze(daemon.pid),
    resume: () => daemon.signal('SIGCONT'),
    dispose: async () => {
      daemon.forget();
      dispose();
      await Promise.resolve();
    },
  };
}

async function loadBusybox(api: Api, tag = 'busybox:latest'): Promise<void> {
  const archive = createReadStream(await busyboxArchive());
  await once(archive, 'open');
  const changes = ['CMD ["sh"]', 'ENV PATH=/bin'].map(change => `&changes=${encodeURIComponent(change)}`).join('');
  const [repo, name = 'latest'] = tag.split(':');
  await api('POST', `/images/create?fromSrc=-&repo=${repo}&tag=${name}${changes}`, archive);
}
