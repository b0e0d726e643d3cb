import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type NetConnectOpts, type Server } from 'node:net';
import { join } from 'node:path';
import { Random } from '../random';
import { temporaryFolder } from '../temporaryFolder';
import { type Fault, FaultLink } from './faultLink';

/** A request whose head went through the proxy. */
export interface PassedRequest {
  method: string;
  /** With version and query. */
  path: string;
}

/** A socket in front of an engine's that passes bytes on, or does not: each connection may have a fault of its own. */
export interface FaultProxy {
  readonly socket: string;
  /** As DOCKER_HOST has it. */
  readonly host: string;
  /** Since the last reset, in the order in which they came. */
  readonly requests: readonly PassedRequest[];
  /** The connections that are open. */
  readonly links: ReadonlySet<FaultLink>;
  reset(): void;
  /**
   * Gives a fault to every connection that is open, or that comes before the proxy is healed: or to that share of them,
   * drawn by the seed.
   */
  afflict(fault: Fault, share?: number): void;
  /** New connections have no fault any more, and those that are open recover. */
  heal(): void;
  /** Destroys all connections and takes the socket away; `accept` brings it back. */
  refuse(): void;
  accept(): Promise<void>;
  /** Puts a new socket in the place of the old one, whose connections break. */
  replace(): Promise<void>;
  dispose(): void;
}

export interface FaultProxyOptions {
  /** The seed that decides which connections get a fault. */
  random?: Random;
}

/** Starts a proxy in front of an engine's socket, or of a TCP port. */
export async function startFaultProxy(
  target: string | NetConnectOpts,
  { random = new Random() }: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const folder = temporaryFolder('faults');
  const socket = join(folder.path, 'docker.sock');
  const upstream = typeof target === 'string' ? { path: target } : target;
  const links = new Set<FaultLink>();
  const requests: PassedRequest[] = [];
  let current: { fault: Fault; share: number } | undefined;
  let server: Server | undefined;

  const afflictSome = (link: FaultLink): void => {
    if (current && random.chance(current.share)) link.afflict(current.fault);
  };
  const accept = async (): Promise<void> => {
    server = createServer({ allowHalfOpen: true }, client => {
      const link = new FaultLink(client, upstream, random, bytes => requests.push(...requestsIn(bytes)));
      links.add(link);
      client.once('close', () => links.delete(link));
      afflictSome(link);
    });
    server.listen(socket);
    await once(server, 'listening');
  };
  const refuse = (): void => {
    server?.close();
    server = undefined;
    for (const link of links) link.destroy();
    rmSync(socket, { force: true });
  };
  await accept();

  return {
    socket,
    host: `unix://${socket}`,
    requests,
    links,
    reset: () => void requests.splice(0),
    afflict: (fault, share = 1) => {
      current = { fault, share };
      for (const link of links) afflictSome(link);
    },
    heal: () => {
      current = undefined;
      for (const link of links) link.heal();
    },
    refuse,
    accept,
    replace: async () => {
      refuse();
      await accept();
    },
    dispose: () => {
      refuse();
      folder.remove();
    },
  };
}

function requestsIn(bytes: Buffer): PassedRequest[] {
  const heads = bytes.toString('latin1').matchAll(/^([A-Z]+) (\S+) HTTP\/1\.1\r$/gm);
  return [...heads].map(([, method = '', path = '']) => ({ method, path }));
}
