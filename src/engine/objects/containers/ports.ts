import { type Address, isLoopback } from '../../endpoints/address';
import type { Port } from './row';

const everywhere = new Set(['0.0.0.0', '::', '']);

/** The host and port that lead to a published port from here; undefined when it is not published. */
export function publishedAt({ ip = '', publicPort }: Port, engine: Address): string | undefined {
  if (publicPort === undefined) return undefined;
  const host = everywhere.has(ip) ? ('host' in engine ? engine.host : 'localhost') : ip;
  return `${host.includes(':') ? `[${host}]` : host}:${publicPort}`;
}

/** Whether a browser could open the port, if it can reach its machine. */
export function isWebPort({ protocol, publicPort }: Port): boolean {
  return protocol === 'tcp' && publicPort !== undefined;
}

/** Whether a port is published only inside the engine's machine, and that is another machine than this. */
export function isOutOfReach({ ip = '' }: Port, engine: Address): boolean {
  return isLoopback(ip) && 'host' in engine && !isLoopback(engine.host);
}

/** The address that opens a published TCP port in a browser; undefined for other ports, and for those out of reach. */
export function portUrl(port: Port, engine: Address): string | undefined {
  const at = publishedAt(port, engine);
  if (at === undefined || !isWebPort(port) || isOutOfReach(port, engine)) return undefined;
  const secure = [port.privatePort, port.publicPort].some(number => number === 443 || number === 8443);
  return `${secure ? 'https' : 'http'}://${at}`;
}
