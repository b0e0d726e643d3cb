import { ByteQueue } from '../../base/byteQueue';
import type { StreamName } from '../client/frames';
import type { LogRecord } from './records';
import { type Nanoseconds, wholeSecond } from './times';

/**
 * The engine's own order of lines differs from that of their stamps by what two streams race for, and a log is asked for
 * by stamp: what came this long before the last line, in nanoseconds, is asked for again and compared.
 */
const overlap = 1_000_000_000n;
const maxRecords = 5_000;
const maxBytes = 4 * 1024 * 1024;

/**
 * Where a log that was read so far is to be asked for again, and what of the answer was read already: nothing is lost and
 * nothing repeated. Also right for engines that stamp whole seconds only, because the lines themselves are compared.
 */
export class ResumePoint {
  /** The last lines: the time, the stream, and what was printed. */
  readonly #recent = new ByteQueue();
  #bytes = 0;
  /** Lines that were given when their container ended within them. */
  readonly #unended = new Map<StreamName, LogRecord>();
  #newest: Nanoseconds = 0n;
  /** Of each of the last times at which lines were that are not remembered any more, how many. */
  readonly #forgotten = new Map<Nanoseconds, number>();
  /** While it is compared: how often each line is still expected again. */
  #expected: Map<string, number> | undefined;
  /** And how many of each time, which are not remembered. */
  #skip = new Map<Nanoseconds, number>();
  /** Whether the log was begun with its last lines, and then the time of the first: more lines may bear it. */
  #tailed = false;
  #begun: Nanoseconds | undefined;
  /** While lines from before the first one may come: the time that they bear. */
  #before: Nanoseconds | undefined;

  /** The time to ask for from, inclusive; undefined before the first line. */
  get since(): Nanoseconds | undefined {
    return this.#oldest ?? (this.#newest > 0n ? this.#newest : undefined);
  }

  /** Call it when the log has been asked for, again or with a number of last lines. */
  reopened(tail?: number): void {
    this.#tailed = tail !== undefined;
    this.#before = this.since === this.#begun ? this.#begun : undefined;
    this.#skip = new Map(this.#forgotten);
    this.#expected = new Map();
    for (const key of this.#recent.last((bytes, at, end) => bytes.toString('latin1', at, end))) {
      this.#expected.set(key, (this.#expected.get(key) ?? 0) + 1);
    }
  }

  /**
   * The records that were not read before. `pending` is the time of a line that has come in part, which a new request
   * must bring again.
   */
  fresh(records: readonly LogRecord[], pending: Nanoseconds | undefined): readonly LogRecord[] {
    if (this.#tailed && this.#recent.length === 0) this.#begun = records[0]?.time;
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
      this.#before = undefined;
      return [];
    }
    if (time > this.#newest + overlap) this.#expected = undefined;
    const begun = this.#unfinished(record);
    if (begun) this.#before = undefined;
    if (time === this.#before) return [];
    return [begun ? { ...record, bytes: record.bytes.subarray(begun.bytes.length) } : record];
  }

  /** A line that was given when its container ended within it: some engines let the next run go on with it. */
  #unfinished({ stream, time, bytes }: LogRecord): LogRecord | undefined {
    const before = this.#unended.get(stream);
    const goesOn = before?.time === time && before.bytes.length < bytes.length;
    return goesOn && bytes.subarray(0, before.bytes.length).equals(before.bytes) ? before : undefined;
  }

  /** Whole seconds are kept whole: an engine that stamps seconds gives all of one again. */
  #prune(pending: Nanoseconds | undefined): void {
    const aged = wholeSecond(this.#newest - overlap);
    const bound = pending !== undefined && pending < aged ? pending : aged;
    for (let next = this.#oldest; next !== undefined; next = this.#oldest) {
      const crowded = this.#recent.length > maxRecords || this.#bytes > maxBytes;
      if (next >= bound && !crowded) break;
      this.#bytes -= this.#recent.shift() ?? 0;
      if (next >= bound) this.#forget(next);
    }
  }

  /** Of two streams, a line may be later than what stands behind it: then it comes again with that. */
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
