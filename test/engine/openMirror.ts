import { Connection } from '../../src/engine/connection/connection';
import { parseEndpoint } from '../../src/engine/endpoints/endpoint';
import { Mirror } from '../../src/engine/mirror/mirror';

/** A mirror and the connection that it sees its engine through. Who opens them disposes both. */
export interface OpenMirror {
  readonly connection: Connection;
  readonly mirror: Mirror;
}

/** Mirrors the engine at an address, as DOCKER_HOST has it, and waits until all is read; `watched` as by a view. */
export async function openMirror(host: string, { watched = false } = {}): Promise<OpenMirror> {
  const endpoint = parseEndpoint(host, 'setting');
  const connection = new Connection({ candidates: () => [endpoint] });
  const mirror = new Mirror(connection);
  connection.start();
  if (watched) connection.watch();
  await mirror.whenReady();
  return { connection, mirror };
}
