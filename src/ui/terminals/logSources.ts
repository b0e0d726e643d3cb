import { toEngineError } from '../../engine/errors';
import { followLog, type FollowOptions, type LogItem } from '../../engine/logFollow';
import { LogMerge, type MergedItem } from '../../engine/logMerge';
import { logs } from '../../engine/logs';
import type { Nanoseconds } from '../../engine/logTimes';
import { config } from '../config';
import type { Session } from '../session';

/** Which part of a log is wanted. */
export interface LogRange {
  since?: Nanoseconds | undefined;
  /** Where it ends; it is followed when not given. */
  until?: Nanoseconds | undefined;
  /** How many lines before the end; all when not given. */
  tail?: number | undefined;
}

/** One container's log. Whoever takes its place is followed under its own id. */
export async function* singleLog(
  session: Session,
  id: string,
  range: LogRange,
  signal: AbortSignal,
): AsyncGenerator<MergedItem> {
  let source = id;
  for await (const item of logItems(session, id, range, signal)) {
    if ('notice' in item && item.notice.what === 'replaced') source = item.notice.by.id;
    yield { source, item };
  }
}

/** The logs of several containers; `joins` says which later ones belong to them. */
export async function* mergedLogs(
  session: Session,
  ids: readonly string[],
  { joins, ...range }: LogRange & { joins?: ((id: string) => boolean) | undefined },
  signal: AbortSignal,
): AsyncGenerator<MergedItem> {
  const merge = new LogMerge(signal);
  for (const id of ids) merge.add(id, alone(logItems(session, id, range, signal, joins === undefined), signal));
  const subscription = session.mirror.onDidChangeRows('container')(({ added }) => {
    for (const { id } of added) if (joins?.(id)) merge.add(id, alone(logItems(session, id, {}, signal, false), signal));
  });
  try {
    yield* merge.items();
  } finally {
    subscription.dispose();
  }
}

/** A log that cannot be read says so, and leaves the others alone. */
async function* alone(items: AsyncIterable<LogItem>, signal: AbortSignal): AsyncGenerator<LogItem> {
  try {
    yield* items;
  } catch (cause) {
    if (signal.aborted) throw cause;
    yield { notice: { what: 'failed', time: Date.now(), cause } };
  }
}

async function* logItems(
  session: Session,
  id: string,
  { since, until, tail }: LogRange,
  signal: AbortSignal,
  successors = config.logsFollowRecreated,
): AsyncGenerator<LogItem> {
  if (until === undefined) {
    const options: FollowOptions = { since, tail, successors: successors && config.logsFollowRecreated, signal };
    yield* followLog(session, id, options);
    return;
  }
  try {
    for await (const records of logs(session.engine, id, { since, until, tail, signal })) yield { records };
  } catch (error) {
    throw toEngineError(error, signal);
  }
}
