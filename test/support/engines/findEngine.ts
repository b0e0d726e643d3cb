import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { type Address, endpointCandidates, parseEndpoint } from '../../../src/engine/endpoints/endpoint';

export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
}

/** An engine's address as DOCKER_HOST has it, and who named it. */
export interface FoundEngine {
  url: string;
  source: string;
}

/** The engine that a person works with: of those named, in the docker client's own order, the first that answers. */
export async function findEngine(environment: Environment): Promise<FoundEngine | undefined> {
  for (const candidate of await engineCandidates(environment)) {
    if (await answers(candidate.url)) return candidate;
  }
  return undefined;
}

/** DOCKER_HOST, the current docker context, the default sockets. */
export async function engineCandidates({ env, platform, home }: Environment): Promise<FoundEngine[]> {
  const named = env['DOCKER_HOST'] ? [{ url: env['DOCKER_HOST'], source: 'DOCKER_HOST' }] : [];
  const context = await currentContext(env, home);
  const around = { env: { ...env, DOCKER_HOST: undefined }, platform, home };
  const defaults = await endpointCandidates({ setting: 'default', ...around });
  return [...named, ...(context ? [context] : []), ...defaults.map(({ url }) => ({ url, source: 'a default socket' }))];
}

/** Whether an engine answers a ping at the address; an address of a kind that Quayside does not know has none. */
export async function answers(url: string, timeout = 3_000): Promise<boolean> {
  try {
    return await ping(parseEndpoint(url, 'environment').address, timeout);
  } catch {
    return false; // The address cannot be read: the next one may.
  }
}

/** The endpoint of the docker client's current context, as it keeps it in its configuration folder. */
async function currentContext(env: Environment['env'], home: string): Promise<FoundEngine | undefined> {
  const folder = env['DOCKER_CONFIG'] ?? join(home, '.docker');
  const configuration = (await readJson(join(folder, 'config.json'))) as { currentContext?: unknown } | undefined;
  const name = env['DOCKER_CONTEXT'] ?? configuration?.currentContext;
  if (typeof name !== 'string' || name === '' || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(join(folder, 'contexts', 'meta', id, 'meta.json'));
  const url = (meta as { Endpoints?: { docker?: { Host?: unknown } } } | undefined)?.Endpoints?.docker?.Host;
  return typeof url === 'string' ? { url, source: `the docker context ${name}` } : undefined;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined; // Not there, or not to be read: as good as not there.
  }
}

function ping(address: Address, timeout: number): Promise<boolean> {
  const target = address.kind === 'tcp' ? { host: address.host, port: address.port } : { socketPath: address.path };
  return new Promise(resolve => {
    const call = request({ ...target, path: '/_ping', agent: false, timeout }, answer => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    call.on('error', () => resolve(false));
    call.on('timeout', () => call.destroy());
    call.end();
  });
}
