import { ByteQueue } from '../../../base/byteQueue';
import type { LogLine } from './logLine';

/** A line of the log, or a dim one of Quayside's own. */
export type Shown = LogLine | { note: string; text: string };

export function isLine(shown: Shown): shown is LogLine {
  return !('note' in shown);
}

const kinds = { stdout: 0, stderr: 1, note: 2 } as const;
/** The kind, the time, the index of the source, and the length of the colours. */
const headBytes = 1 + 8 + 4 + 4;
const mostBytesPerCharacter = 3;

/**
 * The last lines of a log, bounded by number and size, so that memory stays bounded however long it is followed. Kept as
 * bytes, which become lines again when they are read.
 */
export class LogHistory {
  readonly #queue = new ByteQueue();
  readonly #sources: string[] = [];
  #bytes = 0;

  constructor(
    private readonly maxLines: number,
    private readonly maxBytes = 4 * 1024 * 1024,
  ) {}

  get length(): number {
    return this.#queue.length;
  }

  add(shown: Shown): void {
    const line = isLine(shown) ? shown : undefined;
    const { text } = shown;
    const colours = line?.colours ?? '';
    const source = line ? this.#indexOf(line.source) : 0;
    this.#queue.push(headBytes + (colours.length + text.length) * mostBytesPerCharacter, (bytes, at) => {
      bytes.writeUInt8(kinds[line?.stream ?? 'note'], at);
      bytes.writeBigInt64LE(line?.time ?? 0n, at + 1);
      bytes.writeUInt32LE(source, at + 9);
      const coloured = bytes.write(colours, at + headBytes, 'latin1');
      bytes.writeUInt32LE(coloured, at + 13);
      const end = at + headBytes + coloured;
      const written = end + bytes.write(text, end, 'utf8');
      this.#bytes += written - at;
      return written;
    });
    while (this.length > this.maxLines || (this.#bytes > this.maxBytes && this.length > 1)) {
      this.#bytes -= this.#queue.shift() ?? 0;
    }
  }

  /** All lines, or the last `count`. */
  last(count?: number): Shown[] {
    return this.#queue.last((bytes, at, end) => this.#read(bytes, at, end), count);
  }

  clear(): void {
    this.#queue.clear();
    this.#bytes = 0;
  }

  #read(bytes: Buffer, at: number, end: number): Shown {
    const kind = bytes.readUInt8(at);
    const from = at + headBytes + bytes.readUInt32LE(at + 13);
    const text = bytes.toString('utf8', from, end);
    if (kind === kinds.note) return { note: text, text };
    return {
      source: this.#sources[bytes.readUInt32LE(at + 9)] ?? '',
      stream: kind === kinds.stdout ? 'stdout' : 'stderr',
      time: bytes.readBigInt64LE(at + 1),
      text,
      colours: bytes.toString('latin1', at + headBytes, from),
    };
  }

  /** There are few sources, and most lines come from the last ones. */
  #indexOf(source: string): number {
    const index = this.#sources.lastIndexOf(source);
    return index < 0 ? this.#sources.push(source) - 1 : index;
  }
}
