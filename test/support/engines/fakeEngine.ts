import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineClient } from '../../../src/engine/client/client';
import type { Engine } from '../../../src/engine/connection/engine';
import { type Endpoint, parseEndpoint } from '../../../src/engine/endpoints/endpoint';

export type Entry = Record<string, unknown>;

export interface SeenRequest {
  method: string;
  /** Without version. */
  path: string;
  version: string | undefined;
  query: URLSearchParams;
  /** The `filters` of the query. */
  filters: Record<string, string[]>;
  body: string;
}

type Answer = (request: SeenRequest, response: http.ServerResponse) => unknown;

/** A server that speaks like an engine with invented content, to make faults that a real engine will not. */
export class FakeEngine {
  readonly folder = mkdtempSync(join(tmpdir(), 'quayside-fake-'));
  readonly socketPath = join(this.folder, 'engine.sock');
  readonly requests: SeenRequest[] = [];
  readonly sockets = new Set<Socket>();
  readonly streams = new Set<http.ServerResponse>();
  /** How many connections clients have made. */
  connections = 0;
  /** The most sockets that clients had open at once. */
  mostSockets = 0;
  pingHeaders: Record<string, string> = { 'Api-Version': '1.41', Server: 'Docker/20.10.24 (linux)' };
  containers: Entry[] = [];
  images: Entry[] = [];
  networks: Entry[] = [];
  volumes: Entry[] = [];
  /** Answers instead of the usual answers, by unversioned path; may leave the request unanswered. */
  readonly answers = new Map<string, Answer>();
  readonly #held: (() => void)[] = [];
  #holding = false;
  #server: http.Server | undefined;

  /** Begins to listen, on the socket or on a TCP port of its own. */
  async start(where: 'socket' | 'tcp' = 'socket'): Promise<this> {
    const server = http.createServer((message, response) => void this.#receive(message, response));
    server.keepAliveTimeout = 0;
    server.on('connection', socket => {
      this.connections++;
      this.sockets.add(socket);
      this.mostSockets = Math.max(this.mostSockets, this.sockets.size);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.#server = server;
    await new Promise<void>(resolve => {
      if (where === 'tcp') server.listen(0, '127.0.0.1', resolve);
      else server.listen(this.socketPath, resolve);
    });
    return this;
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo).port;
  }

  get endpoint(): Endpoint {
    return parseEndpoint(`unix://${this.socketPath}`, 'setting');
  }

  /** An engine object for operations, without a connection that keeps it. */
  engine(apiVersion = '1.41', flavour: 'docker' | 'podman' = 'docker'): Engine {
    const reopen = (): EngineClient => new EngineClient(this.endpoint.address, apiVersion);
    const version = flavour === 'podman' ? '4.3.1' : '';
    return { client: reopen(), endpoint: this.endpoint, identity: { flavour, version, apiVersion }, reopen };
  }

  /** The requests for a path, in the order in which they came. */
  to(path: string): SeenRequest[] {
    return this.requests.filter(request => request.path === path);
  }

  /** Sends an event to everyone who reads the events; text goes as it is. */
  emit(event: Entry | string): void {
    const line = typeof event === 'string' ? event : `${JSON.stringify(event)}\n`;
    for (const stream of this.streams) stream.write(line);
  }

  /** Ends the event streams as if all were well. */
  endStreams(): void {
    for (const stream of this.streams) stream.end();
  }

  /** Closes every socket in the middle of whatever it does. */
  breakSockets(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** From now on requests are taken and not answered. */
  hang(): void {
    this.#holding = true;
  }

  /** Answers what was held back, and goes on. */
  resume(): void {
    this.#holding = false;
    for (const answer of this.#held.splice(0)) answer();
  }

  /** As a crash does: sockets break. A server that closes removes its socket file. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.breakSockets();
    await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)));
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #receive(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of message) chunks.push(chunk as Buffer);
    } catch {
      return; // The client left in mid-request.
    }
    const request = seenRequest(message, Buffer.concat(chunks).toString());
    this.requests.push(request);
    if (this.#holding) this.#held.push(() => this.#answer(request, response));
    else this.#answer(request, response);
  }

  #answer(request: SeenRequest, response: http.ServerResponse): void {
    const answer = this.answers.get(request.path) ?? this.#usual[request.path];
    if (answer) answer(request, response);
    else sendJson(response, 404, { message: 'page not found' });
  }

  readonly #usual: Record<string, Answer> = {
    '/_ping': (_, response) => {
      response.writeHead(200, this.pingHeaders).end('OK');
    },
    '/events': (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
      this.streams.add(response);
      response.on('close', () => this.streams.delete(response));
    },
    '/containers/json': ({ filters }, response) => sendJson(response, 200, withIds(this.containers, filters['id'])),
    '/libpod/containers/json': ({ filters }, response) =>
      sendJson(response, 200, withIds(this.containers.map(libpodEntry), filters['id'])),
    '/images/json': (_, response) => sendJson(response, 200, this.images),
    '/networks': ({ filters }, response) => sendJson(response, 200, withIds(this.networks, filters['id'])),
    '/volumes': (_, response) => sendJson(response, 200, { Volumes: this.volumes, Warnings: null }),
  };
}

export function sendJson(response: http.ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

export function containerEntry(id: string, more: Entry = {}): Entry {
  const base = {
    Id: id,
    Names: [`/${id}`],
    Image: 'busybox',
    ImageID: 'sha256:i',
    State: 'running',
    Status: 'Up 2 hours',
  };
  return { ...base, Created: 1_700_000_000, Labels: {}, Ports: [], Mounts: [], ...more };
}

/** A container in Podman's own list, which has the health as its status. */
function libpodEntry({ Id, Status }: Entry): Entry {
  const [, health] = /\((?:health: )?(\w+)\)/.exec(String(Status)) ?? [];
  return { Id, Status: health ?? '' };
}

/** An event as engines before API 1.52 send it. */
export function event(type: string, action: string, id: string, attributes: Record<string, string> = {}): Entry {
  return { status: action, id, from: 'busybox', Type: type, Action: action, Actor: { ID: id, Attributes: attributes } };
}

function withIds(entries: readonly Entry[], ids: readonly string[] | undefined): readonly Entry[] {
  return ids ? entries.filter(entry => ids.includes(String(entry['Id']))) : entries;
}

function seenRequest(message: http.IncomingMessage, body: string): SeenRequest {
  const url = new URL(message.url ?? '/', 'http://engine');
  const [, version, path = url.pathname] = /^\/v([\d.]+)(\/.*)$/.exec(url.pathname) ?? [];
  const filters = JSON.parse(url.searchParams.get('filters') ?? '{}') as Record<string, string[]>;
  return { method: message.method ?? '', path, version, query: url.searchParams, filters, body };
}
