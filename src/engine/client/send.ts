import type Docker from 'dockerode';
import { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { abortReason } from '../../base/abort';
import { toEngineError } from '../errors';
import type { EngineRequest } from './request';
import { twoWay } from './upgrade';

/** Every status is an answer to the modem; its errors would lose the engine's sentence. */
const anyStatus = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index + 100, true]));

/** Sends a request, and gives the answer's head. */
export type Dial<A> = (docker: Docker, request: EngineRequest, signal: AbortSignal) => Promise<A>;

export function dial(docker: Docker, request: EngineRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return send(docker, request, signal) as Promise<IncomingMessage>;
}

/**
 * The two-way connection, or the answer of an engine that refuses one. Without a body the modem would send the last chunk
 * of an empty one, which Podman types into the container.
 */
export async function dialUpgrade(
  docker: Docker,
  request: EngineRequest,
  signal: AbortSignal,
): Promise<IncomingMessage | Duplex> {
  const bodiless = { file: Buffer.alloc(0), headers: { 'Content-Type': 'text/plain' } };
  const answer = await send(docker, request, signal, { hijack: true, ...(!request.body && bodiless) });
  const accepted = answer instanceof IncomingMessage && (answer.statusCode ?? 0) < 300;
  return accepted ? twoWay(answer) : answer;
}

function send(
  docker: Docker,
  request: EngineRequest,
  signal: AbortSignal,
  more: object = {},
): Promise<IncomingMessage | Duplex> {
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
    // Node tells a request of its abort only once it has a socket, and there may be none for it any more.
    signal.addEventListener('abort', () => reject(abortReason(signal)), { once: true });
    docker.modem.dial(options, (error: unknown, response: unknown) => {
      if (error) reject(error instanceof Error ? error : toEngineError(error));
      else resolve(ignoreLateErrors(response as IncomingMessage | Duplex));
    });
  });
}

/** A response that breaks after its reader has left still emits `error`, which unheard would end the process. */
function ignoreLateErrors<A extends IncomingMessage | Duplex>(answer: A): A {
  answer.on('error', () => undefined);
  return answer;
}
