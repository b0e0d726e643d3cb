import { StringDecoder } from 'node:string_decoder';
import type { Piece, StreamName } from '../../../engine/client/frames';

/** Sets errors apart; a program's own colours prevail within. */
const errorColour = '\x1b[31m';
const usualColour = '\x1b[39m';
const colours = /\x1b\[[\d;:]*m/g;
/** Sequences that leave no colour of the text in force. */
const endsColour = /^\x1b\[(?!.*[345]8[;:])(?:[\d;:]*;)?(?:0*|39)m$/;
/** A sequence that goes on with what comes next. */
const begunColour = /\x1b(?:\[[\d;:]{0,64})?$/;

/** The text of a process's output, whole characters and colour sequences only, as a terminal wants it. */
export class OutputText {
  readonly #decoders: Record<StreamName, StringDecoder> = {
    stdout: new StringDecoder('utf8'),
    stderr: new StringDecoder('utf8'),
  };
  readonly #begun: Record<StreamName, string> = { stdout: '', stderr: '' };
  /** The errors' own colour that goes on with the next of them. */
  #own = '';
  #last: StreamName = 'stdout';
  #afterReturn = false;

  /** @param tty whether the output comes from a terminal, and has its line ends already. */
  constructor(private readonly tty: boolean) {}

  of(pieces: readonly Piece[]): string {
    return pieces.map(({ stream, bytes }) => this.#shown(stream, this.#decoders[stream].write(bytes))).join('');
  }

  #shown(stream: StreamName, text: string): string {
    if (this.tty) return text;
    const whole = this.#whole(stream, text);
    if (whole === '') return '';
    const lines = whole.replace(/\r?\n/g, (end, at: number) =>
      at === 0 && this.#afterReturn && end === '\n' ? '\n' : '\r\n',
    );
    this.#afterReturn = whole.endsWith('\r');
    return this.#coloured(stream, lines);
  }

  #whole(stream: StreamName, text: string): string {
    const all = this.#begun[stream] + text;
    [this.#begun[stream] = ''] = begunColour.exec(all) ?? [];
    return all.slice(0, all.length - this.#begun[stream].length);
  }

  #coloured(stream: StreamName, lines: string): string {
    const before = this.#own;
    const goesOn = stream === this.#last;
    this.#last = stream;
    if (stream === 'stdout') return goesOn || before === '' ? lines : usualColour + lines;
    const last = lines.match(colours)?.at(-1) ?? before;
    this.#own = endsColour.test(last) ? '' : last;
    const start = goesOn && before !== '' ? '' : before || errorColour;
    return start + lines + (this.#own === '' ? usualColour : '');
  }
}
