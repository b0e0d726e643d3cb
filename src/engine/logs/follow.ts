import { delay } from '../../base/abort';
import type { Engine } from '../connection/engine';
import { type EngineError, toEngineError } from '../errors';
import { ContainerWatch, type WatchedEngine } from '../mirror/containerWatch';
import type { Container } from '../objects/containers/row';
import { isUnreadable, type LogFacts, logFacts, type LogOptions, type OpenLog, openLog } from './log';
import type { LogRecord } from './records';
import { ResumePoint } from './resume';
import { successor } from './successor';
import { fromMilliseconds, type Nanoseconds } from './times';

/** What happened to a container or to the connection while its log was followed. Times in milliseconds since the epoch. */
export type LogNotice =
  | { what: 'started'; time: number }
  /** The exit code is not known when the container runs again already. */
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

export interface FollowOptions {
  since?: LogOptions['since'];
  /** How many lines to begin with; all when not given. */
  tail?: number | undefined;
  /** Whether the container that takes the place of a removed one is followed in its stead. */
  successors: boolean;
  signal: AbortSignal;
  /** Called whenever what the log holds is about to come, if it holds anything. */
  opened?: (() => void) | undefined;
}

/** So much later than the end of a run a line of it may be stamped; what is later may be of the next run. Milliseconds. */
const lateMs = 200;
/** Later than any line. */
const never = 1n << 63n;
/** How long an attempt waits after one that brought nothing, in milliseconds. */
const retries = [20, 100, 300, 1_000];
/** An answer that was silent for this long, in milliseconds, held no lines. */
const silentMs = 1_000;
/** An engine that fails this often in a row means it. */
const mostFailures = 4;

/**
 * Follows the log of a container through stops, starts and restarts of itself, restarts of the engine and lost
 * connections: no line is lost and none repeated, and what happened is told in between. Waits for the engine's events
 * rather than ask again and again. Ends when the container is gone for good, or never. Fails with an EngineError when the
 * log cannot be read at all; aborting the signal ends it with `canceled`.
 */
export async function* followLog(followed: WatchedEngine, id: string, options: FollowOptions): AsyncGenerator<LogItem> {
  let current: string | undefined = id;
  let begin: Pick<FollowOptions, 'since' | 'tail'> = options;
  while (current !== undefined) {
    const follower: LogFollower = new LogFollower(followed, current, { ...options, ...begin });
    try {
      yield* follower.items();
    } finally {
      follower.dispose();
    }
    const before: Container | undefined = follower.row;
    yield { notice: { what: 'removed', time: Date.now() } };
    const next: Container | undefined =
      options.successors && before ? await successor(followed, before, options.signal) : undefined;
    if (next) yield { notice: { what: 'replaced', time: Date.now(), id: current, by: next } };
    current = next?.id;
    begin = { since: undefined, tail: undefined };
  }
}

/** One container as long as it exists. */
class LogFollower {
  readonly #watch: ContainerWatch;
  readonly #resume = new ResumePoint();
  /** The last known row: what it was part of, when it is gone. */
  row: Container | undefined;
  #last: LogFacts | undefined;
  /** When the log was asked for first; then, by the engine's clock, when it was answered. */
  #begun: number | undefined;
  #isAnswered = false;
  /** Whether the log held no line yet: all that comes is new. */
  #isNew = false;
  #lost = false;
  #idle = 0;
  #failures = 0;
  /** The run whose log was read to its end after it had stopped. */
  #drained: number | undefined;

  constructor(
    private readonly followed: WatchedEngine,
    private readonly id: string,
    private readonly options: FollowOptions,
  ) {
    this.#watch = new ContainerWatch(followed, changed => changed === id);
  }

  dispose(): void {
    this.#watch.dispose();
  }

