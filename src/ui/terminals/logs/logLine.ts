import type { StreamName } from '../../../engine/client/frames';
import { type Nanoseconds, toMilliseconds } from '../../../engine/logs/times';
import type { Profile } from '../profile';
import { Sanitiser } from '../sanitise';

/** A line of a log, kept to be drawn now and later. */
export interface LogLine {
  source: string;
  stream: StreamName;
  time: Nanoseconds;
  /** Harmless to a terminal, with its colours, without its end. */
  text: string;
  /** The colours that earlier lines left in force. */
  colours: string;
}

const maxColours = 256;

/** Makes lines of the output of one stream of a container. Colours may continue over several lines. */
export class LineMaker {
  readonly #sanitiser: Sanitiser;
  #colours = '';

  constructor(
    private readonly source: string,
    private readonly stream: StreamName,
    profile: Profile,
  ) {
    this.#sanitiser = new Sanitiser(profile);
  }

  line(bytes: Buffer, time: Nanoseconds): LogLine {
    const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : bytes.length;
    const text = this.#sanitiser.write(bytes.subarray(0, end).toString('utf8'));
    if (bytes.at(-1) === 0x0a) this.#sanitiser.write('\n');
    const line = { source: this.source, stream: this.stream, time, text, colours: this.#colours };
    if (text.includes('\x1b[')) this.#colours = coloursAfter(this.#colours, text);
    return line;
  }
}

/** The colour sequences in force after a text. */
function coloursAfter(before: string, text: string): string {
  let colours = before;
  for (const [sequence, parameters = ''] of text.matchAll(/\x1b\[([\d;:]*)m/g)) {
    const resets = parameters === '' || /^0*$/.test(parameters.split(';')[0] ?? '');
    const rest = resets ? sequence.replace(/\x1b\[0*;?/, '\x1b[') : sequence;
    colours = (resets ? '' : colours) + (rest === '\x1b[m' ? '' : rest);
  }
  return colours.length > maxColours ? '' : colours;
}

/** A line's text without control characters: patterns search this. */
export function plainText(text: string): string {
  return /[\x00-\x1f]/.test(text) ? text.replace(/\x1b(?:\[[\d;:]*[@-~]|\]8;;[^\x1b]*\x1b\\|.)|[\r\b\v\f]/g, '') : text;
}

export const clocks = ['off', 'local', 'utc'] as const;
export type Clock = (typeof clocks)[number];

/** A time before a line: `2026-01-31 14:00:05.123`, with a Z for UTC. */
export function clockText(time: Nanoseconds, clock: Exclude<Clock, 'off'>): string {
  const date = new Date(toMilliseconds(time));
  if (clock === 'utc') return date.toISOString().replace('T', ' ');
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const hours = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${hours}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
