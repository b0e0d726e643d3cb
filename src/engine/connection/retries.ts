import { delay, LinkedAbort } from '../../base/abort';
import { Backoff } from '../../base/retry';
import { watchForSockets } from '../endpoints/socketWatch';
import type { SshAccess } from '../transport/sshAccess';
import { appearedMeanwhile, type Attempt, isAbsent, isCheap } from './attempts';

/** All in milliseconds. */
export interface RetryTimes {
  firstRetry: number;
  lastRetry: number;
  /** How often an engine is tried at first while somebody watches, when nothing else would tell of its return. */
  watchedRetry: number;
  /** The longest pause between these attempts, when the engine stays away. */
  lastWatchedRetry: number;
}

/** While somebody watches, an engine's return is noticed late by at most this share of the time that it was away. */
const watchedShare = 0.02;

/** The pauses between attempts to reach an engine. They grow, and end early when its socket appears. */
export class Retries {
  readonly #backoff: Backoff;
  #pausing: { abort(): void } = new AbortController();
  /** Since when the engine could not be used, by `performance.now()`. */
  #awaySince: number | undefined;

  constructor(
    private readonly times: RetryTimes,
    private readonly ssh: SshAccess,
    private readonly isWatched: () => boolean,
    random?: () => number,
  ) {
    this.#backoff = new Backoff(times.firstRetry, times.lastRetry, random);
  }

  /** The next pause is as short as the first. */
  reset(): void {
    this.#backoff.reset();
    this.reached();
  }

  /** Says that the engine can be used, for however long. */
  reached(): void {
    this.#awaySince = undefined;
  }

  /** Ends the pause that is under way. */
  hurry(): void {
    this.#pausing.abort();
  }

  /** @param hung whether the engine listens and is silent: each attempt takes long then, so the pauses need not grow */
  async pause(attempts: readonly Attempt[], hung: boolean, over: AbortSignal): Promise<void> {
    const paths = attempts.flatMap(({ endpoint: { address } }) => (address.kind === 'unix' ? [address.path] : []));
    const pause = this.#pause(hung ? this.times.firstRetry : this.#next(attempts), over);
    const onSocket = (): void => {
      this.reset();
      this.hurry();
    };
    const watcher = watchForSockets(paths, onSocket);
    if (attempts.some(appearedMeanwhile)) onSocket();
    await pause;
    watcher.dispose();
  }

  /** For what does not change by itself. */
  longPause(over: AbortSignal): Promise<void> {
    return this.#pause(this.times.lastRetry, over);
  }

  /**
   * Short while somebody watches, unless the file of a socket tells when the engine returns, or an attempt costs a
   * login.
   */
  #next(attempts: readonly Attempt[]): number {
    const usual = this.#backoff.next();
    const { watchedRetry, lastWatchedRetry } = this.times;
    this.#awaySince ??= performance.now();
    const away = performance.now() - this.#awaySince;
    const watched = Math.min(Math.max(watchedRetry, away * watchedShare), lastWatchedRetry);
    const quickly = this.isWatched() && attempts.some(attempt => isCheap(attempt, this.ssh) && !isAbsent(attempt));
    return quickly ? Math.min(usual, watched) : usual;
  }

  async #pause(ms: number, over: AbortSignal): Promise<void> {
    const abort = new LinkedAbort(over);
    this.#pausing = abort;
    await delay(ms, abort.signal).catch(() => undefined);
    abort.dispose();
  }
}
