import { Demultiplexer, type Piece, type StreamName } from '../client/frames';
import { lineFeed, type LogRecord, maxLineBytes, type RecordReader } from './records';
import { type Nanoseconds, StampReader } from './times';

/** The start of a line whose end has not come yet. */
interface OpenLine {
  time: Nanoseconds;
  parts: Buffer[];
  length: number;
}

const streams = ['stdout', 'stderr'] as const;

/** Reads the log of a container without a TTY: each frame holds a stamp and a line, or a piece of a line. */
export class FramedRecordReader implements RecordReader {
  readonly #demultiplexer = new Demultiplexer();
  readonly #stamps = new StampReader();
  /** What has come of a frame whose end has not. */
  readonly #frames: Record<StreamName, Buffer[]> = { stdout: [], stderr: [] };
  /** Both streams may have an open line at once: their pieces come mixed. */
  readonly #lines: Record<StreamName, OpenLine | undefined> = { stdout: undefined, stderr: undefined };
  /** The time of the last frame: a frame without a stamp gets it. */
  #time: Nanoseconds = 0n;

  constructor(private readonly ownStamps: boolean) {}

  get pendingSince(): Nanoseconds | undefined {
    const { stdout, stderr } = this.#lines;
    if (!stdout || !stderr) return (stdout ?? stderr)?.time;
    return stdout.time < stderr.time ? stdout.time : stderr.time;
  }

  push(chunk: Buffer): LogRecord[] {
    const records: LogRecord[] = [];
    for (const piece of this.#demultiplexer.write(chunk)) {
      const frame = this.#wholeFrame(piece);
      if (frame) this.#takeFrame(piece.stream, frame, records);
    }
    return records;
  }

  end(): LogRecord[] {
    const records: LogRecord[] = [];
    for (const stream of streams) {
      const frame = Buffer.concat(this.#frames[stream].splice(0));
      if (frame.length > 0) this.#takeFrame(stream, frame, records);
      this.#closeLine(stream, records);
    }
    return records.filter(({ bytes }) => bytes.length > 0);
  }

  #wholeFrame({ stream, bytes, ends }: Piece): Buffer | undefined {
    const parts = this.#frames[stream];
    if (ends && parts.length === 0) return bytes;
    parts.push(bytes);
    return ends ? Buffer.concat(parts.splice(0)) : undefined;
  }

  #takeFrame(stream: StreamName, frame: Buffer, records: LogRecord[]): void {
    const stamp = this.#stamps.read(frame);
    const time = stamp?.time ?? this.#time;
    const bytes = stamp ? frame.subarray(stamp.length) : frame;
    this.#time = time;
    // Docker gives all pieces of a line one stamp: under another stamp begins another line.
    if (!this.ownStamps && this.#lines[stream]?.time !== time) this.#closeLine(stream, records);
    if (!this.#lines[stream] && bytes.at(-1) === lineFeed) records.push({ stream, time, bytes });
    else this.#addToLine(stream, time, bytes, records);
  }

  #addToLine(stream: StreamName, time: Nanoseconds, bytes: Buffer, records: LogRecord[]): void {
    const line = (this.#lines[stream] ??= { time, parts: [], length: 0 });
    line.parts.push(bytes);
    line.length += bytes.length;
    if (bytes.at(-1) === lineFeed || line.length > maxLineBytes) this.#closeLine(stream, records);
  }

  #closeLine(stream: StreamName, records: LogRecord[]): void {
    const line = this.#lines[stream];
    if (!line) return;
    this.#lines[stream] = undefined;
    records.push({ stream, time: line.time, bytes: Buffer.concat(line.parts) });
  }
}
