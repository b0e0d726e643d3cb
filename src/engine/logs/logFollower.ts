import { delay } from '../../base/abort';
import type { Engine } from '../connection/engine';
import { type EngineError, toEngineError } from '../errors';
import { ContainerWatch, type WatchedEngine } from '../mirror/containerWatch';
import type { Container } from '../objects/containers/row';
import { isUnreadable, type LogFacts, logFacts, type LogOptions, openLog } from './log';
import { inOrder, type LogItem, type News, newsOf, rest, withStart } from './notices';
import { LogPosition } from './position';
import type { LogRecord } from './records';
import { fromMilliseconds } from './times';

export interface FollowerOptions {
  since?: LogOptions['since'];
  /** How many of the last lines to begin with; all if not given. */
  tail?: number | undefined;
  signal: AbortSignal;
  /** Called whenever what the log holds is about to come, if it holds anything. */
  opened?: (() => void) | undefined;
}

/**
 * A line of a run may have a stamp this much later than the run's end; a later line may be of the next run. Milliseconds.
 */
const lateMs = 200;
/** How long to wait before the next attempt, in milliseconds, after one, two, three and more attempts without a line. */
const pauses = [20, 100, 300, 1_000];
/** An answer that brought nothing for this long, in milliseconds, holds no lines. */
const silentMs = 1_000;
/** After this many failures in a row, the next one is taken as final. */
const mostFailures = 4;

/**
 * What a failure means:
 * - `removed`: the container is gone
 * - `conflict`: it is being removed
 * - `passing`: Podman fails in many words while a container goes; soon it will say something clearer
 * - `lost`: the connection is, and may come back
 * - `fatal`: the log cannot be read
 */
type FailureOutcome = 'removed' | 'conflict' | 'passing' | 'lost' | 'fatal';

/** Follows the log of one container for as long as the container exists. */
export class LogFollower {
  readonly #watch: ContainerWatch;
  readonly #position: LogPosition;
  /** The last known row: it tells what the container was part of, once the container is gone. */
  row: Container | undefined;
  #last: LogFacts | undefined;
  #isLost = false;
  /** How many attempts in a row brought no line, and how many failed. */
  #idle = 0;
  #failures = 0;
  /** When the run began whose log was read to its end after it had stopped. */
  #finishedRun: number | undefined;

  constructor(
    private readonly followed: WatchedEngine,
    private readonly id: string,
    private readonly options: FollowerOptions,
  ) {
    this.#watch = new ContainerWatch(followed, changed => changed === id);
    this.#position = new LogPosition(options);
  }

  dispose(): void {
    this.#watch.dispose();
  }

  async *items(): AsyncGenerator<LogItem> {
    for (;;) {
      this.#watch.reset();
      this.row = this.followed.mirror.get('container', this.id) ?? this.row;
      try {
        yield* this.#readOn();
      } catch (error) {
        const failure = toEngineError(error, this.options.signal);
        const outcome = this.#outcomeOf(failure);
        if (outcome === 'fatal') throw failure;
        if (outcome === 'removed') return;
        if (outcome === 'lost' && !this.#isLost) yield { notice: { what: 'lost', time: Date.now(), cause: failure } };
        await this.#waitAfter(outcome);
      }
    }
  }

  #outcomeOf(failure: EngineError): FailureOutcome {
    if (this.options.signal.aborted) return 'fatal';
    switch (failure.kind) {
      case 'notFound':
        return 'removed';
      case 'conflict':
        return 'conflict';
      case 'unreachable':
        return 'lost';
      case 'unauthorized': // The socket of an engine that has answered before may be made anew.
        return this.#last ? 'lost' : 'fatal';
      case 'failed':
        return isUnreadable(failure) || this.#failures >= mostFailures ? 'fatal' : 'passing';
      case 'canceled':
      case 'inUse':
      case 'invalid':
      case 'unsupported':
        return 'fatal';
    }
  }

