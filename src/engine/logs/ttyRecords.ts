import { lineFeed, type LogRecord, maxLineBytes, type RecordReader } from './records';
import { type Nanoseconds, StampReader } from './times';

/** Docker cuts a line after this many bytes of it, and puts a stamp of this length before each piece. */
const pieceBytes = 16 * 1024;
const dockerStampBytes = 31;
/** Where the zone stands in a stamp of whole seconds. */
const zoneAt = 19;
const space = 0x20;
/** Characters before which a program writes a time: behind the name of a field, a quote or a bracket. */
const beforeTimes = Buffer.from('=:,"\'([{');
const dockerStamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /g;
const podmanStamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d) /g;

/**
 * What a stamp within a line means: the line's next piece, the first line of the next run, or it is the program's own
 * text.
 */
type StampMeaning = 'piece' | 'run' | 'text';

/** A stamp within a line. */
interface InnerStamp {
  time: Nanoseconds;
  /** Its text, as the engine or the program wrote it. */
  stamp: Buffer;
  /** How many bytes of the line come before it. */
  offset: number;
  /** The byte before it. */
  before: number | undefined;
}

/**
 * Reads the log of a container with a TTY: stamped lines without frames. So nothing but their stamps tells where the
 * pieces of a long line are joined, and where the line of a container that ended within it is followed by the next run's.
 */
export class TtyRecordReader implements RecordReader {
  /** Not needed: a TTY has one stream, so what follows the last whole line is requested again in any case. */
  readonly pendingSince = undefined;
  readonly #stamps = new StampReader();
  /** Bytes of a line whose end has not come yet. */
  #waiting: Buffer[] = [];
  /** The line that is being put together: its time, how the zone is written in its stamp, its parts without stamps. */
  #time: Nanoseconds = 0n;
  #zone = '';
  #parts: Buffer[] = [];
  /** How many bytes of the line have been read, also of parts that were passed on already. */
  #length = 0;

  constructor(private readonly ownStamps: boolean) {}

  push(chunk: Buffer): LogRecord[] {
    const records: LogRecord[] = [];
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      this.#takeLine(this.#afterWaiting(chunk.subarray(from, end + 1)), records);
      from = end + 1;
    }
    if (from < chunk.length) this.#wait(chunk.subarray(from), records);
    return records;
  }

  end(): LogRecord[] {
    const records: LogRecord[] = [];
    const rest = this.#afterWaiting(Buffer.alloc(0));
    if (rest.length > 0) this.#takeLine(rest, records);
    return records;
  }

  #afterWaiting(bytes: Buffer): Buffer {
    return this.#waiting.length === 0 ? bytes : Buffer.concat([...this.#waiting.splice(0), bytes]);
  }

  /** Keeps the start of a line. If the line is too long to be kept, takes whole pieces of it, so that no stamp is cut. */
  #wait(bytes: Buffer, records: LogRecord[]): void {
    this.#waiting.push(bytes);
    const length = this.#waiting.reduce((sum, part) => sum + part.length, 0);
    if (length <= maxLineBytes) return;
    const line = Buffer.concat(this.#waiting);
    const end = length - (length % (dockerStampBytes + pieceBytes));
    this.#waiting = [line.subarray(end)];
    this.#takeLine(line.subarray(0, end), records);
  }

  /** Takes a line, or the next part of a line that is too long to be kept. */
  #takeLine(line: Buffer, records: LogRecord[]): void {
    const text = this.#length > 0 ? line : this.#withoutStamp(line);
    let from = 0;
    for (const { index, stamp } of stampsIn(text, this.ownStamps)) {
      const time = this.#stamps.read(stamp)?.time;
      if (time === undefined) continue;
      const offset = this.#length + index - from;
      const meaning = this.#meaningOf({ time, stamp, offset, before: text[index - 1] });
      if (meaning === 'text') continue;
      this.#add(text.subarray(from, index));
      if (meaning === 'run') this.#beginRun(time, records);
      from = index + stamp.length;
    }
    this.#add(text.subarray(from));
    this.#emit(records);
    if (text.at(-1) === lineFeed) this.#length = 0;
  }

  #withoutStamp(line: Buffer): Buffer {
    const stamp = this.#stamps.read(line);
    if (!stamp) return line;
    this.#time = stamp.time;
    this.#zone = line.toString('latin1', zoneAt, stamp.length);
    return line.subarray(stamp.length);
  }

  #meaningOf(inner: InnerStamp): StampMeaning {
    if (inner.offset === 0) return 'text';
    return this.ownStamps ? this.#podmanMeaning(inner) : this.#dockerMeaning(inner);
  }

  /**
   * Docker stamps all pieces of a line alike, and each piece but the last has the same length. A later stamp begins a
   * run.
   */
  #dockerMeaning({ time, offset }: InnerStamp): StampMeaning {
    if (time > this.#time) return 'run';
    return time === this.#time && offset % pieceBytes === 0 ? 'piece' : 'text';
  }

  /**
   * Podman cuts anywhere, but hardly ever just where a program would write a time: behind one of the characters before
   * times, or behind a space in the second of the line's own stamp.
   */
  #podmanMeaning({ time, stamp, before }: InnerStamp): StampMeaning {
    const isWritten = before !== undefined && beforeTimes.includes(before);
    const isSpoken = before === space && time === this.#time;
    const isEngines = time >= this.#time && stamp.toString('latin1', zoneAt) === this.#zone;
    return isEngines && !isWritten && !isSpoken ? 'piece' : 'text';
  }

  #add(bytes: Buffer): void {
    if (bytes.length > 0) this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  #beginRun(time: Nanoseconds, records: LogRecord[]): void {
    this.#emit(records);
    this.#time = time;
    this.#length = 0;
  }

  /** Passes on what has been read of the line. */
  #emit(records: LogRecord[]): void {
    const [first] = this.#parts;
    if (!first) return;
    const bytes = this.#parts.length > 1 ? Buffer.concat(this.#parts) : first;
    this.#parts = [];
    records.push({ stream: 'stdout', time: this.#time, bytes });
  }
}

/** What looks like a stamp in a line. */
function stampsIn(text: Buffer, ownStamps: boolean): { index: number; stamp: Buffer }[] {
  if (!ownStamps && !text.includes('Z ')) return [];
  const stamps = text.toString('latin1').matchAll(ownStamps ? podmanStamp : dockerStamp);
  return [...stamps].map(({ 0: { length }, index }) => ({ index, stamp: text.subarray(index, index + length) }));
}
