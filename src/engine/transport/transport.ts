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
  /** For what changes something. */
  readonly calls: http.Agent;
  /** For what waits (streams, exec): each has a socket of its own, so that it delays nothing else. */
  readonly waits: http.Agent;
  /** For pings: one connection, kept, so that what befalls the connections of its age befalls it too. */
  readonly beats: http.Agent;
  /** What to send as `Host`. */
  readonly host: string;
  /**
   * Makes ready what connections need: reads certificates, logs in. Connections made before wait for it. Fails with an
   * EngineError; once it has failed, it begins anew.
   */
  open(signal?: AbortSignal): Promise<void>;
  /** The cause of a failed request in a sentence where this transport knows it, else the error itself. */
  explain(error: unknown): unknown;
  /** Ends all connections. */
  close(): void;
}

/**
 * Reads share these. The mirror lists one kind at a time, six lists at the most, so one is always left to commands. With
 * the events and the pings they stay below the ten sessions that an ssh server grants as a rule.
 */
const maxReadSockets = 7;
/** What changes something has sockets of its own: enough for a command on many objects, and for a second one. */
const maxCallSockets = 64;

/**
 * The transport to an address. Nothing is connected before the first request or `open`. Whoever makes it closes it.
 * @param given the access over ssh that is shared with earlier logins to the same engine; without it ssh can ask nothing
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

  /** Ends the sockets, those too that are still being made. */
  end(): void {
    this.#ended = true;
    this.destroy();
  }

  /** Node asks for a connection after the end too, for a request that waited for a socket. */
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

  /** docker-modem renders each request's options for its debug log, sockets included: an agent shows as its name. */
  [inspect.custom](): string {
    return 'EngineAgent';
  }
}
