import { DeadlineError } from '../base/abort';
import { text } from '../base/read';
import { type ConnectErrno, connectErrnos, type Reason, technicalText } from './errorCodes';

/** What went wrong, sorted by what a caller can do about it. */
export type EngineErrorKind =
  | 'unreachable' // no connection, or lost before an answer
  | 'unauthorized' // no right to the socket, or credentials refused
  | 'notFound'
  | 'conflict' // the object's state or name does not allow it
  | 'inUse' // something else still needs the object
  | 'invalid' // the engine refused the request as wrong
  | 'unsupported' // this engine or API version has no such operation
  | 'failed' // the engine tried and failed
  | 'canceled';

/**
 * The one error type of the engine room. It says its reason as a code and facts, or in the engine's own words; `ui`
 * makes the sentence for people. The message is for developers.
 */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly reason: Reason;
  /** The HTTP status, when the engine answered. */
  readonly status: number | undefined;
  /** Whether a request that changes something went out without an answer: it may or may not have been done. */
  readonly answerLost: boolean;

  constructor(
    kind: EngineErrorKind,
    reason: Reason,
    options: { status?: number; cause?: unknown; answerLost?: boolean } = {},
  ) {
    super(technicalText(reason), options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'EngineError';
    this.kind = kind;
    this.reason = reason;
    this.status = options.status;
    this.answerLost = options.answerLost ?? false;
  }
}

export function isEngineError(error: unknown, ...kinds: EngineErrorKind[]): error is EngineError {
  return error instanceof EngineError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** The error of whatever uses a connection that was closed on this side. */
export function connectionClosed(): EngineError {
  return new EngineError('unreachable', { code: 'connectionClosed' });
}

/** An engine's answer with a status of 300 or more, as an error. Podman answers most failures with 500. */
export function answerError(status: number, body: string, request: { method: string; path: string }): EngineError {
  const { method, path } = request;
  const said = answerMessage(body);
  const reason: Reason = said ? { said } : { code: 'statusAnswered', method, path, status };
  return new EngineError(answerKind(status, said, request), reason, { status });
}

/** What engines answer for an operation or API version that they do not have. It names no object. */
const noSuchRoute =
  /^(?:page not found|Not Found|Path \S+ is not supported|client version [\d.]+ is too (?:old|new)\b.*)$/s;

function answerKind(status: number, message: string, request: { method: string; path: string }): EngineErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 501 || noSuchRoute.test(message)) return 'unsupported';
  if (status === 404 || status === 405) return 'notFound';
  if (request.method === 'DELETE' && (status === 409 || status === 403)) return refusedRemoval(request.path, message);
  if (status === 409 || status === 304) return 'conflict';
  if (status === 400 || status === 403) return 'invalid';
  return 'failed';
}

/** A container's state, or a network's being predefined, forbids its removal; other objects are in use. */
function refusedRemoval(path: string, message: string): EngineErrorKind {
  return path.startsWith('/containers/') || message.includes('pre-defined network') ? 'conflict' : 'inUse';
}

/**
 * Docker answers `{message}`, Podman `{cause, message, response}`. Some answers are plain text, a proxy's is a page.
 */
function answerMessage(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string') {
      return json.message.replace(/^rpc error: code = \w+ desc = /, '').trim();
    }
  } catch {
    return /^\s*</.test(body) ? '' : body.trim();
  }
  return body.trim();
}

const denied = new Set(['EACCES', 'EPERM']);

/** Makes an EngineError of any failure of a request. `signal` tells a cancel from a lost connection. */
export function toEngineError(error: unknown, signal?: AbortSignal): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof DeadlineError) return missedDeadline(error);
  if (signal?.aborted) {
    const reason: unknown = signal.reason;
    if (reason instanceof EngineError) return reason;
    if (reason instanceof DeadlineError) return missedDeadline(reason);
    return new EngineError('canceled', { code: 'canceled' }, { cause: error });
  }
  const kind = denied.has(errorCode(error)) ? 'unauthorized' : 'unreachable';
  return new EngineError(kind, reasonOf(error), { cause: error });
}

function missedDeadline(error: DeadlineError): EngineError {
  return new EngineError('unreachable', { code: 'deadline', ms: error.ms }, { cause: error });
}

function reasonOf(error: unknown): Reason {
  const failure = ofConnecting(error);
  if (failure && isConnectErrno(failure.code))
    return { code: 'connectFailed', errno: failure.code, where: failure.where };
  if (wasReset(error)) return { code: 'connectionBroke', errno: errorCode(error) };
  const said = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  return said ? { said } : { code: 'requestFailed' };
}

function isConnectErrno(code: string): code is ConnectErrno {
  return connectErrnos.some(known => known === code);
}

/** The address that could not be connected to, and the system's code. A host with several addresses: the first one. */
function ofConnecting(error: unknown): { code: string; where: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AggregateError) return ofConnecting(error.errors[0]);
  const { code, syscall, address, port, hostname } = error as Error & Record<string, unknown>;
  if (syscall !== 'connect' && syscall !== 'getaddrinfo') return ofConnecting(error.cause);
  const host = text(address ?? hostname);
  const where = typeof port === 'number' ? `${host.includes(':') ? `[${host}]` : host}:${port}` : host;
  return { code: text(code), where };
}

/** Whether the engine, or a proxy in front of it, forbids this request. */
export function isForbidden(error: unknown): error is EngineError {
  return error instanceof EngineError && error.status === 403;
}

/** Whether a gateway answered in the engine's place: the engine gave it no answer. */
export function isGateways({ status }: EngineError): boolean {
  return status === 502 || status === 504;
}

/**
 * The failure of a request that changes something, with `answerLost` set if the engine may have received it.
 * @param isOwn whether the request itself failed like this; if its client was closed, the error is another request's
 */
export function ofWrite(error: EngineError, isOwn: boolean): EngineError {
  const unheard = error.status === undefined || isGateways(error);
  const open = unheard && (error.kind === 'unreachable' || error.kind === 'failed');
  return open && !(isOwn && ofConnecting(error))
    ? new EngineError(error.kind, error.reason, { cause: error, answerLost: true })
    : error;
}

/** The system's code of an error (`ENOENT`, `ECONNREFUSED`, …), or ''. Looks through causes. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? errorCode(error.cause) : '';
}

const resets = new Set(['ECONNRESET', 'EPIPE']);

/** Whether a connection broke, e.g. a kept one that the other side had closed. */
export function wasReset(error: unknown): boolean {
  return resets.has(errorCode(error));
}
