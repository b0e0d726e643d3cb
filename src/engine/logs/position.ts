import type { LogOptions, OpenLog } from './log';
import type { LogRecord } from './records';
import { ResumePoint } from './resume';
import { fromMilliseconds, type Nanoseconds } from './times';

/** How far a log has been read, and which part of it to request next. */
export class LogPosition {
  readonly #resume = new ResumePoint();
  /** When the log was first requested; once that was answered, when it was answered, by the engine's clock. */
  #begunAt: number | undefined;
  #isAnswered = false;
  /** Whether the log held no line yet: then every line that comes is new. */
  #wasEmpty = false;

  constructor(private readonly wanted: Pick<LogOptions, 'since' | 'tail'>) {}

  /** The part to request now. */
  next(): Pick<LogOptions, 'since' | 'tail'> {
    const part = this.#next();
    this.#begunAt ??= Date.now();
    return part;
  }

  /** Call it with the answer to the request for this part. */
  opened({ answeredAt }: OpenLog, { tail }: Pick<LogOptions, 'tail'>): void {
    if (!this.#isAnswered && answeredAt !== undefined) this.#begunAt = answeredAt;
    this.#isAnswered = true;
    this.#resume.reopened(tail);
  }

  /** The records that were not read before; `pending` is the time of a line of which only a part has come. */
  fresh(records: readonly LogRecord[], pending: Nanoseconds | undefined): readonly LogRecord[] {
    return this.#resume.fresh(records, pending);
  }

  /** Call it if the log has been read to its present end. */
  reachedEnd(): void {
    if (this.#resume.since === undefined) this.#wasEmpty = true;
  }

  /** A log that held no line is requested whole: its container may print more lines than `tail` before it is read. */
  #next(): Pick<LogOptions, 'since' | 'tail'> {
    const { since, tail } = this.wanted;
    if (this.#resume.since !== undefined) return { since: this.#resume.since };
    if (tail === 0 && this.#begunAt !== undefined) return { since: fromMilliseconds(this.#begunAt) };
    return this.#wasEmpty ? { since } : { since, tail };
  }
}