  async #waitAfter(outcome: 'conflict' | 'passing' | 'lost'): Promise<void> {
    if (outcome === 'conflict') return this.#watch.next(this.options.signal);
    if (outcome === 'passing') this.#failures++;
    if (outcome === 'lost') this.#isLost = true;
    return this.#pause();
  }

  /**
   * Looks at the container, reads what its log holds, and while it runs, what comes. Then waits until there may be more.
   */
  async *#readOn(): AsyncGenerator<LogItem> {
    const { signal } = this.options;
    signal.throwIfAborted();
    const engine = await this.#engine();
    const facts = await logFacts(engine, this.id, { signal });
    if (this.#isLost) yield { notice: { what: 'back', time: Date.now() } };
    this.#isLost = false;
    yield* this.#catchUp(engine, facts);
    if (facts.running) for await (const records of this.#read(engine, facts, { follow: true })) yield { records };
    this.#failures = 0;
    if (facts.running && this.#idle < pauses.length) return this.#pause(); // A run that is over may be told as running.
    if (facts.running || this.#finishedRun === facts.startedAt) await this.#watch.next(signal);
  }

  /** Reads up to the present end of the log, with the news since the last look in their place among the lines. */
  async *#catchUp(engine: Engine, facts: LogFacts): AsyncGenerator<LogItem> {
    const news = newsOf(this.#last, facts);
    const hasJustEnded = !facts.running && this.#last?.startedAt === facts.startedAt && news.length > 0;
    if (!facts.running && !hasJustEnded && this.#finishedRun !== facts.startedAt) {
      yield* this.#finish(engine, facts, news);
      return;
    }
    if (news.length > 0) {
      const until = hasJustEnded ? fromMilliseconds(facts.finishedAt + lateMs) : undefined;
      for await (const records of this.#read(engine, facts, { until })) yield* inOrder(records, news);
    }
    this.#last = facts;
    yield* rest(news);
  }

  /**
   * Reads the log of a container that was found stopped to its end. The container may have been started meanwhile: once a
   * line may be of the next run, that run's start is put before it, and the next look tells the run's end.
   */
  async *#finish(engine: Engine, facts: LogFacts, known: readonly News[]): AsyncGenerator<LogItem> {
    let news = [...known];
    let next: LogFacts | undefined;
    for await (const records of this.#read(engine, facts, {})) {
      if (!next && records.some(({ time }) => time >= fromMilliseconds(facts.finishedAt))) {
        try {
          next = await this.#nextRun(engine, facts);
        } catch (error) {
          yield { records }; // These lines would not be read again.
          throw error;
        }
        if (next) news = withStart(news, facts, next);
      }
      yield* inOrder(records, news);
    }
    if (!next) this.#finishedRun = facts.startedAt;
    this.#last = next ? { ...next, running: true } : facts;
    yield* rest(news);
  }

  /** The run that has begun since a container was found stopped. */
  async #nextRun(engine: Engine, { startedAt }: LogFacts): Promise<LogFacts | undefined> {
    const now = await logFacts(engine, this.id, { signal: this.options.signal });
    return now.startedAt === startedAt ? undefined : now;
  }

  /** The log from where it was read to its present end, or, if it is followed, for as long as this run lasts. */
  async *#read(
    engine: Engine,
    { tty }: LogFacts,
    part: Pick<LogOptions, 'follow' | 'until'>,
  ): AsyncGenerator<readonly LogRecord[]> {
    const { signal, opened } = this.options;
    const range = this.#position.next();
    if (engine.identity.flavour === 'podman') opened?.(); // Podman answers with the first line.
    const log = await openLog(engine, this.id, { ...range, ...part, tty, signal });
    opened?.();
    this.#position.opened(log, range);
    const openedAt = performance.now();
    let isWhole = false;
    try {
      for await (const group of log.records) {
        const records = this.#position.fresh(group, log.pendingSince);
        if (records.length === 0) continue;
        this.#idle = this.#failures = 0;
        yield records;
      }
      isWhole = true;
    } finally {
      const isSilent = log.pendingSince === undefined && performance.now() - openedAt >= silentMs;
      if ((isWhole || isSilent) && part.until === undefined) this.#position.reachedEnd();
    }
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

  async #pause(): Promise<void> {
    await delay(pauses[Math.min(this.#idle++, pauses.length - 1)] ?? 0, this.options.signal);
  }
}
