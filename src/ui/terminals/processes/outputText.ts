import { StringDecoder } from 'node:string_decoder';
import type { Piece, StreamName } from '../../../engine/client/frames';

/** Marks errors, unless the program colours them itself. */
const errorColour = '\x1b[31m';
const usualColour = '\x1b[39m';
const colours = /\x1b\[[\d;:]*m/g;
/** Sequences after which the text has no colour. */
const endsColour = /^\x1b\[(?!.*[345]8[;:])(?:[\d;:]*;)?(?:0*|39)m$/;
/** The start of a sequence whose end has not come yet. */
const begunColour = /\x1b(?:\[[\d;:]{0,64})?$/;

/** Makes text for a terminal of a process's output; holds back characters and colour sequences that are not whole. */
export class OutputText {
  readonly #decoders: Record<StreamName, StringDecoder> = {
    stdout: new StringDecoder('utf8'),
    stderr: new StringDecoder('utf8'),
  };
  readonly #begun: Record<StreamName, string> = { stdout: '', stderr: '' };
  /** The program's own colour of errors, which continues in the next error. */
  #own = '';
  #last: StreamName = 'stdout';
  #afterReturn = false;

  /** @param tty whether the output comes from a terminal, so that its lines end with a carriage return already */
  constructor(private readonly tty: boolean) {}

  format(pieces: readonly Piece[]): string {
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
