import { StringDecoder } from 'node:string_decoder';
import type { Piece, StreamName } from '../../engine/streams';

/** Sets errors apart; a program's own colours prevail within. */
const errorColour = '\x1b[31m';
const usualColour = '\x1b[39m';

/** The text of a process's output, whole characters only, as a terminal wants it. */
export class PieceText {
  readonly #decoders: Record<StreamName, StringDecoder> = {
    stdout: new StringDecoder('utf8'),
    stderr: new StringDecoder('utf8'),
  };
  #afterReturn = false;

  /** @param tty whether the output comes from a terminal, and has its line ends already. */
  constructor(private readonly tty: boolean) {}

  of(pieces: readonly Piece[]): string {
    return pieces.map(({ stream, bytes }) => this.#shown(stream, this.#decoders[stream].write(bytes))).join('');
  }

  #shown(stream: StreamName, text: string): string {
    if (this.tty || text === '') return text;
    const lines = text.replace(/\r?\n/g, (end, at: number) =>
      at === 0 && this.#afterReturn && end === '\n' ? '\n' : '\r\n',
    );
    this.#afterReturn = text.endsWith('\r');
    return stream === 'stderr' ? `${errorColour}${lines}${usualColour}` : lines;
  }
}
