import { readPieces, type StreamName } from '../client/frames';
import { type Nanoseconds, StampReader } from './times';

/** A line that a container printed. */
export interface LogRecord {
  stream: StreamName;
  /** When the engine received it; whole seconds on Podman 4. */
  time: Nanoseconds;
  /** As it was printed, with its line feed; without one when the container ended within the line. */
  bytes: Buffer;
}

export interface RecordOptions {
  /** Whether the container has a TTY: its log has no frames. */
  tty: boolean;
  /** Whether pieces of one line are stamped one by one, as Podman does; Docker gives all the stamp of the first. */
  ownStamps: boolean;
}

/** A line beyond this, in bytes, is given in pieces rather than kept. */
const maxLine = 1024 * 1024;
const lineFeed = 0x0a;
/** Docker cuts a line after each so many bytes of it, and puts a stamp of so many before each piece. */
const pieceBytes = 16 * 1024;
const dockerStampBytes = 31;
/** Where the zone stands in a stamp of whole seconds. */
const zoneAt = 19;

/** A line that has come in part. */
interface Partial {
  time: Nanoseconds;
  stamp: Buffer;
  parts: Buffer[];
  length: number;
}

/**
 * Makes records of a log that was asked for with timestamps. The engine cuts long lines (16 KiB, Podman 8 KiB) into pieces
 * that bear a stamp each; they become one line again, whatever came between them on the other stream.
 */
export class RecordReader {
  readonly #stamps = new StampReader();
  readonly #partial: Record<StreamName, Partial | undefined> = { stdout: undefined, stderr: undefined };
  readonly #frames: Record<StreamName, Buffer[]> = { stdout: [], stderr: [] };
  #time: Nanoseconds = 0n;
  /** How the zone is written in the stamp of a TTY's line. */
  #zone = '';
  /** How many bytes of a TTY's line have been taken: some, where a line is given in pieces. */
  #taken = 0;

  constructor(private readonly options: RecordOptions) {}

  /** The time of the oldest line that has come only in part. */
  get pendingSince(): Nanoseconds | undefined {
    const times = [this.#partial.stdout, this.#partial.stderr].flatMap(partial => (partial ? [partial.time] : []));
    return times.length === 2 ? ((times[0] ?? 0n) < (times[1] ?? 0n) ? times[0] : times[1]) : times[0];
  }

  /** Takes some bytes of a frame (a TTY: of the stream), and adds the lines that they complete to `records`. */
  take(stream: StreamName, bytes: Buffer, ends: boolean, records: LogRecord[]): void {
    if (this.options.tty) this.#takeRaw(bytes, records);
    else if (ends && this.#frames[stream].length === 0) this.#takeFrame(stream, bytes, records);
    else {
      this.#frames[stream].push(bytes);
      if (ends) this.#takeFrame(stream, Buffer.concat(this.#frames[stream].splice(0)), records);
    }
  }

  /** What is left when the log has ended: lines without an end. */
  end(): LogRecord[] {
    const records: LogRecord[] = [];
    for (const bytes of this.#frames.stdout.splice(0)) this.#takeRawLine(bytes, records);
    for (const stream of ['stdout', 'stderr'] as const) this.#flush(stream, records);
    return records.filter(({ bytes }) => bytes.length > 0);
  }

  #takeFrame(stream: StreamName, frame: Buffer, records: LogRecord[]): void {
    const stamp = this.#stamps.read(frame);
    const time = stamp?.time ?? this.#time;
    const text = stamp ? frame.subarray(stamp.length) : frame;
    this.#time = time;
    const before = this.#partial[stream];
    if (before && !this.options.ownStamps && before.time !== time) this.#flush(stream, records);
    if (!this.#partial[stream] && text.at(-1) === lineFeed) records.push({ stream, time, bytes: text });
    else this.#continue(stream, time, text, records);
  }

  #continue(stream: StreamName, time: Nanoseconds, text: Buffer, records: LogRecord[]): void {
    const partial = (this.#partial[stream] ??= { time, stamp: text, parts: [], length: 0 });
    partial.parts.push(text);
    partial.length += text.length;
    if (text.at(-1) === lineFeed || partial.length > maxLine) this.#flush(stream, records);
  }

  #flush(stream: StreamName, records: LogRecord[]): void {
    const partial = this.#partial[stream];
    this.#partial[stream] = undefined;
    if (partial) records.push({ stream, time: partial.time, bytes: Buffer.concat(partial.parts) });
  }

  /** A TTY's log: stamped lines without frames. The bytes of a line that has not ended wait in `#frames`. */
  #takeRaw(bytes: Buffer, records: LogRecord[]): void {
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      const line = bytes.subarray(from, end + 1);
      const waiting = this.#frames.stdout;
      this.#takeRawLine(waiting.length > 0 ? Buffer.concat([...waiting.splice(0), line]) : line, records);
      from = end + 1;
    }
    if (from < bytes.length) this.#frames.stdout.push(bytes.subarray(from));
    const length = this.#frames.stdout.reduce((sum, part) => sum + part.length, 0);
    if (length > maxLine) this.#takeRawPieces(Buffer.concat(this.#frames.stdout.splice(0)), records);
  }

