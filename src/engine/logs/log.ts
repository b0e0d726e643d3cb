import type { IncomingMessage } from 'node:http';
import { number, record, text } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError, toEngineError } from '../errors';
import { inspect } from '../objects/containers/operations';
import { containerPath } from '../objects/containers/path';
import { type LogRecord, readRecords, RecordReader } from './records';
import { lastOf } from './tail';
import { type Nanoseconds, stampQuery } from './times';

export interface LogOptions extends CallOptions {
  /** Goes on with what comes, until the container ends. */
  follow?: boolean | undefined;
  /** Inclusive. */
  since?: Nanoseconds | undefined;
  until?: Nanoseconds | undefined;
  /** How many lines before the end to begin; all when not given. An engine counts from the end of all, not from `until`. */
  tail?: number | undefined;
}

/** What must be known of a container to read its log. */
export interface LogFacts {
  tty: boolean;
  /** Whether more may come in this run. */
  running: boolean;
  /** Milliseconds since the epoch; 0 for a container that never ran. */
  startedAt: number;
  /** When the last run ended; 0 when none did. */
  finishedAt: number;
  exitCode: number;
}

/** `GET /containers/{id}/json`, as far as the log goes. */
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

/** A time that has not come is written as the year 1. */
function timeOf(value: unknown): number {
  return Math.max(0, Date.parse(text(value)) || 0);
}

/** A log that has been asked for. */
export interface OpenLog {
  /** Its lines, in groups of what came together; whoever leaves the loop closes the socket. */
  records: AsyncGenerator<LogRecord[]>;
  /** The time of the oldest line that has come only in part. */
  readonly pendingSince: Nanoseconds | undefined;
  /** The second in which the engine began to answer, by its own clock; milliseconds since the epoch. */
  readonly answeredAt: number | undefined;
}

/**
 * `GET /containers/{id}/logs`, both streams, with the engine’s stamps. Resolves when the engine has begun to answer; Podman
 * does so with the first line. Nothing is read ahead: the socket waits while the caller is busy. Fails with an EngineError:
 * unsupported when the container's log driver cannot be read.
 */
export async function openLog(
  engine: Engine,
  id: string,
  options: LogOptions & Pick<LogFacts, 'tty'>,
): Promise<OpenLog> {
  const { tty, signal } = options;
  const response = await requestLog(engine, id, { ...options, timestamps: true });
  const reader = new RecordReader({ tty, ownStamps: engine.identity.flavour === 'podman' });
  return {
    records: guarded(readRecords(response, reader, tty), signal),
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

/** The lines of a log from its beginning or what the options say, up to its present end or as long as it is followed. */
export async function* logs(engine: Engine, id: string, options: LogOptions = {}): AsyncGenerator<LogRecord[]> {
  const { tty } = await logFacts(engine, id, options);
  const { asked, last } = splitTail(options);
  const { records } = await openLog(engine, id, { ...asked, tty });
  yield* last === undefined ? records : lastOf(records, last);
}

/** What to ask the engine for, and how many of the last lines to take of its answer where it would take the wrong ones. */
export function splitTail<T extends LogOptions>(options: T): { asked: T; last: number | undefined } {
  const { until, tail } = options;
  if (until === undefined || !tail) return { asked: options, last: undefined };
  return { asked: { ...options, tail: undefined }, last: tail };
}

/** Gives what a stream gives; its failures become EngineErrors. */
export async function* guarded<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw toEngineError(error, signal);
  }
}

/** Whether the engine says that it cannot read what this container's log driver has written. */
export function isUnreadable(error: unknown): boolean {
  return isEngineError(error, 'unsupported') || (isEngineError(error, 'failed') && /log driver/i.test(error.message));
}