  async *items(): AsyncGenerator<LogItem> {
    const { signal } = this.options;
    for (;;) {
      this.#watch.reset();
      this.row = this.followed.mirror.get('container', this.id) ?? this.row;
      try {
        signal.throwIfAborted();
        const engine = await this.#engine();
        const facts = await logFacts(engine, this.id, this.options);
        if (this.#lost) yield { notice: { what: 'back', time: Date.now() } };
        this.#lost = false;
        yield* this.#catchUp(engine, facts);
        if (facts.running) yield* this.#read(engine, facts, { follow: true });
        this.#failures = 0;
        if (facts.running || this.#drained === facts.startedAt) await this.#pause(facts);
      } catch (error) {
        const failure = toEngineError(error, signal);
        if (signal.aborted) throw failure;
        if (failure.kind === 'notFound') return;
        if (failure.kind === 'conflict') {
          await this.#watch.next(signal); // It is being removed.
          continue;
        }
        if (failure.kind === 'failed' && !isUnreadable(failure) && this.#failures++ < mostFailures) {
          await this.#retry(); // Podman fails in many words while a container goes.
          continue;
        }
        if (failure.kind !== 'unreachable' && !this.#isShut(failure)) throw failure;
        if (!this.#lost) yield { notice: { what: 'lost', time: Date.now(), cause: failure } };
        this.#lost = true;
        await this.#retry();
      }
    }
  }

  /** What was printed until now, with the news of what happened in its place among the lines. */
  async *#catchUp(engine: Engine, facts: LogFacts): AsyncGenerator<LogItem> {
    let news = newsOf(this.#last, facts);
    const otherRun = this.#last?.startedAt !== facts.startedAt;
    const justEnded = !facts.running && news.length > 0 && !otherRun;
    const until = justEnded ? fromMilliseconds(facts.finishedAt + lateMs) : undefined;
    const drains = !facts.running && !justEnded && this.#drained !== facts.startedAt;
    let begun: LogFacts | undefined;
    let heard = false;
    if (news.length > 0 || drains) {
      for await (const item of this.#read(engine, facts, { follow: false, until })) {
        if (!('records' in item)) {
          yield item;
          continue;
        }
        try {
          if (drains) begun ??= await this.#begunSince(engine, facts, item.records);
        } catch (error) {
          yield item; // It would not be read again.
          throw error;
        }
        if (begun && !heard) news = withStart(news, facts, begun);
        heard = begun !== undefined;
        yield* inOrder(item.records, news);
      }
    }
    if (drains && !begun) this.#drained = facts.startedAt;
    this.#last = begun ? { ...begun, running: true } : facts; // Its end is told once it has been read that far.
    for (const { notices } of news) for (const notice of notices) yield { notice };
  }

  /** The run that has begun since a look at a stopped container: lines later than its end may be of that. */
  async #begunSince(
    engine: Engine,
    { startedAt, finishedAt }: LogFacts,
    records: readonly LogRecord[],
  ): Promise<LogFacts | undefined> {
    if (!records.some(({ time }) => time >= fromMilliseconds(finishedAt))) return undefined;
    const now = await logFacts(engine, this.id, this.options);
    return now.startedAt === startedAt ? undefined : now;
  }

  /** The log from where it was read to its present end, or, followed, as long as this run lasts. */
  async *#read(engine: Engine, { tty }: LogFacts, part: Pick<LogOptions, 'follow' | 'until'>): AsyncGenerator<LogItem> {
    const { signal, opened } = this.options;
    const range = this.#range();
    this.#begun ??= Date.now();
    if (engine.identity.flavour === 'podman') opened?.(); // It answers with the first line.
    const log = await openLog(engine, this.id, { ...range, ...part, tty, signal });
    opened?.();
    this.#answered(log);
    this.#resume.reopened(range.tail);
    const since = performance.now();
    let isWhole = false;
    try {
      for await (const group of log.records) {
        const records = this.#resume.fresh(group, log.pendingSince);
        if (records.length === 0) continue;
        this.#idle = this.#failures = 0;
        yield { records };
      }
      isWhole = true;
    } finally {
      const isSilent = isWhole || (log.pendingSince === undefined && performance.now() - since >= silentMs);
      if (isSilent && part.until === undefined && this.#resume.since === undefined) this.#isNew = true;
    }
  }

  /** A log that held no line is asked for whole: its container may print more than was asked for before it is read. */
  #range(): LogOptions {
    const { since, tail } = this.options;
    if (this.#resume.since !== undefined) return { since: this.#resume.since };
    if (tail === 0 && this.#begun !== undefined) return { since: fromMilliseconds(this.#begun) };
    return this.#isNew ? { since } : { since, tail };
  }

  #answered({ answeredAt }: OpenLog): void {
    if (!this.#isAnswered && answeredAt !== undefined) this.#begun = answeredAt;
    this.#isAnswered = true;
  }

  /** Whether there is no right to use an engine that has answered before: its socket may be made anew. */
  #isShut({ kind }: EngineError): boolean {
    return kind === 'unauthorized' && this.#last !== undefined;
  }

  async #engine(): Promise<Engine> {
    const { connection } = this.followed;
    for (;;) {
      if (connection.engine) return connection.engine;
      await this.#watch.next(this.options.signal);
      this.options.signal.throwIfAborted();
      this.#watch.reset();
    }
  }

  /** Until it may have started again. A run that is over may be told as running for some milliseconds more. */
  async #pause({ running }: LogFacts): Promise<void> {
    if (running && this.#idle < retries.length) await this.#retry();
    else await this.#watch.next(this.options.signal);
  }

  async #retry(): Promise<void> {
    await delay(retries[Math.min(this.#idle++, retries.length - 1)] ?? 0, this.options.signal);
  }
}

/** What has happened at one time between two looks at a container; nanoseconds. */
interface News {
  time: Nanoseconds;
  notices: LogNotice[];
}

/**
 * Which run a line is of that is stamped between two. The engine notes the time of an end somewhat before the last line's,
 * and that of a start somewhat after the first line's: the middle is the border.
 */
function betweenRuns(finishedAt: number, startedAt: number): Nanoseconds {
  return fromMilliseconds((finishedAt + startedAt) / 2);
}

/** What has happened between two looks, in the order of time. */
function newsOf(before: LogFacts | undefined, now: LogFacts): News[] {
  const exitCode = now.running ? undefined : now.exitCode;
  const stopped: LogNotice = { what: 'stopped', time: now.finishedAt, exitCode };
  const started: LogNotice = { what: 'started', time: now.startedAt };
  const atEnd = (...notices: LogNotice[]): News => ({ time: never, notices });
  if (!before) {
    if (now.running) return [];
    return [atEnd(now.startedAt === 0 ? { what: 'neverRan', time: Date.now() } : stopped)];
  }
  if (before.startedAt === now.startedAt) return before.running && !now.running ? [atEnd(stopped)] : [];
  const restarted = before.running && now.running;
  const start = restarted
    ? { time: betweenRuns(now.finishedAt, now.startedAt), notices: [stopped, started] }
    : { time: before.running ? fromMilliseconds(now.startedAt) : 0n, notices: [started] };
  return now.running ? [start] : [start, atEnd(stopped)];
}

/** The news, and then the start of the run that has begun since: all before the first line that may be of it. */
function withStart(news: readonly News[], { finishedAt }: LogFacts, { startedAt }: LogFacts): News[] {
  const border = betweenRuns(finishedAt, startedAt);
  const before = news.map(({ time, notices }) => ({ time: time < border ? time : border, notices }));
  return [...before, { time: border, notices: [{ what: 'started', time: startedAt }] }];
}

/** Lines, and before each line the news that are older than it. */
function* inOrder(records: readonly LogRecord[], news: News[]): Generator<LogItem> {
  let from = 0;
  for (let next = news[0]; next; next = news[0]) {
    const { time, notices } = next;
    const later = records.findIndex((record, index) => index >= from && record.time >= time);
    if (later < 0) break;
    if (later > from) yield { records: records.slice(from, later) };
    for (const notice of notices) yield { notice };
    news.shift();
    from = later;
  }
  if (from < records.length) yield { records: records.slice(from) };
}
