import type Docker from 'dockerode';
import { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { abortReason, onAbort } from '../../base/abort';
import { toEngineError } from '../errors';
import type { EngineRequest } from './request';
import { twoWay } from './upgrade';

/** The modem must take every status as an answer, because its own errors lose the engine's sentence. */
const anyStatus = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index + 100, true]));

/** The head of an answer, or a two-way connection. */
export type Answer = IncomingMessage | Duplex;

/** Sends a request, and gives the head of its answer. */
export type Send<A extends Answer> = (docker: Docker, request: EngineRequest, signal: AbortSignal) => Promise<A>;

export function sendRequest(docker: Docker, request: EngineRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return send(docker, request, signal) as Promise<IncomingMessage>;
}

/**
 * Asks for a two-way connection. Gives it, or the answer of an engine that refuses it. A request without a body gets an
 * empty file: otherwise the modem would send the end of a chunked body, which Podman types into the container.
 */
export async function sendUpgrade(docker: Docker, request: EngineRequest, signal: AbortSignal): Promise<Answer> {
  const bodiless = { file: Buffer.alloc(0), headers: { 'Content-Type': 'text/plain' } };
  const answer = await send(docker, request, signal, { hijack: true, ...(!request.body && bodiless) });
  const accepted = answer instanceof IncomingMessage && (answer.statusCode ?? 0) < 300;
  return accepted ? twoWay(answer) : answer;
}

function send(docker: Docker, request: EngineRequest, signal: AbortSignal, more: object = {}): Promise<Answer> {
  const query = Object.fromEntries(Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined));
  const options = {
    path: Object.keys(query).length > 0 ? `${request.path}?` : request.path,
    method: request.method,
    options: { _query: query, _body: request.body ?? {} },
    statusCodes: anyStatus,
    isStream: true,
    abortSignal: signal,
    ...more,
  };
  return new Promise((resolve, reject) => {
    // Node ends an aborted request only when it has a socket, which it may never get.
    onAbort(signal, () => reject(abortReason(signal)));
    docker.modem.dial(options, (error: unknown, response: unknown) => {
      if (error) reject(error instanceof Error ? error : toEngineError(error));
      else resolve(ignoreLateErrors(response as Answer));
    });
  });
}

/** An answer may emit `error` after its reader has left. Without a listener that would end the process. */
function ignoreLateErrors<A extends Answer>(answer: A): A {
  answer.on('error', () => undefined);
  return answer;
}
