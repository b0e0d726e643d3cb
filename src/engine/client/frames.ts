import { EngineError } from '../errors';

export type StreamName = 'stdout' | 'stderr';

/** Some bytes of one stream: as many as came together, which may be part of a line, a character or a frame. */
export interface Piece {
  stream: StreamName;
  bytes: Buffer;
  /** Whether the frame that the bytes belong to ends with them. */
  ends: boolean;
}

/** The header of a frame: one byte for the type, three without meaning, and the length of what follows (big endian). */
const headerBytes = 8;
const types: readonly StreamName[] = ['stdout', 'stdout', 'stderr']; // Type 0 is stdin, which Docker sends as stdout.
/** The type of a frame with the engine's own error, which it sends when the stream breaks. */
const engineError = 3;
const maxErrorBytes = 64 * 1024;

/**
 * Splits a multiplexed stream into its frames (containers without a TTY: logs, attach, exec), however its chunks are
 * cut. It keeps only an incomplete header, so that a frame that claims to be long costs no memory.
 */
export class Demultiplexer {
  readonly #header = Buffer.alloc(headerBytes);
  #headerLength = 0;
  #type = 0;
  #left = 0;
  #error = '';

  /**
   * The pieces of a chunk, in order. Throws an EngineError (failed) when the stream has no frames, or tells an error.
   */
  write(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) {
        at = this.#readHeader(chunk, at);
        continue;
      }
      const end = Math.min(chunk.length, at + this.#left);
      this.#left -= end - at;
      this.#take(chunk.subarray(at, end), pieces);
      at = end;
    }
    return pieces;
  }

  #readHeader(chunk: Buffer, from: number): number {
    const taken = chunk.copy(this.#header, this.#headerLength, from, from + headerBytes - this.#headerLength);
    this.#headerLength += taken;
    if (this.#headerLength === headerBytes) {
      this.#headerLength = 0;
      this.#type = this.#header[0] ?? 0;
      this.#left = this.#header.readUInt32BE(4);
      if (this.#type > engineError) throw new EngineError('failed', { code: 'streamWithoutFrames' });
    }
    return from + taken;
  }

  #take(bytes: Buffer, pieces: Piece[]): void {
    const stream = types[this.#type];
    if (stream) {
      pieces.push({ stream, bytes, ends: this.#left === 0 });
      return;
    }
    if (this.#error.length < maxErrorBytes) this.#error += bytes.toString('utf8');
    if (this.#left === 0) throw brokenStream(this.#error.trim());
  }
}

function brokenStream(said: string): EngineError {
  return new EngineError('failed', said ? { said } : { code: 'streamBroke' });
}

/**
 * The pieces of a stream, in groups that came together. The stream of a TTY has no frames and is all stdout. Nothing is
 * read ahead: while the caller is busy with a group, the socket is not read.
 */
export async function* readPieces(chunks: AsyncIterable<Buffer>, tty: boolean): AsyncGenerator<Piece[]> {
  const demultiplexer = tty ? undefined : new Demultiplexer();
  for await (const chunk of chunks) {
    const pieces = demultiplexer?.write(chunk) ?? [{ stream: 'stdout' as const, bytes: chunk, ends: false }];
    if (pieces.length > 0) yield pieces;
  }
}
