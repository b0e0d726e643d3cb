import { toEngineError } from '../errors';

/** Makes items of a stream whose chunks are cut anywhere. */
export interface ChunkReader<T> {
  /** The items that this chunk completes. */
  push(chunk: Buffer): T[];
  /** What is left when the stream has ended. */
  end(): T[];
}

/**
 * Reads a stream to its end: yields the items of each chunk together. Nothing is read ahead: while the caller is busy, the
 * socket is not read. Leaving the loop closes the socket. Failures become EngineErrors.
 */
export async function* readChunks<T>(
  chunks: AsyncIterable<Buffer>,
  reader: ChunkReader<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T[]> {
  try {
    for await (const chunk of chunks) {
      const items = reader.push(chunk);
      if (items.length > 0) yield items;
    }
    const rest = reader.end();
    if (rest.length > 0) yield rest;
  } catch (error) {
    throw toEngineError(error, signal);
  }
}
