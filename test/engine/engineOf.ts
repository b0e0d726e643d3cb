import { EngineClient } from '../../src/engine/client/client';
import type { Engine } from '../../src/engine/connection/engine';
import { identify } from '../../src/engine/connection/identity';
import { parseEndpoint } from '../../src/engine/endpoints/endpoint';

/** The engine at a socket, as operations take it. */
export async function engineOf({ socket }: { socket: string }): Promise<Engine> {
  const endpoint = parseEndpoint(`unix://${socket}`, 'setting');
  const pinger = new EngineClient(endpoint.address);
  const identity = await identify(pinger);
  pinger.close();
  const reopen = (): EngineClient => new EngineClient(endpoint.address, identity.apiVersion);
  return { client: reopen(), endpoint, identity, reopen };
}
