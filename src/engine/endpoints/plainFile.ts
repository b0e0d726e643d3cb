import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileProblem, Reason } from '../errorCodes';
import { EngineError } from '../errors';

/** Docker's files have a few kilobytes, a system's authorities a few hundred. A larger file is something else. */
const maxFileBytes = 4 * 1024 * 1024;

/** Does not wait for the other end of a pipe. Windows has no such flag: it is undefined there, which sets no bit. */
const readAtOnce = constants.O_RDONLY | constants.O_NONBLOCK;

/** Thrown for a file that can be read, but not used. */
export class UnusableFile extends Error {
  constructor(readonly kind: PlainProblem['kind']) {
    super(kind);
    this.name = 'UnusableFile';
  }
}

type PlainProblem = Exclude<FileProblem, { said: string } | { reason: Reason }>;

/**
 * Reads a file of ordinary size. Rejects with {@link UnusableFile} for a larger one and for anything that is not a
 * file, e.g. a pipe; otherwise with the system's error.
 */
export async function readPlainFile(file: string): Promise<Buffer> {
  const handle = await open(file, readAtOnce);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new UnusableFile('notAFile');
    if (stat.size > maxFileBytes) throw new UnusableFile('tooLarge');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Why reading or understanding a file failed. */
export function fileProblem(error: unknown): FileProblem {
  if (error instanceof UnusableFile) return { kind: error.kind };
  if (error instanceof SyntaxError) return { kind: 'notJson' };
  if (error instanceof EngineError) return { kind: 'unusable', reason: error.reason };
  return { kind: 'unreadable', said: error instanceof Error ? error.message : '' };
}
