import type { EngineError } from '../errors';
import type { Container } from '../objects/containers/row';
import type { LogFacts } from './log';
import type { LogRecord } from './records';
import { fromMilliseconds, type Nanoseconds } from './times';

/** What happened to a container or to the connection while its log was followed. Times in milliseconds since the epoch. */
export type LogNotice =
  | { what: 'started'; time: number }
  /** The exit code is not known if the container runs again already. */
  | { what: 'stopped'; time: number; exitCode: number | undefined }
  | { what: 'neverRan'; time: number }
  | { what: 'lost'; time: number; cause: EngineError }
  | { what: 'back'; time: number }
  | { what: 'removed'; time: number }
  /** One of several logs cannot be read; the others go on. */
  | { what: 'failed'; time: number; cause: unknown }
  /** Another container took the place of the one with this id; its log follows. */
  | { what: 'replaced'; time: number; id: string; by: Container };

export type LogItem = { records: readonly LogRecord[] } | { notice: LogNotice };

/** What happened between two looks at a container, at one point in its log. */
export interface News {
  /** The first line that comes after it has this time or a later one. */
  time: Nanoseconds;
  notices: LogNotice[];
}

/** Later than any line. */
const never = 1n << 63n;

/** What happened to a container between two looks at it, oldest first. */
export function newsOf(before: LogFacts | undefined, now: LogFacts): News[] {
  if (!before) return firstNews(now);
  if (before.startedAt !== now.startedAt) return newsOfNextRun(before, now);
  return before.running && !now.running ? [atEnd(stopped(now))] : [];
}

function firstNews(now: LogFacts): News[] {
  if (now.running) return [];
  return [atEnd(now.startedAt === 0 ? { what: 'neverRan', time: Date.now() } : stopped(now))];
}

function newsOfNextRun(before: LogFacts, now: LogFacts): News[] {
  if (before.running && now.running) {
    return [{ time: betweenRuns(now.finishedAt, now.startedAt), notices: [stopped(now), started(now)] }];
  }
  const start = { time: before.running ? fromMilliseconds(now.startedAt) : 0n, notices: [started(now)] };
  return now.running ? [start] : [start, atEnd(stopped(now))];
}

function atEnd(notice: LogNotice): News {
  return { time: never, notices: [notice] };
}

function started({ startedAt }: LogFacts): LogNotice {
  return { what: 'started', time: startedAt };
}

function stopped({ running, finishedAt, exitCode }: LogFacts): LogNotice {
  return { what: 'stopped', time: finishedAt, exitCode: running ? undefined : exitCode };
}

/**
 * The border between the lines of two runs. The engine notes the end of a run somewhat before the time of the last line,
 * and the start of the next somewhat after the time of its first line: the border is in the middle.
 */
function betweenRuns(finishedAt: number, startedAt: number): Nanoseconds {
  return fromMilliseconds((finishedAt + startedAt) / 2);
}

/** News, and after them that the next run has begun: all of it before the first line that may be of that run. */
export function withStart(news: readonly News[], ended: LogFacts, next: LogFacts): News[] {
  const border = betweenRuns(ended.finishedAt, next.startedAt);
  const earlier = news.map(({ time, notices }) => ({ time: time < border ? time : border, notices }));
  return [...earlier, { time: border, notices: [started(next)] }];
}

/** Lines with the news that are older put before each of them. Takes these out of `news`. */
export function inOrder(records: readonly LogRecord[], news: News[]): LogItem[] {
  const items: LogItem[] = [];
  let from = 0;
  for (let next = news[0]; next; next = news[0]) {
    const { time, notices } = next;
    const later = records.findIndex((record, index) => index >= from && record.time >= time);
    if (later < 0) break;
    if (later > from) items.push({ records: records.slice(from, later) });
    items.push(...notices.map(notice => ({ notice })));
    news.shift();
    from = later;
  }
  if (from < records.length) items.push({ records: records.slice(from) });
  return items;
}

/** News that no line comes after. */
export function rest(news: readonly News[]): LogItem[] {
  return news.flatMap(({ notices }) => notices.map(notice => ({ notice })));
}
