import net from 'node:net';
import type { Duplex } from 'node:stream';
import { type SshAddress, shortName } from '../address';
import { EngineError } from '../errors';
import type { Dialer } from '../transport';
import { stdioArguments, usualSocket } from './command';
import { SshLogin } from './login';
import type { SshMemory } from './memory';
import { engineFailure, loginFailure } from './sentences';
import { StdioSocket } from './stdioSocket';

/** A peer that accepts a connection and says nothing for this long is there, though its engine may hang. */
const probeMs = 3_000;
const probeRequest = 'GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

/**
 * Connections to an engine on another host, all over one ssh connection: to its socket, which ssh forwards, or where it
 * does not, through docker's command there. On Windows, whose ssh shares no connections, each is a login of its own, which
 * can ask nothing.
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
    this.#login?.dispose();
  }

  async #open(signal: AbortSignal | undefined): Promise<void> {
    if (process.platform === 'win32') return this.#openAlone();
    const login = new SshLogin(this.address, this.memory);
    this.#login = login;
    await login.open(signal);
    this.#make = (await this.#forwards(login)) ? () => net.connect(login.forwarded) : await this.#stdio(login);
  }

  /** Whether the engine is reached by its forwarded socket. */
  async #forwards(login: SshLogin): Promise<boolean> {
    try {
      await login.forward();
    } catch {
      return false; // ssh tells why on the next attempt, which is the one that counts.
    }
    return probe(net.connect(login.forwarded));
  }

  async #stdio(login: SshLogin): Promise<() => Duplex> {
    const make = (): StdioSocket =>
      new StdioSocket(
        'ssh',
        stdioArguments(this.address, login.control, this.memory.options.arguments ?? []),
        login.env,
      );
    const first = make();
    if (await probe(first)) return make;
    if (login.failure) throw login.failure;
    const { path = usualSocket } = this.address;
    throw engineFailure(login.stderr, first.stderr, path, shortName(this.address));
  }

  async #openAlone(): Promise<void> {
    const make = (): StdioSocket =>
      new StdioSocket('ssh', stdioArguments(this.address, undefined, this.memory.options.arguments ?? []), process.env);
    const first = make();
    if (!(await probe(first, 30_000))) throw loginFailure(first.stderr, shortName(this.address));
    this.#make = make;
  }
}

/** Whether a connection leads to somebody who answers, or at least holds it. */
function probe(socket: Duplex, patience = probeMs): Promise<boolean> {
  return new Promise(resolve => {
    const end = (reached: boolean) => (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reached);
    };
    const timer = setTimeout(end(true), patience);
    socket
      .once('data', end(true))
      .once('error', () => undefined)
      .once('close', end(false));
    socket.write(probeRequest);
  });
}
