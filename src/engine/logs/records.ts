import type { StreamName } from '../client/frames';
import type { ChunkReader } from './readChunks';
import type { Nanoseconds } from './times';

/** A line that a container printed. */
export interface LogRecord {
  stream: StreamName;
  /** When the engine received it; whole seconds on Podman 4. */
  time: Nanoseconds;
  /** The bytes as printed, with the line feed; without one if the container ended within the line. */
  bytes: Buffer;
}

/**
 * Makes records of a log that was requested with timestamps. The engine cuts long lines (Docker after 16 KiB, Podman after
 * 8 KiB) into pieces and stamps each of them; a reader joins the pieces to one line again.
 */
export interface RecordReader extends ChunkReader<LogRecord> {
  /** The time of the oldest line of which only a part has come. */
  readonly pendingSince: Nanoseconds | undefined;
}

/** A longer line, in bytes, is passed on in parts rather than kept. */
export const maxLineBytes = 1024 * 1024;
export const lineFeed = 0x0a;
