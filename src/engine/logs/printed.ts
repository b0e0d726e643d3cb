import { Demultiplexer, type Piece, type StreamName } from '../client/frames';
import type { Engine } from '../connection/engine';
import { logFacts, type LogOptions, requestLog, splitTail } from './log';
import { type ChunkReader, readChunks } from './readChunks';
import { lineFeed, maxLineBytes } from './records';
import { tail } from './tail';

/** Whole lines of one stream, as they were printed. */
export interface PrintedLines {
  stream: StreamName;
  bytes: Buffer;
}

/**
 * A log as it was printed, in whole lines, without times: an engine that need not stamp each line sends a log faster than
 * it does for {@link logs}. Ends at the present end of the log.
 */
export async function* printedLog(
  engine: Engine,
  id: string,
  options: Omit<LogOptions, 'follow'> = {},
): AsyncGenerator<PrintedLines[]> {
  const { tty } = await logFacts(engine, id, options);
  const { asked, last } = splitTail(options);
  const response = await requestLog(engine, id, { ...asked, timestamps: false });
  const reader = new PrintedLineReader({ tty, oneByOne: last !== undefined });
  const groups = readChunks(response, reader, options.signal);
  yield* last === undefined ? groups : tail(groups, last);
}

const streams = ['stdout', 'stderr'] as const;

/**
 * Puts the pieces of a log together to whole lines: the engine cuts long ones, and the other stream's may come in
 * between.
 */
export class PrintedLineReader implements ChunkReader<PrintedLines> {
  readonly #demultiplexer: Demultiplexer | undefined;
  readonly #joiners = { stdout: new LineJoiner(), stderr: new LineJoiner() };

  /** @param options `oneByOne`: each line is an item of its own, to be counted */
  constructor(private readonly options: { tty: boolean; oneByOne: boolean }) {
    if (!options.tty) this.#demultiplexer = new Demultiplexer();
  }

  push(chunk: Buffer): PrintedLines[] {
    const lines: PrintedLines[] = [];
    for (const { stream, bytes } of this.#pieces(chunk)) this.#add(stream, this.#joiners[stream].push(bytes), lines);
    return lines;
  }

  end(): PrintedLines[] {
    const lines: PrintedLines[] = [];
    for (const stream of streams) this.#add(stream, this.#joiners[stream].end(), lines);
    return lines;
  }

  #pieces(chunk: Buffer): Pick<Piece, 'stream' | 'bytes'>[] {
    return this.#demultiplexer?.write(chunk) ?? [{ stream: 'stdout', bytes: chunk }];
  }

  #add(stream: StreamName, bytes: Buffer, lines: PrintedLines[]): void {
    if (bytes.length === 0) return;
    if (!this.options.oneByOne) lines.push({ stream, bytes });
    else for (const line of splitLines(bytes)) lines.push({ stream, bytes: line });
  }
}

function splitLines(lines: Buffer): Buffer[] {
  const split: Buffer[] = [];
  for (let from = 0; from < lines.length;) {
    const end = lines.indexOf(lineFeed, from) + 1 || lines.length;
    split.push(lines.subarray(from, end));
    from = end;
  }
  return split;
}

/** Puts the lines of one stream together. */
class LineJoiner {
  #parts: Buffer[] = [];
  #length = 0;

  /** The whole lines that these bytes complete; a line that is too long to be kept comes in parts. */
  push(bytes: Buffer): Buffer {
    const afterLast = bytes.lastIndexOf(lineFeed) + 1;
    if (this.#length === 0 && afterLast === bytes.length) return bytes;
    const isTooLong = afterLast === 0 && this.#length + bytes.length > maxLineBytes;
    const end = isTooLong ? bytes.length : afterLast;
    const lines = end === 0 ? noBytes : Buffer.concat([this.end(), bytes.subarray(0, end)]);
    this.#keep(bytes.subarray(end));
    return lines;
  }

  end(): Buffer {
    const rest = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    return rest;
  }

  #keep(bytes: Buffer): void {
    if (bytes.length > 0) this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}

const noBytes = Buffer.alloc(0);
