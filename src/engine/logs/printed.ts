import { type Piece, readPieces, type StreamName } from '../client/frames';
import type { Engine } from '../connection/engine';
import { guarded, logFacts, type LogOptions, requestLog, splitTail } from './log';
import { lastOf } from './tail';

/** Whole lines of one stream, as they were printed. */
export interface PrintedLines {
  stream: StreamName;
  bytes: Buffer;
}

/**
 * A log as it was printed, in whole lines, without their times: an engine that need not stamp each line sends a log faster
 * than it does for {@link logs}. Ends with the log's present end.
 */
export async function* printedLog(
  engine: Engine,
  id: string,
  options: Omit<LogOptions, 'follow'> = {},
): AsyncGenerator<PrintedLines[]> {
  const { tty } = await logFacts(engine, id, options);
  const { asked, last } = splitTail(options);
  const pieces = readPieces(await requestLog(engine, id, { ...asked, timestamps: false }), tty);
  const lines = wholeLines(guarded(pieces, options.signal));
  yield* last === undefined ? lines : lastOf(singleLines(lines), last);
}

/** To be counted. */
async function* singleLines(groups: AsyncIterable<PrintedLines[]>): AsyncGenerator<PrintedLines[]> {
  for await (const group of groups) yield group.flatMap(lines => [...linesIn(lines)]);
}

function* linesIn({ stream, bytes }: PrintedLines): Generator<PrintedLines> {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(lineFeed, from) + 1 || bytes.length;
    yield { stream, bytes: bytes.subarray(from, end) };
    from = end;
  }
}

/** A line beyond this, in bytes, is given in parts rather than kept. */
const maxLine = 1024 * 1024;
const lineFeed = 0x0a;

/** Joins pieces to whole lines: the engine cuts long ones, and the other stream's may come in between. */
export async function* wholeLines(groups: AsyncIterable<Piece[]>): AsyncGenerator<PrintedLines[]> {
  const joiners = { stdout: new LineJoiner(), stderr: new LineJoiner() };
  for await (const pieces of groups) {
    const lines = pieces.map(({ stream, bytes }) => ({ stream, bytes: joiners[stream].take(bytes) }));
    yield lines.filter(({ bytes }) => bytes.length > 0);
  }
  for (const stream of ['stdout', 'stderr'] as const) yield [{ stream, bytes: joiners[stream].rest() }];
}

class LineJoiner {
  #parts: Buffer[] = [];
  #length = 0;

  /** The whole lines that these bytes complete. */
  take(bytes: Buffer): Buffer {
    const found = bytes.lastIndexOf(lineFeed) + 1;
    if (this.#length === 0 && found === bytes.length) return bytes;
    const end = found === 0 && this.#length + bytes.length > maxLine ? bytes.length : found;
    const lines = end === 0 ? nothing : Buffer.concat([this.rest(), bytes.subarray(0, end)]);
    this.#keep(bytes.subarray(end));
    return lines;
  }

  rest(): Buffer {
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

const nothing = Buffer.alloc(0);
