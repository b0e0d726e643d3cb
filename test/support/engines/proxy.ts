import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '../temporaryFolder';
import { newPassage, type SeenRequest } from './proxyPassage';

/** A socket in front of an engine's socket that lets everything through, remembers the requests, and can make faults. */
export interface EngineProxy {
  readonly socket: string;
  /** As DOCKER_HOST has it. */
  readonly host: string;
  /** In the order in which they came, since the last reset. */
  readonly requests: readonly SeenRequest[];
  reset(): void;
  /** Destroys all open connections. */
  cut(): void;
  /** While it hangs, connections and requests are accepted and nothing passes in either direction. */
  hang(hanging: boolean): void;
  /** Answers 403 to requests whose path and query match; undefined lets all through again. */
  forbid(paths: RegExp | undefined): void;
  /** Destroys all connections and takes the socket away; `accept` brings it back. */
  refuse(): void;
  accept(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts a proxy in front of an engine's socket. */
export async function startProxy(target: string): Promise<EngineProxy> {
  const folder = temporaryFolder('proxy');
  const socket = join(folder.path, 'docker.sock');
  const requests: SeenRequest[] = [];
  const passage = newPassage(target, seen => requests.push(seen));
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, passage.request);
  server.on('upgrade', passage.upgrade);
  server.on('connection', passage.connection);

  const accept = async (): Promise<void> => {
    server.listen(socket);
    await once(server, 'listening');
  };
  const refuse = (): void => {
    if (server.listening) server.close();
    passage.cut();
    rmSync(socket, { force: true });
  };
  await accept();

  return {
    socket,
    host: `unix://${socket}`,
    requests,
    reset: () => void requests.splice(0),
    cut: passage.cut,
    hang: passage.hang,
    forbid: passage.forbid,
    refuse,
    accept,
    async dispose() {
      refuse();
      folder.remove();
      await Promise.resolve();
    },
  };
}
