import type { Piece } from '../client/frames';
import { EngineError } from '../errors';

/*
 * The engine cannot tell which process of the container an exec started, and cannot end it. So Quayside starts a POSIX
 * shell that first prints its own process id, in a sequence that no terminal shows, and then becomes the wanted program.
 */

const opening = '\x1b]quayside;';
const closing = '\x07';
const printedPid = /\x1b\]quayside;(\d{1,10})\x07\r?\n/;
/** How many bytes, e.g. of warnings, may come before the process id. */
const maxBefore = 64 * 1024;

/** The first command of a script: prints the process id. */
export const printPid = `echo "${opening}$$${closing}"`;

export type ShellStart =
  | { kind: 'started'; pid: number; output: AsyncGenerator<Piece[]> }
  /** The process ended before its first command; `text` is its whole output, usually the engine's reason. */
  | { kind: 'failed'; text: string };

/**
 * Reads the output of a process up to its id. `output` is the rest, with what came before the id; leaving it ends the
 * stream.
 */
export async function readShellPid(pieces: AsyncGenerator<Piece[]>): Promise<ShellStart> {
  const errors: Piece[] = [];
  let text = '';
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    for (const [index, piece] of next.value.entries()) {
      if (piece.stream === 'stderr') errors.push(piece);
      else text += piece.bytes.toString('latin1');
      const found = printedPid.exec(text);
      if (!found) continue;
      const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
      const first: Piece = { stream: 'stdout', bytes: Buffer.from(rest, 'latin1'), ends: false };
      const output = withFirst([...errors, first, ...next.value.slice(index + 1)], pieces);
      return { kind: 'started', pid: Number(found[1]), output };
    }
    if (text.length > maxBefore || errors.length > maxBefore) {
      await pieces.return(undefined);
      throw new EngineError('failed', { code: 'shellRunsNothing' });
    }
  }
  const bytes = [Buffer.from(text, 'latin1'), ...errors.map(piece => piece.bytes)];
  return { kind: 'failed', text: Buffer.concat(bytes).toString('utf8').trim() };
}

async function* withFirst(first: Piece[], rest: AsyncGenerator<Piece[]>): AsyncGenerator<Piece[]> {
  try {
    const given = first.filter(({ bytes }) => bytes.length > 0);
    if (given.length > 0) yield given;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
