import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { until } from '../until';

/** An answer of the engine that is not a success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Sends one request and returns the parsed answer (text when it is not JSON, undefined when it is empty). */
export type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** What `runContainer` takes; everything else goes in as the Engine API's own fields through `extra`. */
export interface ContainerOptions {
  name?: string;
  image?: string;
  command?: readonly string[];
  labels?: Readonly<Record<string, string>>;
  host?: Readonly<Record<string, unknown>>;
  extra?: Readonly<Record<string, unknown>>;
}

/**
 * The Engine API on a Unix socket with nothing but Node's http: the tests' own view of an engine, independent of what is
 * tested. A body that is a Buffer or a stream goes as a tar archive, anything else as JSON.
 */
export function rawApi(socketPath: string, timeout = 60_000): Api {
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const sent = encodeBody(body);
      const call = request({ socketPath, method, path, headers: sent.headers, agent: false, timeout }, answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const status = answer.statusCode ?? 0;
          if (status < 300 || status === 304) resolve(parse(text));
          else reject(new ApiError(status, `${method} ${path}: ${status} ${text.trim()}`));
        });
      });
      call.on('error', reject);
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer within ${timeout} ms`)));
      if (isStream(sent.content)) sent.content.pipe(call);
      else call.end(sent.content);
    });
}

/** Settings of a container without a network of its own, which would take nearly half the time of its start and end. */
export const quickest = { NetworkMode: 'host' };

/** Creates a container (by default `sleep` of the busybox image) without starting it; returns its id. */
export async function createContainer(api: Api, options: ContainerOptions = {}): Promise<string> {
  const { name, image = 'busybox:latest', command = ['sleep', '1000000'], labels = {}, host = {}, extra } = options;
  const query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`;
  const body = { Image: image, Cmd: command, Labels: labels, StopTimeout: 1, HostConfig: host, ...extra };
  const answer = (await api('POST', `/containers/create${query}`, body)) as { Id: string };
  return answer.Id;
}

/** Creates and starts a container; returns its id. */
export async function runContainer(api: Api, options: ContainerOptions = {}): Promise<string> {
  const id = await createContainer(api, options);
  await api('POST', `/containers/${id}/start`);
  return id;
}

/** Removes every container, user network and volume, so that tests which share an engine start with an empty one. */
export async function removeEverything(api: Api): Promise<void> {
  const containers = (await api('GET', '/containers/json?all=1')) as { Id: string; State: string }[];
  await Promise.all(containers.map(container => removeContainer(api, container)));
  const networks = (await api('GET', '/networks')) as { Id: string; Name: string }[];
  const own = networks.filter(network => !['bridge', 'host', 'none', 'podman'].includes(network.Name));
  await Promise.all(own.map(({ Id }) => api('DELETE', `/networks/${Id}`)));
  const { Volumes } = (await api('GET', '/volumes')) as { Volumes: { Name: string }[] | null };
  await Promise.all((Volumes ?? []).map(({ Name }) => api('DELETE', `/volumes/${encodeURIComponent(Name)}?force=1`)));
}

async function removeContainer(api: Api, { Id, State }: { Id: string; State: string }): Promise<void> {
  // Podman takes a second to end what runs when it is to remove it. What ended by itself meanwhile is removed all the same.
  if (State === 'running') await api('POST', `/containers/${Id}/kill`).catch(() => undefined);
  await api('DELETE', `/containers/${Id}?force=1&v=1`);
}

/** Waits until a container has printed a text, e.g. that it heeds signals from now on. */
export async function untilPrinted(api: Api, id: string, text: string): Promise<void> {
  const printed = async (): Promise<boolean> =>
    String(await api('GET', `/containers/${id}/logs?stdout=1`)).includes(text);
  await until(`${id} prints “${text}”`, printed, { timeout: 20_000, interval: 20 });
}

/** Removes every image, whoever uses it: those first that no other is made from. */
export async function removeImages(api: Api): Promise<void> {
  const list = async (): Promise<string[]> => {
    const images = (await api('GET', '/images/json?all=1')) as { Id: string }[];
    return images.map(({ Id }) => Id);
  };
  let left = await list();
  while (left.length > 0) {
    const refusals: unknown[] = [];
    for (const id of left) await api('DELETE', `/images/${id}?force=1`).catch((error: unknown) => refusals.push(error));
    const before = left.length;
    left = await list();
    if (left.length === before) throw new AggregateError(refusals, 'No image could be removed');
  }
}

function encodeBody(body: unknown): { headers: Record<string, string>; content?: string | Buffer | Readable } {
  if (body === undefined) return { headers: {} };
  if (Buffer.isBuffer(body) || isStream(body)) {
    return { headers: { 'Content-Type': 'application/x-tar' }, content: body };
  }
  const content = JSON.stringify(body);
  return {
    headers: { 'Content-Type': 'application/json', 'Content-Length': `${Buffer.byteLength(content)}` },
    content,
  };
}

function isStream(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && 'pipe' in value;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text; // Plain text as of /_ping, or a sequence of JSON objects as of a pull.
  }
}
