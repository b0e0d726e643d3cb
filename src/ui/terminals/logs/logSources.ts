import { LinkedAbort } from '../../../base/abort';
import { toEngineError } from '../../../engine/errors';
import { followLog, type FollowOptions } from '../../../engine/logs/follow';
import { logs } from '../../../engine/logs/log';
import { LogMerge, type MergedItem } from '../../../engine/logs/merge';
import type { LogItem } from '../../../engine/logs/notices';
import type { Nanoseconds } from '../../../engine/logs/times';
import { config } from '../../config';
import type { Session } from '../../session/session';

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
  for await (const item of logItems(session, id, range, { signal })) {
    if ('notice' in item && item.notice.what === 'replaced') source = item.notice.by.id;
    yield { source, item };
  }
}

/**
 * The logs of several containers; `joins` says which later ones belong to them. What has an end takes in none: nothing that
 * is made later has a line before that end.
 */
export async function* mergedLogs(
  session: Session,
  ids: readonly string[],
  { joins, ...range }: LogRange & { joins?: ((id: string) => boolean) | undefined },
  parent: AbortSignal,
): AsyncGenerator<MergedItem> {
  const joining = range.until === undefined ? joins : undefined;
  const abort = new LinkedAbort(parent);
  const { signal } = abort;
  const merge = new LogMerge(signal);
  const add = (id: string, part: LogRange, successors: boolean): void =>
    merge.add(id, opened => alone(logItems(session, id, part, { signal, successors, opened }), signal));
  for (const id of ids) add(id, range, joining === undefined);
  const subscription = session.mirror.onDidChangeRows('container')(({ added }) => {
    for (const { id } of added) if (joining?.(id)) add(id, {}, false);
  });
  if (!joining) merge.complete();
  try {
    yield* merge.items();
  } finally {
    subscription.dispose();
    abort.abort();
    abort.dispose();
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
  { signal, successors = true, opened }: Pick<FollowOptions, 'signal' | 'opened'> & { successors?: boolean },
): AsyncGenerator<LogItem> {
  if (until === undefined) {
    const follows = successors && config.logsFollowRecreated;
    yield* followLog(session, id, { since, tail, successors: follows, signal, opened });
    return;
  }
  try {
    for await (const records of logs(session.engine, id, { since, until, tail, signal })) yield { records };
  } catch (error) {
    throw toEngineError(error, signal);
  }
}
