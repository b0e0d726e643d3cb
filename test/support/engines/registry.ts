import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onExit } from '../cleanup';
import { launch, run, systemEnvironment } from '../processes';
import { endServer } from '../run/leftovers';
import { identify, newRecordId, type ServerRecord, writeRecord } from '../run/records';
import { installRegistry } from '../tools/dockerRegistry';
import { until } from '../until';
import type { TestEngine } from './engine';

/** A real registry beside an engine, in its network. */
export interface TestRegistry {
  /** As references name it, e.g. `127.0.0.1:5000`. */
  readonly host: string;
  /** Falsifies a byte of each layer that the registry holds: a pull fails in its middle. */
  damage(): void;
  dispose(): void;
}

const port = 5000;

/** Starts a registry on the loopback address of the engine's own network namespace, installing it first where needed. */
export async function startRegistry(engine: TestEngine): Promise<TestRegistry> {
  if (engine.namespace === undefined) throw new Error('The registry needs an engine with its own network namespace.');
  const program = await installRegistry();
  const folder = await mkdtemp(join(tmpdir(), 'quayside-registry-'));
  const blobs = join(folder, 'data', 'docker', 'registry', 'v2', 'blobs');
  const configuration = {
    version: '0.1',
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, cache: { blobdescriptor: 'inmemory' } },
    http: { addr: `127.0.0.1:${port}` },
  };
  await writeFile(join(folder, 'config.yml'), JSON.stringify(configuration));
  const log = openSync(join(folder, 'registry.log'), 'a');
  const enter = [`--net=/var/run/netns/${engine.namespace}`, program, 'serve', join(folder, 'config.yml')];
  const child = launch('nsenter', enter, { stdio: ['ignore', log, log] });
  closeSync(log);
  const server = identify(child.pid ?? 0);
  const record: ServerRecord = { kind: 'server', id: newRecordId(), folder, owner: identify(process.pid), server };
  writeRecord(record);
  const forget = onExit(() => endServer(record));
  const dispose = (): void => {
    child.unref();
    forget();
    endServer(record);
  };
  try {
    await until('the registry listens', () => listens(engine.namespace ?? ''), { timeout: 20_000, interval: 50 });
  } catch (error) {
    const lastWords = readFileSync(join(folder, 'registry.log'), 'utf8').slice(-1_000);
    dispose();
    throw new Error(`The registry did not start. Its last words:\n${lastWords}`, { cause: error });
  }
  return { host: `127.0.0.1:${port}`, damage: () => falsifyLayers(blobs), dispose };
}

/** Whether something listens on the port within the namespace. */
async function listens(namespace: string): Promise<boolean> {
  const sockets = await run('nsenter', [`--net=/var/run/netns/${namespace}`, 'cat', '/proc/net/tcp'], {
    env: systemEnvironment(),
  });
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return sockets.split('\n').some(line => line.includes(`${local} 00000000:0000 0A`));
}

/** Layers are the only large blobs. */
function falsifyLayers(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const path = join(folder, name);
    if (!name.endsWith('/data') || statSync(path).size < 100_000) continue;
    const file = openSync(path, 'r+');
    writeSync(file, 'falsified', 50_000);
    closeSync(file);
  }
}

/** Pushes an image through the engine; fails with what the engine tells of a failure. */
export async function push(engine: TestEngine, reference: string): Promise<void> {
  const colon = reference.lastIndexOf(':');
  const path = `/images/${reference.slice(0, colon)}/push?tag=${reference.slice(colon + 1)}`;
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { 'X-Registry-Auth': Buffer.from('{}').toString('base64') };
    const call = request({ socketPath: engine.socket, method: 'POST', path, headers, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
  if (answer.includes('"error"') || answer.includes('"message"')) throw new Error(answer.slice(-500));
}
