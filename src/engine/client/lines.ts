import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';

const usualMaxLength = 16 * 1024 * 1024;

export interface LineOptions {
  /** In characters; 16 Mi by default. */
  maxLength?: number;
  /** Called for a line that is left out because it is too long, or is not JSON where JSON is read. */
  onSkip?: () => void;
}

/** Cuts UTF-8 chunks into lines, however the chunks are cut. Drops a line that is too long. */
class LineCutter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #maxLength: number;
  readonly #onSkip: (() => void) | undefined;
  #rest = '';
  #tooLong = false;

  constructor({ maxLength = usualMaxLength, onSkip }: LineOptions) {
    this.#maxLength = maxLength;
    this.#onSkip = onSkip;
  }

  /** The lines that end in this chunk, without their line ends. */
  cut(chunk: Buffer): string[] {
    const pieces = this.#decoder.write(chunk).split('\n');
    const last = pieces.pop() ?? '';
    const lines: string[] = [];
    for (const piece of pieces) {
      const line = this.#rest + piece;
      if (this.#tooLong) this.#onSkip?.();
      else lines.push(line.endsWith('\r') ? line.slice(0, -1) : line);
      this.#rest = '';
      this.#tooLong = false;
    }
    this.#tooLong ||= this.#rest.length + last.length > this.#maxLength;
    this.#rest = this.#tooLong ? '' : this.#rest + last;
    return lines;
  }

  /** What came after the last line end. */
  end(): string[] {
    const rest = this.#rest + this.#decoder.end();
    return rest && !this.#tooLong ? [rest] : [];
  }
}

/**
 * The lines of a stream of UTF-8 chunks, without their line ends, however the chunks are cut. A line that is too long
 * is dropped, not kept in memory.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, options: LineOptions = {}): AsyncGenerator<string> {
  const cutter = new LineCutter(options);
  for await (const chunk of chunks) yield* cutter.cut(chunk);
  yield* cutter.end();
}

/**
 * Calls back with each JSON value of a newline-delimited stream until its end, and skips lines that are not JSON. It is
 * for many streams with many values, where an iteration would cost more than the work on the values.
 */
export async function eachJsonLine(
  stream: Readable,
  options: Pick<LineOptions, 'maxLength'>,
  onValue: (value: unknown) => void,
): Promise<void> {
  const cutter = new LineCutter(options);
  const take = (lines: readonly string[]): void => {
    for (const line of lines) {
      const value = parseOrUndefined(line);
      if (value !== undefined) onValue(value);
    }
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      take(cutter.cut(chunk));
    } catch (error) {
      stream.destroy(error as Error);
    }
  });
  await finished(stream);
  take(cutter.end());
}

/** The JSON values of a newline-delimited stream. Skips lines that are not JSON. */
export async function* readJsonLines(chunks: AsyncIterable<Buffer>, options: LineOptions = {}): AsyncGenerator {
  for await (const line of readLines(chunks, options)) {
    if (!line.trim()) continue;
    const value = parseOrUndefined(line);
    if (value === undefined) options.onSkip?.();
    else yield value;
  }
}

function parseOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
