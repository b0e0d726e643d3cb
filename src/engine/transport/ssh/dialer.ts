import net from 'node:net';
import type { Duplex } from 'node:stream';
import { shortName, type SshAddress } from '../../endpoints/address';
import { EngineError } from '../../errors';
import type { Dialer } from '../dialer';
import { stdioArguments, usualSocket } from './command';
import { engineFailure, loginFailure } from './failures';
import { SshLogin } from './login';
import type { SshMemory } from './memory';
import { StdioSocket } from './stdioSocket';

/** A peer that accepts a connection and stays silent for this long exists, though its engine may hang. */
const probeMs = 3_000;
const probeRequest = 'GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

/**
 * Connections to an engine on another host, all over one ssh login. ssh forwards the engine's socket; where it may not,
 * the docker command on the host makes the connections. The memory holds the login that reached the engine, so that an
 * engine that restarts is reached without another login. On Windows, where ssh cannot share a login, each connection is
 * a login of its own that cannot ask questions.
 */
export class SshDialer implements Dialer {
  #login: SshLogin | undefined;
  #make: (() => Duplex) | undefined;
  #opening: Promise<void> | undefined;

  constructor(
    private readonly address: SshAddress,
    private readonly memory: SshMemory,
  ) {}

  async open(signal?: AbortSignal): Promise<void> {
    this.#opening ??= this.#open(signal);
    try {
      await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      this.close();
      throw error;
    }
  }

  connect(): Duplex | Promise<Duplex> {
    const failure = this.#login?.failure;
    if (failure) return Promise.reject(failure);
    return this.#make?.() ?? this.open().then(() => this.connect());
  }

  explain(error: unknown): unknown {
    return error instanceof EngineError ? error : (this.#login?.failure ?? error);
  }

  close(): void {
    if (this.#login) this.memory.leave(this.#login);
  }

  async #open(signal: AbortSignal | undefined): Promise<void> {
    if (process.platform === 'win32') return this.#openAlone();
    const held = this.memory.loginTo(this.address);
    if (held && (await this.#isReached(held))) return;
    const login = new SshLogin(this.address, this.memory);
    this.#login = login;
    await login.open(signal);
    const forwards = await this.#forwards(login);
    if (login.failure) throw login.failure; // Without this login, ssh would make another.
    login.route = forwards ? 'forwarded' : await this.#stdio(login);
    this.#make = this.#maker(login);
    this.memory.hold(this.address, login);
  }

  /**
   * Whether a login that reached the engine before still does, even if the engine hangs. A login whose host does not
   * answer is ended. Fails when the host answers and the engine is away.
   */
  async #isReached(login: SshLogin): Promise<boolean> {
    this.#login = login;
    this.#make = this.#maker(login);
    const probed = await probe(this.#make());
    if (probed === 'answered' || (probed === 'silent' && (await login.isAnswered()))) return true;
    if (probed === 'closed' && !login.failure) throw this.#engineFailure('connect failed', '');
    login.dispose();
    return false;
  }

  #maker(login: SshLogin): () => Duplex {
    return login.route === 'forwarded' ? () => net.connect(login.forwarded) : () => this.#stdioSocket(login);
  }

  #stdioSocket(login?: SshLogin): StdioSocket {
    const args = stdioArguments(this.address, login?.control, this.memory.options.arguments ?? []);
    return new StdioSocket('ssh', args, login?.env ?? process.env);
  }

  /** Whether the forwarded socket reaches the engine. */
  async #forwards(login: SshLogin): Promise<boolean> {
    try {
      await login.forward();
    } catch {
      return false; // The next attempt is the one that counts, and tells why.
    }
    return (await probe(net.connect(login.forwarded))) !== 'closed';
  }

  async #stdio(login: SshLogin): Promise<'stdio'> {
    const first = this.#stdioSocket(login);
    if ((await probe(first)) !== 'closed') return 'stdio';
    if (login.failure) throw login.failure;
    throw this.#engineFailure(login.stderr, first.stderr);
  }

  #engineFailure(forward: string, stdio: string): EngineError {
    return engineFailure(forward, stdio, this.address.path ?? usualSocket, shortName(this.address));
  }

  async #openAlone(): Promise<void> {
    const first = this.#stdioSocket();
    if ((await probe(first, 30_000)) === 'closed') throw loginFailure(first.stderr, shortName(this.address));
    this.#make = () => this.#stdioSocket();
  }
}

/** Whether somebody answers on a connection, keeps it open in silence, or closes it. */
function probe(socket: Duplex, patience = probeMs): Promise<'answered' | 'silent' | 'closed'> {
  return new Promise(resolve => {
    const end = (found: 'answered' | 'silent' | 'closed') => (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    const timer = setTimeout(end('silent'), patience);
    socket
      .once('data', end('answered'))
      .once('error', () => undefined)
      .once('close', end('closed'));
    socket.write(probeRequest);
  });
}
