import type { Piece } from '../client/frames';
import { EngineError } from '../errors';

/*
 * The engine can neither tell which process of the container an exec started nor end it. So what Quayside starts begins
 * with a line of a POSIX shell that prints its process id, in a sequence that no terminal shows, and becomes the rest.
 */

const opening = '\x1b]quayside;';
const closing = '\x07';
const told = /\x1b\]quayside;(\d{1,10})\x07\r?\n/;
/** What comes before the process id at most, in bytes, e.g. a warning. */
const patience = 64 * 1024;

/** The first command of a script: tells the process id. */
export const tellPid = `echo "${opening}$$${closing}"`;

export type Handshake =
  | { kind: 'started'; pid: number; output: AsyncGenerator<Piece[]> }
  /** The process ended before its first command; `text` is all that came, the engine's reason as a rule. */
  | { kind: 'failed'; text: string };

/** Reads up to the process id. `output` goes on behind it; leaving it ends the stream. */
export async function shakeHands(pieces: AsyncGenerator<Piece[]>): Promise<Handshake> {
  const errors: Piece[] = [];
  let text = '';
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    for (const [index, piece] of next.value.entries()) {
      if (piece.stream === 'stderr') errors.push(piece);
      else text += piece.bytes.toString('latin1');
      const found = told.exec(text);
      if (!found) continue;
      const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
      const first: Piece = { stream: 'stdout', bytes: Buffer.from(rest, 'latin1'), ends: false };
      const output = goOn([...errors, first, ...next.value.slice(index + 1)], pieces);
      return { kind: 'started', pid: Number(found[1]), output };
    }
    if (text.length > patience || errors.length > patience) {
      await pieces.return(undefined);
      throw new EngineError('failed', { code: 'shellRunsNothing' });
    }
  }
  const bytes = [Buffer.from(text, 'latin1'), ...errors.map(piece => piece.bytes)];
  return { kind: 'failed', text: Buffer.concat(bytes).toString('utf8').trim() };
}

async function* goOn(first: Piece[], rest: AsyncGenerator<Piece[]>): AsyncGenerator<Piece[]> {
  try {
    const given = first.filter(({ bytes }) => bytes.length > 0);
    if (given.length > 0) yield given;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
