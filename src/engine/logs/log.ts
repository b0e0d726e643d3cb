import type { IncomingMessage } from 'node:http';
import { number, record, text } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError } from '../errors';
import { inspect } from '../objects/containers/operations';
import { containerPath } from '../objects/containers/path';
import { readChunks } from './readChunks';
import { recordReader } from './recordReader';
import type { LogRecord } from './records';
import { tail } from './tail';
import { type Nanoseconds, stampQuery } from './times';

export interface LogOptions extends CallOptions {
  /** Whether to go on with what comes, until the container ends. */
  follow?: boolean | undefined;
  /** Inclusive. */
  since?: Nanoseconds | undefined;
  until?: Nanoseconds | undefined;
  /** How many of the last lines; all if not given. An engine counts from the end of the whole log, not from `until`. */
  tail?: number | undefined;
}

/** What one must know about a container to read its log. */
export interface LogFacts {
  tty: boolean;
  /** Whether more may come in this run. */
  running: boolean;
  /** Milliseconds since the epoch; 0 if the container never ran. */
  startedAt: number;
  /** When the last run ended; 0 if none did. */
  finishedAt: number;
  exitCode: number;
}

/** `GET /containers/{id}/json`, the part that matters for the log. */
export async function logFacts(engine: Engine, id: string, options: CallOptions = {}): Promise<LogFacts> {
  const container = await inspect(engine, id, options);
  const state = record(container['State']);
  return {
    tty: record(container['Config'])['Tty'] === true,
    running: state['Running'] === true && state['Restarting'] !== true,
    startedAt: timeOf(state['StartedAt']),
    finishedAt: timeOf(state['FinishedAt']),
    exitCode: number(state['ExitCode']) ?? 0,
  };
}

/** The engine writes the year 1 for a time that has not come. */
function timeOf(value: unknown): number {
  return Math.max(0, Date.parse(text(value)) || 0);
}

/** A log that the engine has begun to send. */
export interface OpenLog {
  /** The lines, those that came together in one group. Leaving the loop closes the socket. */
  records: AsyncGenerator<LogRecord[]>;
  /** The time of the oldest line of which only a part has come. */
  readonly pendingSince: Nanoseconds | undefined;
  /** The second in which the engine began to answer, by its own clock. Milliseconds since the epoch. */
  readonly answeredAt: number | undefined;
}

/**
 * `GET /containers/{id}/logs`, both streams, with the engine’s stamps. Resolves when the engine has begun to answer;
 * Podman does so with the first line. Nothing is read ahead: the socket waits while the caller is busy. Fails with an
 * EngineError: `unsupported` if the container's log driver cannot be read.
 */
export async function openLog(
  engine: Engine,
  id: string,
  options: LogOptions & Pick<LogFacts, 'tty'>,
): Promise<OpenLog> {
  const { tty, signal } = options;
  const response = await requestLog(engine, id, { ...options, timestamps: true });
  const reader = recordReader({ tty, ownStamps: engine.identity.flavour === 'podman' });
  return {
    records: readChunks(response, reader, signal),
    get pendingSince() {
      return reader.pendingSince;
    },
    answeredAt: Date.parse(response.headers.date ?? '') || undefined,
  };
}

/** `GET /containers/{id}/logs`, both streams, as the engine sends it. */
export function requestLog(
  engine: Engine,
  id: string,
  options: LogOptions & { timestamps: boolean },
): Promise<IncomingMessage> {
  const { follow = false, since, until, tail, timestamps, signal } = options;
  const query = {
    ...{ stdout: true, stderr: true, timestamps, follow },
    tail: tail ?? 'all',
    since: since === undefined ? undefined : stampQuery(since),
    until: until === undefined ? undefined : stampQuery(until),
  };
  return engine.client.stream({ method: 'GET', path: containerPath(id, 'logs'), query, signal });
}

/** The lines of a log, or of the part that the options name: to its present end, or for as long as it is followed. */
export async function* logs(engine: Engine, id: string, options: LogOptions = {}): AsyncGenerator<LogRecord[]> {
  const { tty } = await logFacts(engine, id, options);
  const { asked, last } = splitTail(options);
  const { records } = await openLog(engine, id, { ...asked, tty });
  yield* last === undefined ? records : tail(records, last);
}

/** What to ask the engine for, and how many of its answer's last lines to take where the engine would take wrong ones. */
export function splitTail<T extends LogOptions>(options: T): { asked: T; last: number | undefined } {
  const { until, tail } = options;
  if (until === undefined || !tail) return { asked: options, last: undefined };
  return { asked: { ...options, tail: undefined }, last: tail };
}

/** Whether the engine says that it cannot read what this container's log driver has written. */
export function isUnreadable(error: unknown): boolean {
  return isEngineError(error, 'unsupported') || (isEngineError(error, 'failed') && /log driver/i.test(error.message));
}
