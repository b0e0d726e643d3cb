import { LinkedAbort } from '../../../base/abort';
import { toEngineError } from '../../../engine/errors';
import { followLog, type FollowOptions } from '../../../engine/logs/follow';
import { logs } from '../../../engine/logs/log';
import { LogMerge, type MergedItem } from '../../../engine/logs/merge';
import type { LogItem } from '../../../engine/logs/notices';
import type { Nanoseconds } from '../../../engine/logs/times';
import { config } from '../../config';
import type { Session } from '../../session/session';

/** The part of a log that is wanted. */
export interface LogRange {
  since?: Nanoseconds | undefined;
  /** Where it ends; the log is followed if not given. */
  until?: Nanoseconds | undefined;
  /** How many of the last lines; all if not given. */
  tail?: number | undefined;
}

/** The log of one container. Lines of a container that takes its place have that one's id. */
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
 * The logs of several containers; `joins` tells which later ones belong to them. If the range has an end, none join: a
 * container that is made later has no line before that end.
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

/** The items of one of several logs. If it cannot be read, a notice says so, and the others go on. */
async function* alone(items: AsyncIterable<LogItem>, signal: AbortSignal): AsyncGenerator<LogItem> {
  try {
    yield* items;
  } catch (cause) {
    if (signal.aborted) throw cause;
    yield { notice: { what: 'failed', time: Date.now(), cause } };
  }
}

function logItems(
  session: Session,
  id: string,
  range: LogRange,
  { signal, successors = true, opened }: Pick<FollowOptions, 'signal' | 'opened'> & { successors?: boolean },
): AsyncGenerator<LogItem> {
  if (range.until !== undefined) return partItems(session, id, range, signal);
  const { since, tail } = range;
  return followLog(session, id, { since, tail, successors: successors && config.logsFollowRecreated, signal, opened });
}

async function* partItems(session: Session, id: string, range: LogRange, signal: AbortSignal): AsyncGenerator<LogItem> {
  try {
    for await (const records of logs(session.engine, id, { ...range, signal })) yield { records };
  } catch (error) {
    throw toEngineError(error, signal);
  }
}
