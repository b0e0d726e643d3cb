/** Nanoseconds since the epoch: fine enough to tell the lines of a log apart. */
export type Nanoseconds = bigint;

const perSecond = 1_000_000_000n;
const perMillisecond = 1_000_000n;
/** `2026-11-22T05:15:09`: seconds, without their fraction and zone. */
const secondsLength = 19;
/** `2026-11-22T05:15:09.123456789Z`, as Docker writes it. */
const dockerLength = 30;
const longest = 40;
const [point, zulu, space, zero] = [0x2e, 0x5a, 0x20, 0x30];

/** Reads the stamps that the engine puts before each line. Neighbours share their second, which is parsed once. */
export class StampReader {
  /** The seconds of the last stamp, as written and as a time. */
  #written = Buffer.alloc(0);
  #seconds = 0n;
  #last: { stamp: string; time: Nanoseconds } | undefined;

  /** The time at the start of a line, and where the line's own text begins; undefined if there is no stamp. */
  read(bytes: Buffer): { time: Nanoseconds; length: number } | undefined {
    const nanoseconds = this.#sameSecond(bytes);
    if (nanoseconds !== undefined) {
      return { time: this.#seconds + BigInt(nanoseconds), length: dockerLength + 1 };
    }
    const end = bytes.subarray(0, longest).indexOf(space);
    const time = end > secondsLength ? this.#parse(bytes.toString('latin1', 0, end)) : undefined;
    return time === undefined ? undefined : { time, length: end + 1 };
  }

  /** The nanoseconds of a stamp of Docker's in the same second as the one before. Nearly all are, and this is fast. */
  #sameSecond(bytes: Buffer): number | undefined {
    const isDockers =
      bytes[dockerLength] === space && bytes[dockerLength - 1] === zulu && bytes[secondsLength] === point;
    if (!isDockers || this.#written.length === 0) return undefined;
    for (let at = secondsLength - 1; at >= 0; at--) if (bytes[at] !== this.#written[at]) return undefined;
    let fraction = 0;
    for (let at = secondsLength + 1; at < dockerLength - 1; at++) {
      const digit = (bytes[at] ?? 0) - zero;
      if (digit < 0 || digit > 9) return undefined;
      fraction = fraction * 10 + digit;
    }
    return fraction;
  }

  #parse(stamp: string): Nanoseconds | undefined {
    if (stamp === this.#last?.stamp) return this.#last.time;
    const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(stamp);
    if (!parts) return undefined;
    const [, written = '', fraction = '', zone = ''] = parts;
    const milliseconds = Date.parse(written + zone);
    if (Number.isNaN(milliseconds)) return undefined;
    const seconds = BigInt(milliseconds) * perMillisecond;
    if (zone === 'Z') {
      this.#written = Buffer.from(written, 'latin1');
      this.#seconds = seconds;
    }
    const time = seconds + BigInt(fraction.padEnd(9, '0'));
    this.#last = { stamp, time };
    return time;
  }
}

/** Unix seconds with nine decimals, the form of `since` and `until`. */
export function stampQuery(time: Nanoseconds): string {
  return `${time / perSecond}.${String(time % perSecond).padStart(9, '0')}`;
}

export function fromMilliseconds(milliseconds: number): Nanoseconds {
  return BigInt(Math.round(milliseconds)) * perMillisecond;
}

export function toMilliseconds(time: Nanoseconds): number {
  return Number(time / perMillisecond);
}

/** The start of the second that a time falls in. */
export function wholeSecond(time: Nanoseconds): Nanoseconds {
  return (time / perSecond) * perSecond;
}
