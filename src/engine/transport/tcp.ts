import net from 'node:net';
import { shortName } from '../endpoints/address';
import { EngineError } from '../errors';

/** Shorter than a ping's deadline, which tells a host that does not answer from an engine that hangs. */
const connectDeadlineMs = 4_000;
/** The same as in docker's own client. */
const keepAliveDelayMs = 30_000;

/** A TCP connection that fails when the host does not answer in time. */
export function connectTcp({ host, port }: { host: string; port: number }): net.Socket {
  const socket = net.connect({ host, port, keepAlive: true, keepAliveInitialDelay: keepAliveDelayMs });
  const where = shortName({ kind: 'tcp', host, port });
  const timer = setTimeout(() => {
    socket.destroy(new EngineError('unreachable', { code: 'hostSilent', where, ms: connectDeadlineMs }));
  }, connectDeadlineMs);
  for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
  return socket;
}
