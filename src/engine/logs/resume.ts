import { ByteQueue } from '../../base/byteQueue';
import type { StreamName } from '../client/frames';
import type { LogRecord } from './records';
import { type Nanoseconds, wholeSecond } from './times';

/**
 * A log is requested from a time on, but its lines are not quite in the order of their times: two streams race. So the
 * lines of this long before the last one, in nanoseconds, are requested again and compared.
 */
const overlap = 1_000_000_000n;
const maxRecords = 5_000;
const maxBytes = 4 * 1024 * 1024;

/**
 * From where a log that was partly read is requested again, and which lines of the answer were read already: nothing is
 * lost and nothing repeated. Compares the lines themselves, so it is also right for engines that stamp whole seconds
 * only.
 */
export class ResumePoint {
  /** The last lines: time, stream and bytes of each. */
  readonly #recent = new ByteQueue();
  #bytes = 0;
  /** Lines that were passed on without their end, because the container ended within them. */
  readonly #unended = new Map<StreamName, LogRecord>();
  #newest: Nanoseconds = 0n;
  /** How many lines of a time are no longer remembered; the last such times only. */
  readonly #forgotten = new Map<Nanoseconds, number>();
  /** While lines are compared: how often each line is still expected again. */
  #expected: Map<string, number> | undefined;
  /** While lines are compared: how many lines of a time are expected again that are no longer remembered. */
  #skip = new Map<Nanoseconds, number>();
  /** Whether the log was begun with its last lines only. */
  #tailed = false;
  /** The time of the first of these: lines before it may have the same time. */
  #tailStart: Nanoseconds | undefined;
  /** While lines from before the first one may come: the time that they have. */
  #skippedTime: Nanoseconds | undefined;

  /** The time to request from, inclusive; undefined before the first line. */
  get since(): Nanoseconds | undefined {
    return this.#oldest ?? (this.#newest > 0n ? this.#newest : undefined);
  }

  /** Call it when the log has been requested, again or with a number of last lines. */
  reopened(tail?: number): void {
    this.#tailed = tail !== undefined;
    this.#skippedTime = this.since === this.#tailStart ? this.#tailStart : undefined;
    this.#skip = new Map(this.#forgotten);
    this.#expected = new Map();
    for (const key of this.#recent.last((bytes, at, end) => bytes.toString('latin1', at, end))) {
      this.#expected.set(key, (this.#expected.get(key) ?? 0) + 1);
    }
  }

  /**
   * The records that were not read before. `pending` is the time of a line of which only a part has come: the next request
   * must bring it again.
   */
  fresh(records: readonly LogRecord[], pending: Nanoseconds | undefined): readonly LogRecord[] {
    if (this.#tailed && this.#recent.length === 0) this.#tailStart = records[0]?.time;
    const fresh = this.#expected ? records.flatMap(record => this.#unread(record)) : records;
    for (const record of fresh) this.#remember(record);
    this.#prune(pending);
    return fresh;
  }

  get #oldest(): Nanoseconds | undefined {
    return this.#recent.first((bytes, at) => bytes.readBigInt64LE(at));
  }

  #remember(record: LogRecord): void {
    this.#recent.push(headBytes + record.bytes.length, (bytes, at) => write(record, bytes, at));
    this.#bytes += headBytes + record.bytes.length;
    if (record.time > this.#newest) this.#newest = record.time;
    if (record.bytes.at(-1) === 0x0a) this.#unended.delete(record.stream);
    else this.#unended.set(record.stream, { ...record, bytes: Buffer.from(record.bytes) });
  }

  #unread(record: LogRecord): LogRecord[] {
    const { time } = record;
    const forgotten = this.#skip.get(time) ?? 0;
    if (forgotten > 0) {
      this.#skip.set(time, forgotten - 1);
      return [];
    }
    const count = this.#expected?.get(keyOf(record)) ?? 0;
    if (count > 0) {
      this.#expected?.set(keyOf(record), count - 1);
      this.#skippedTime = undefined;
      return [];
    }
    if (time > this.#newest + overlap) this.#expected = undefined;
    const start = this.#continued(record);
    if (start) this.#skippedTime = undefined;
    if (time === this.#skippedTime) return [];
    return [start ? { ...record, bytes: record.bytes.subarray(start.bytes.length) } : record];
  }

  /** A line that was passed on without its end: some engines let the next run continue it. */
  #continued({ stream, time, bytes }: LogRecord): LogRecord | undefined {
    const before = this.#unended.get(stream);
    const goesOn = before?.time === time && before.bytes.length < bytes.length;
    return goesOn && bytes.subarray(0, before.bytes.length).equals(before.bytes) ? before : undefined;
  }

  /** Keeps all lines of a second, or none: an engine that stamps whole seconds sends all of them again. */
  #prune(pending: Nanoseconds | undefined): void {
    const aged = wholeSecond(this.#newest - overlap);
    const bound = pending !== undefined && pending < aged ? pending : aged;
    for (let next = this.#oldest; next !== undefined; next = this.#oldest) {
      const isFull = this.#recent.length > maxRecords || this.#bytes > maxBytes;
      if (next >= bound && !isFull) break;
      this.#bytes -= this.#recent.shift() ?? 0;
      if (next >= bound) this.#forget(next);
    }
  }

  /** A line of one stream may be later than the lines behind it of the other: then it comes again with them. */
  #forget(time: Nanoseconds): void {
    this.#forgotten.set(time, (this.#forgotten.get(time) ?? 0) + 1);
    if (this.#forgotten.size <= maxRecords) return;
    const [first] = this.#forgotten.keys();
    if (first !== undefined) this.#forgotten.delete(first);
  }
}

const headBytes = 8 + 1;

function write({ stream, time, bytes }: LogRecord, into: Buffer, at: number): number {
  into.writeBigInt64LE(time, at);
  into.writeUInt8(stream === 'stdout' ? 1 : 2, at + 8);
  return at + headBytes + bytes.copy(into, at + headBytes);
}

function keyOf(record: LogRecord): string {
  const bytes = Buffer.allocUnsafe(headBytes + record.bytes.length);
  write(record, bytes, 0);
  return bytes.toString('latin1');
}
