import { setMaxListeners } from 'node:events';
import http from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { withDeadline } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { retry } from '../../base/retry';
import type { Address } from '../endpoints/endpoint';
import { answerError, connectionClosed, EngineError, ofWrite, toEngineError, wasReset } from '../errors';
import { openTransport, type Transport } from '../transport/transport';
import { readJson, readText } from './answer';
import type { EngineRequest, RequestRecord } from './request';
import type { Answer } from './send';
import { Sender } from './sender';

/** How long a read may take before it counts as lost; disk use and lists of thousands are the slowest. */
const readDeadlineMs = 60_000;
/** How long an answer to a read may pause once it has begun. */
const pauseDeadlineMs = 10_000;
/** For so long a connection may be silent. Then the system probes it, once a second, and gives it up after ten probes. */
const probeSilenceMs = 4_000;
/** Answers a change when the object is in the wanted state already. */
const notModified = 304;
const switchingProtocols = 101;
/** How long to wait before a read is sent again, in milliseconds: at once for a stale socket, and once more. */
const readPauses: readonly number[] = [0, 200];

/**
 * Speaks the Engine API over one transport, through dockerode's modem. Each answer is read as a stream, because the modem
 * never calls back when the connection is lost within an answer that the modem collects.
 */
export class EngineClient {
  readonly #transport: Transport;
  readonly #closed = new AbortController();
  readonly #sender: Sender;
  #changedAt = -Infinity;

  /**
   * @param at the address, or a transport to it, which ends with the client
   * @param apiVersion as the API writes it, e.g. `1.41`; undefined for unversioned requests (ping)
   * @param watch has the engine pinged while a change is under way, so that the change fails when the engine goes silent
   */
  constructor(
    at: Address | Transport,
    readonly apiVersion?: string,
    private readonly onRequest?: (record: RequestRecord) => void,
    private readonly watch?: () => Disposable,
  ) {
    this.#transport = 'kind' in at ? openTransport(at) : at;
    const { signal: closed } = this.#closed;
    setMaxListeners(0, closed);
    this.#sender = new Sender({
      host: this.#transport.host,
      apiVersion,
      closed,
      toError: (reason, signal) => this.#failure(reason, signal),
    });
  }

  /**
   * A short read, as JSON. Fails with an EngineError, after a minute at the latest for each try. The engine may have closed
   * a kept-alive socket, which then fails once: so a read that was reset is sent again. So is one at which the engine itself
   * failed. Three tries at most.
   */
  async read(request: Omit<EngineRequest, 'method'>): Promise<unknown> {
    const mayPass = (error: unknown): boolean => !this.closed && mayPassSoon(error);
    try {
      return await retry(() => this.#readOnce(request), { pauses: readPauses, mayPass, signal: request.signal });
    } catch (error) {
      throw this.#failure(error, request.signal);
    }
  }

  /**
   * A request that changes something: no deadline, never sent twice. JSON or undefined. When an error has `answerLost`
   * set, the change may have been made or not.
   */
  async call(request: EngineRequest): Promise<unknown> {
    const mayBeSent = !this.closed;
    const begun = performance.now();
    const watching = this.watch?.();
    try {
      const answer = await this.#json(request, this.#transport.calls);
      this.#changedAt = begun;
      return answer;
    } catch (error) {
      const failure = this.#failure(error, request.signal);
      throw mayBeSent ? ofWrite(failure, failure !== this.#closed.signal.reason) : failure;
    } finally {
      watching?.dispose();
    }
  }

  /** A request that changes nothing and may be answered late: no deadline, and no place among the calls. */
  async wait(request: EngineRequest): Promise<unknown> {
    try {
      return await this.#json(request, this.#transport.waits);
    } catch (error) {
      throw this.#failure(error, request.signal);
    }
  }

  /** The head of a ping's answer, over the one connection that is kept for pings. */
  async beat(request: EngineRequest): Promise<http.IncomingHttpHeaders> {
    const response = await this.#answer(request, this.#transport.beats);
    await readText(response, request); // An answer that is not read to its end closes its connection.
    return response.headers;
  }

  /** The answer as it comes. The caller reads it to its end or destroys it; abort destroys it too. */
  async stream(request: EngineRequest): Promise<http.IncomingMessage> {
    const watching = request.method === 'GET' ? undefined : this.watch?.();
    try {
      const response = await this.#answer(request, this.#transport.waits);
      response.once('close', () => watching?.dispose());
      if (response.socket instanceof Socket) response.socket.setKeepAlive(true, probeSilenceMs);
      return response;
    } catch (error) {
      watching?.dispose();
      throw error;
    }
  }

  /**
   * Makes the connection a plain two-way one, for exec start and attach. `end()` closes only the way to the engine. Abort
   * and the end of the client destroy it with an EngineError; otherwise the caller ends or destroys it.
   */
  async upgrade(request: EngineRequest): Promise<Duplex> {
    const send = (): Promise<Answer> => this.#sender.sendUpgrade(request, this.#transport.waits);
    const stream = (await this.#accepted(request, send)) as Duplex;
    if (stream instanceof Socket) stream.setKeepAlive(true, probeSilenceMs);
    return stream;
  }

  /** When the last successful call began, by `performance.now()`. */
  get changedAt(): number {
    return this.#changedAt;
  }

  get closed(): boolean {
    return this.#closed.signal.aborted;
  }

  /** Ends every open request with the given reason, and all sockets. */
  close(reason = connectionClosed()): void {
    this.#closed.abort(reason);
    this.#transport.close();
  }

  #readOnce(request: Omit<EngineRequest, 'method'>): Promise<unknown> {
    return withDeadline(readDeadlineMs, request.signal, signal =>
      this.#json({ ...request, method: 'GET', signal }, this.#transport.reads, pauseDeadlineMs),
    );
  }

  async #json(request: EngineRequest, agent: http.Agent, longestPause?: number): Promise<unknown> {
    return readJson(await this.#answer(request, agent), { path: request.path, longestPause });
  }

  #answer(request: EngineRequest, agent: http.Agent): Promise<http.IncomingMessage> {
    return this.#accepted(request, () => this.#sender.send(request, agent));
  }

  /** Sends a request, and records it. Fails when the engine answers with an error. */
  async #accepted<A extends Answer>(request: EngineRequest, send: () => Promise<A>): Promise<A> {
    const start = performance.now();
    let status = 0;
    try {
      const answer = await send();
      status = statusOf(answer);
      if (status < 300 || status === notModified) return answer;
      throw answerError(status, await readText(answer as http.IncomingMessage, request), request);
    } catch (error) {
      throw this.#failure(error, request.signal);
    } finally {
      this.onRequest?.({ method: request.method, path: request.path, status, ms: performance.now() - start });
    }
  }

  #failure(error: unknown, signal: AbortSignal | undefined): EngineError {
    return toEngineError(this.#transport.explain(error), this.closed ? this.#closed.signal : signal);
  }
}

function statusOf(answer: Answer): number {
  return answer instanceof http.IncomingMessage ? (answer.statusCode ?? 0) : switchingProtocols;
}

/** A reset, a spoilt answer, or a failure of the engine's own: not what the engine refuses, lacks or does not know. */
function mayPassSoon(error: unknown): boolean {
  if (wasReset(error)) return true;
  return error instanceof EngineError && (error.status === 500 || error.cause instanceof SyntaxError);
}