  /** Gives of a line that is too long to be kept what is whole pieces of Docker's: no stamp is cut in two. */
  #takeRawPieces(begun: Buffer, records: LogRecord[]): void {
    const end = begun.length - (begun.length % (dockerStampBytes + pieceBytes));
    this.#takeRawLine(begun.subarray(0, end), records);
    this.#frames.stdout.push(begun.subarray(end));
  }

  #takeRawLine(line: Buffer, records: LogRecord[]): void {
    const text = this.#taken > 0 ? line : this.#withoutStamp(line);
    let parts: Buffer[] = [];
    let from = 0;
    for (const { index, stamp } of innerStamps(text, this.options.ownStamps)) {
      const length = this.#taken + index - from;
      const time = length > 0 ? this.#timeOfInner(stamp, length, text[index - 1]) : undefined;
      if (time === undefined) continue;
      parts.push(text.subarray(from, index));
      from = index + stamp.length;
      this.#taken = length;
      if (this.options.ownStamps || time === this.#time) continue;
      this.#giveRaw(parts, records);
      this.#time = time;
      this.#taken = 0;
      parts = [];
    }
    const rest = text.subarray(from);
    this.#taken = rest.at(-1) === lineFeed ? 0 : this.#taken + rest.length;
    this.#giveRaw([...parts, rest], records);
  }

  #withoutStamp(line: Buffer): Buffer {
    const stamp = this.#stamps.read(line);
    if (!stamp) return line;
    this.#time = stamp.time;
    this.#zone = line.toString('latin1', zoneAt, stamp.length);
    return line.subarray(stamp.length);
  }

  /**
   * The time of a stamp within a TTY's line, after so many bytes of it; undefined when it is a program's own. Docker's
   * stand at the start of a piece, or are later than the line: of the next run. Podman cuts anywhere, but hardly ever just
   * where a program would write a time: behind the name of a field, a quote or a bracket, or a space in the same second.
   */
  #timeOfInner(stamp: Buffer, length: number, before: number | undefined): Nanoseconds | undefined {
    const time = this.#stamps.read(stamp)?.time;
    if (time === undefined) return undefined;
    const isWritten = before !== undefined && beforeTimes.includes(before);
    const isEngines = this.options.ownStamps
      ? !isWritten &&
        !(before === space && time === this.#time) &&
        time >= this.#time &&
        stamp.toString('latin1', zoneAt) === this.#zone
      : time > this.#time || (time === this.#time && length % pieceBytes === 0);
    return isEngines ? time : undefined;
  }

  #giveRaw(parts: readonly Buffer[], records: LogRecord[]): void {
    const [first = noBytes, ...others] = parts;
    const bytes = others.length > 0 ? Buffer.concat(parts) : first;
    if (bytes.length > 0) records.push({ stream: 'stdout', time: this.#time, bytes });
  }
}

const noBytes = Buffer.alloc(0);
const space = 0x20;
const beforeTimes = Buffer.from('=:,"\'([{');
const dockerStamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /g;
const podmanStamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d) /g;

/**
 * What looks like a stamp within a TTY's line: a piece of it may begin behind each, or with Docker, the next run of a
 * container that ended within the line.
 */
function innerStamps(text: Buffer, ownStamps: boolean): { index: number; stamp: Buffer }[] {
  if (text.indexOf('Z ') < 0 && !ownStamps) return [];
  const stamps = text.toString('latin1').matchAll(ownStamps ? podmanStamp : dockerStamp);
  return [...stamps].map(({ 0: { length }, index }) => ({ index, stamp: text.subarray(index, index + length) }));
}

/** The records of a log as it comes, in groups of what came together. Nothing is read ahead of the caller. */
export async function* readRecords(
  chunks: AsyncIterable<Buffer>,
  reader: RecordReader,
  tty: boolean,
): AsyncGenerator<LogRecord[]> {
  for await (const pieces of readPieces(chunks, tty)) {
    const records: LogRecord[] = [];
    for (const { stream, bytes, ends } of pieces) reader.take(stream, bytes, ends, records);
    if (records.length > 0) yield records;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}
