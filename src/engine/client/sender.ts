import type Docker from 'dockerode';
import http from 'node:http';
import type { Duplex } from 'node:stream';
import { LinkedAbort, onAbort } from '../../base/abort';
import type { Disposable } from '../../base/disposable';
import { modemOptions, withoutDockerHost } from './modem';
import type { EngineRequest } from './request';
import { type Answer, type Send, sendRequest, sendUpgrade } from './send';
import { endOnAbort } from './upgrade';

export interface SenderOptions {
  /** What to send as `Host`. */
  host: string;
  apiVersion: string | undefined;
  /** Ends what is under way on the client. */
  closed: AbortSignal;
  /** The error that an aborted two-way connection ends with. */
  toError: (reason: unknown, signal: AbortSignal) => Error;
}

/**
 * Sends the requests of a client, through one of dockerode's modems for each agent. The signal of a request, or the end of
 * the client, ends it until its answer is closed.
 */
export class Sender {
  readonly #modems = new Map<http.Agent, Docker>();

  constructor(private readonly options: SenderOptions) {}

  /** Gives the head of the answer. */
  send(request: EngineRequest, agent: http.Agent): Promise<http.IncomingMessage> {
    return this.#send(request, agent, sendRequest);
  }

  /** Gives the two-way connection, or the head of an answer that refuses it. */
  sendUpgrade(request: EngineRequest, agent: http.Agent): Promise<Answer> {
    return this.#send(request, agent, sendUpgrade);
  }

  async #send<A extends Answer>(request: EngineRequest, agent: http.Agent, send: Send<A>): Promise<A> {
    const docker = await this.#modem(agent);
    const link = this.#link(request.signal);
    try {
      link.signal.throwIfAborted();
      const answer = await send(docker, request, link.signal);
      answer.once('close', () => link.dispose());
      if (!(answer instanceof http.IncomingMessage)) this.#endOnAbort(answer, link.signal);
      return answer;
    } catch (error) {
      link.dispose();
      throw error;
    }
  }

  /** A signal that follows the request's and the client's. */
  #link(signal: AbortSignal | undefined): { signal: AbortSignal } & Disposable {
    const { closed } = this.options;
    const abort = new LinkedAbort(signal);
    const closing = onAbort(closed, () => abort.abort(closed.reason));
    const dispose = (): void => {
      closing.dispose();
      abort.dispose();
    };
    return { signal: abort.signal, dispose };
  }

  /** An aborted request does not end the socket of an upgrade, so it is ended here. */
  #endOnAbort(stream: Duplex, signal: AbortSignal): void {
    endOnAbort(stream, signal, reason => this.options.toError(reason, signal));
  }

  async #modem(agent: http.Agent): Promise<Docker> {
    const { default: DockerClient } = await import('dockerode');
    const known = this.#modems.get(agent);
    if (known) return known;
    const { host, apiVersion } = this.options;
    const docker = withoutDockerHost(() => new DockerClient(modemOptions(host, agent, apiVersion)));
    this.#modems.set(agent, docker);
    return docker;
  }
}
