const least = 16 * 1024;
const lengthBytes = 4;

/**
 * A queue of entries in one piece of memory that is reused. Millions of entries leave no garbage, unlike objects in an
 * array, which live long enough to cost the garbage collector much.
 */
export class ByteQueue {
  #bytes = Buffer.allocUnsafe(0);
  #start = 0;
  #end = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds an entry of at most `most` bytes. `write` writes it at the given place, and returns where it ends. */
  push(most: number, write: (bytes: Buffer, at: number) => number): void {
    this.#makeRoom(lengthBytes + most);
    const at = this.#end + lengthBytes;
    const end = write(this.#bytes, at);
    this.#bytes.writeUInt32LE(end - at, this.#end);
    this.#end = end;
    this.#length++;
  }

  /** Removes the oldest entry, and returns its size in bytes; undefined when the queue is empty. */
  shift(): number | undefined {
    if (this.#length === 0) return undefined;
    const size = this.#bytes.readUInt32LE(this.#start);
    this.#start += lengthBytes + size;
    this.#length--;
    return size;
  }

  /** Reads the oldest entry. Its bytes change with the next `push`. */
  first<T>(read: (bytes: Buffer, at: number, end: number) => T): T | undefined {
    if (this.#length === 0) return undefined;
    const at = this.#start + lengthBytes;
    return read(this.#bytes, at, at + this.#bytes.readUInt32LE(this.#start));
  }

  /** Reads the last `count` entries (all by default), the oldest first. Their bytes change with the next `push`. */
  last<T>(read: (bytes: Buffer, at: number, end: number) => T, count = this.#length): T[] {
    const entries: T[] = [];
    let at = this.#start;
    for (let index = 0; index < this.#length; index++) {
      const from = at + lengthBytes;
      at = from + this.#bytes.readUInt32LE(at);
      if (index >= this.#length - count) entries.push(read(this.#bytes, from, at));
    }
    return entries;
  }

  clear(): void {
    this.#start = this.#end = this.#length = 0;
    this.#bytes = Buffer.allocUnsafe(0);
  }

  /** Moves the entries to the front; into more memory when less than a quarter of it would be free. */
  #makeRoom(size: number): void {
    if (this.#end + size <= this.#bytes.length) return;
    const used = this.#end - this.#start;
    const wanted = Math.max(least, ((used + size) * 4) / 3);
    const bytes = wanted > this.#bytes.length ? Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(wanted))) : this.#bytes;
    this.#bytes.copy(bytes, 0, this.#start, this.#end);
    this.#bytes = bytes;
    this.#start = 0;
    this.#end = used;
  }
}
