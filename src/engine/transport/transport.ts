import http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { type Address, shortName } from '../endpoints/address';
import { connectionClosed } from '../errors';
import type { Dialer } from './dialer';
import { SshAccess } from './sshAccess';
import { connectTcp } from './tcp';
import { TlsDialer } from './tls';

/** How requests reach one engine, whatever its address. Every connection carries plain HTTP, upgraded ones too. */
export interface Transport {
  /** For short reads, which share a few sockets. */
  readonly reads: http.Agent;
  /** For requests that change something. */
  readonly calls: http.Agent;
  /** For requests that wait (streams, exec). Each has its own socket, so that it delays no other. */
  readonly waits: http.Agent;
  /** For pings: one kept connection. When old connections die unnoticed, it dies with them, and a ping tells. */
  readonly beats: http.Agent;
  /** What to send as `Host`. */
  readonly host: string;
  /**
   * Prepares connections: reads certificates, logs in. Connections that are asked for before wait for it. Fails with an
   * EngineError, and can be called again then.
   */
  open(signal?: AbortSignal): Promise<void>;
  /** The error of a failed request, as an EngineError where this transport knows the cause. */
  explain(error: unknown): unknown;
  /** Ends all connections. */
  close(): void;
}

/**
 * All reads share these. The mirror runs six lists at most, so commands always have one left. With the events and the
 * pings that is less than the ten sessions that an ssh server usually grants.
 */
const maxReadSockets = 7;
/** Requests that change something have their own sockets: enough for two commands on many objects each. */
const maxCallSockets = 64;

/**
 * The transport to an address. Nothing is connected before the first request or `open`. Whoever makes it closes it.
 * @param given the access over ssh that is shared with earlier logins to the same engine; without it ssh can ask
 * nothing
 */
export function openTransport(address: Address, given?: SshAccess): Transport {
  const ssh = given ?? new SshAccess();
  const dialer = makeDialer(address, ssh);
  const reads = new EngineAgent(dialer, { keepAlive: true, maxSockets: maxReadSockets });
  const calls = new EngineAgent(dialer, { keepAlive: false, maxSockets: maxCallSockets });
  const waits = new EngineAgent(dialer, { keepAlive: false });
  const beats = new EngineAgent(dialer, { keepAlive: true, maxSockets: 1 });
  return {
    reads,
    calls,
    waits,
    beats,
    host: address.kind === 'tcp' ? shortName(address) : 'localhost',
    open: signal => dialer.open(signal),
    explain: error => dialer.explain(error),
    close: () => {
      for (const agent of [reads, calls, waits, beats]) agent.end();
      dialer.close();
      if (!given) ssh.dispose();
    },
  };
}

function makeDialer(address: Address, ssh: SshAccess): Dialer {
  switch (address.kind) {
    case 'unix':
    case 'npipe':
      return plainDialer(() => net.connect(address.path));
    case 'tcp':
      return address.tls ? new TlsDialer(address, address.tls) : plainDialer(() => connectTcp(address));
    case 'ssh':
      return ssh.dialerTo(address);
  }
}

function plainDialer(connect: () => net.Socket): Dialer {
  return { open: () => Promise.resolve(), connect, explain: error => error, close: () => undefined };
}

class EngineAgent extends http.Agent {
  readonly #dialer: Dialer;
  #ended = false;

  constructor(dialer: Dialer, options: http.AgentOptions) {
    super(options);
    this.#dialer = dialer;
  }

  /** Ends all sockets, even those that are still being made. */
  end(): void {
    this.#ended = true;
    this.destroy();
  }

  /** Node may ask for a connection after the end, for a request that waited for a socket. */
  createConnection(_options: unknown, callback: (error: Error | null, socket: Duplex) => void): Duplex | undefined {
    const made = this.#ended ? Promise.reject(connectionClosed()) : this.#dialer.connect();
    if (!(made instanceof Promise)) return made;
    made.then(
      socket => {
        if (this.#ended) socket.destroy();
        callback(null, socket);
      },
      (error: unknown) => (callback as (error: unknown) => void)(error),
    );
    return undefined;
  }

  /**
   * docker-modem prints each request's options, agent and sockets included, for its debug log. This keeps that short.
   */
  [inspect.custom](): string {
    return 'EngineAgent';
  }
}
