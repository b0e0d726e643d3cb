import type Docker from 'dockerode';
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { DeadlineError, LinkedAbort, withDeadline } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { retry } from '../../base/retry';
import type { Address } from '../endpoints/endpoint';
import { answerError, connectionClosed, EngineError, ofWrite, toEngineError, wasReset } from '../errors';
import { openTransport, type Transport } from '../transport/transport';
import { modemOptions, withoutDockerHost } from './modem';
import type { EngineRequest, RequestRecord } from './request';
import { type Dial, dial, dialUpgrade } from './send';
import { endOnAbort } from './upgrade';

/** How long a read may take before it counts as lost; disk use and lists of thousands are the slowest. */
const readDeadlineMs = 60_000;
/** How long an answer to a read may pause once it has begun. */
const pauseDeadlineMs = 10_000;
/** In characters. */
const maxAnswerLength = 256 * 1024 * 1024;
/** A peer that vanished without a word is noticed by the system's own probes, one a second from then on, ten of them. */
const probeSilenceMs = 4_000;
/** To a write: the object is in the wanted state already. */
const notModified = 304;
const switchingProtocols = 101;
/** Milliseconds before a read is sent again: at once where a socket was stale, and once more. */
const readPauses: readonly number[] = [0, 200];

/** A reset, an answer that was spoilt, or a failure of the engine's own: not what it refuses, lacks or does not know. */
function isPassing(error: unknown): boolean {
  if (wasReset(error)) return true;
  return error instanceof EngineError && (error.status === 500 || error.cause instanceof SyntaxError);
}

/**
 * Speaks the Engine API over one transport through dockerode's modem. Every request is dialled as a stream, because the
 * modem never calls back when the connection is lost within an answer that it collects itself.
 */
export class EngineClient {
  readonly #transport: Transport;
  readonly #closed = new AbortController();
  readonly #modems = new Map<http.Agent, Docker>();
  #changedAt = -Infinity;

  /**
   * @param at the address, or a transport to it, which ends with the client
   * @param apiVersion as the API writes it, e.g. `1.41`; undefined for unversioned requests (ping)
   * @param watch has the engine pinged while a change is under way, so that one that went silent ends it
   */
  constructor(
    at: Address | Transport,
    readonly apiVersion?: string,
    private readonly onRequest?: (record: RequestRecord) => void,
    private readonly watch?: () => Disposable,
  ) {
    this.#transport = 'kind' in at ? openTransport(at) : at;
    setMaxListeners(0, this.#closed.signal);
  }

  /**
   * A short read, as JSON. Fails with an EngineError, at the latest after a minute for each try. A kept-alive socket that
   * the engine closed meanwhile fails once without an answer, so a read that was reset is sent again, and so is one at
   * which the engine itself failed; thrice at the most.
   */
  async read(request: Omit<EngineRequest, 'method'>): Promise<unknown> {
    const once = (): Promise<unknown> =>
      withDeadline(readDeadlineMs, request.signal, signal =>
        this.#json({ ...request, method: 'GET', signal }, this.#transport.reads, pauseDeadlineMs),
      );
    const mayPass = (error: unknown): boolean => !this.#closed.signal.aborted && isPassing(error);
    try {
      return await retry(once, { pauses: readPauses, mayPass, signal: request.signal });
    } catch (error) {
      throw this.#failure(error, request.signal);
    }
  }

  /**
   * A request that changes something: no deadline, never sent twice. JSON or undefined. An error whose `answerLost` is
   * set leaves open whether it was done.
   */
  async call(request: EngineRequest): Promise<unknown> {
    const mayBeSent = !this.#closed.signal.aborted;
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

  /** A request that changes nothing and is answered whenever it is: no deadline, and no place among the calls. */
  async wait(request: EngineRequest): Promise<unknown> {
    try {
      return await this.#json(request, this.#transport.waits);
    } catch (error) {
      throw this.#failure(error, request.signal);
    }
  }

  /** The head of an answer that tells no more than that, over the one connection that is kept for it. */
  async beat(request: EngineRequest): Promise<http.IncomingHttpHeaders> {
    const response = await this.#answer(request, this.#transport.beats);
    await readText(response, request); // An answer that is left before its end takes its connection along.
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
    const stream = (await this.#accepted(request, this.#transport.waits, dialUpgrade)) as Duplex;
    if (stream instanceof Socket) stream.setKeepAlive(true, probeSilenceMs);
    return stream;
  }

  /** When the last call that was done began, by `performance.now()`. */
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

  async #json(request: EngineRequest, agent: http.Agent, longestPause?: number): Promise<unknown> {
    const response = await this.#answer(request, agent);
    const text = await readText(response, request, longestPause);
    if (!text.trim()) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new EngineError('failed', { code: 'answerNotJson', path: request.path }, { cause: error });
    }
  }

  #answer(request: EngineRequest, agent: http.Agent): Promise<http.IncomingMessage> {
    return this.#accepted(request, agent, dial);
  }

  /** An answer that is none of failure. */
  async #accepted<A extends http.IncomingMessage | Duplex>(
    request: EngineRequest,
    agent: http.Agent,
    dialled: Dial<A>,
  ): Promise<A> {
    const start = performance.now();
    let status = 0;
    try {
      const answer = await this.#dial(request, agent, dialled);
      if (!(answer instanceof http.IncomingMessage)) {
        status = switchingProtocols;
        return answer;
      }
      status = answer.statusCode ?? 0;
      if (status < 300 || status === notModified) return answer;
      throw answerError(status, await readText(answer, request), request);
    } catch (error) {
      throw this.#failure(error, request.signal);
    } finally {
      this.onRequest?.({ method: request.method, path: request.path, status, ms: performance.now() - start });
    }
  }

  #failure(error: unknown, signal: AbortSignal | undefined): EngineError {
    return toEngineError(this.#transport.explain(error), this.#closed.signal.aborted ? this.#closed.signal : signal);
  }

  async #dial<A extends http.IncomingMessage | Duplex>(
    request: EngineRequest,
    agent: http.Agent,
    dialled: Dial<A>,
  ): Promise<A> {
    const docker = await this.#modem(agent);
    const abort = new LinkedAbort(request.signal);
    const onClose = (): void => abort.abort(this.#closed.signal.reason);
    if (this.#closed.signal.aborted) onClose();
    this.#closed.signal.addEventListener('abort', onClose, { once: true });
    const release = (): void => {
      this.#closed.signal.removeEventListener('abort', onClose);
      abort.dispose();
    };
    try {
      abort.signal.throwIfAborted();
      const answer = await dialled(docker, request, abort.signal);
      answer.once('close', release);
      if (!(answer instanceof http.IncomingMessage))
        endOnAbort(answer, abort.signal, error => this.#failure(error, abort.signal));
      return answer;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #modem(agent: http.Agent): Promise<Docker> {
    const { default: DockerClient } = await import('dockerode');
    const known = this.#modems.get(agent);
    if (known) return known;
    const docker = withoutDockerHost(
      () => new DockerClient(modemOptions(this.#transport.host, agent, this.apiVersion)),
    );
    this.#modems.set(agent, docker);
    return docker;
  }
}

/** @param longestPause between two pieces of the answer, in milliseconds. */
async function readText(
  response: http.IncomingMessage,
  request: { path: string },
  longestPause?: number,
): Promise<string> {
  let text = '';
  const giveUp = (): void => void response.destroy(new DeadlineError(longestPause ?? 0));
  const timer = longestPause === undefined ? undefined : setTimeout(giveUp, longestPause);
  try {
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
      timer?.refresh();
      text += chunk;
      if (text.length > maxAnswerLength)
        throw new EngineError('failed', { code: 'answerTooLarge', path: request.path });
    }
  } finally {
    clearTimeout(timer);
  }
  return text;
}
