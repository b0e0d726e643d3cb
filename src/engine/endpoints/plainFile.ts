import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileProblem, Reason } from '../errorCodes';
import { EngineError } from '../errors';

/** Docker's files are a few kilobytes, a system's authorities some hundred; whatever is larger is something else. */
const maxFileBytes = 4 * 1024 * 1024;

/** Waits for nobody at the other end of a pipe. Windows has no such flag: there it is undefined, which sets none. */
const readAtOnce = constants.O_RDONLY | constants.O_NONBLOCK;

/** Thrown for a file that can be read and not be used. */
export class UnusableFile extends Error {
  constructor(readonly kind: PlainProblem['kind']) {
    super(kind);
    this.name = 'UnusableFile';
  }
}

type PlainProblem = Exclude<FileProblem, { said: string } | { reason: Reason }>;

/**
 * Reads a file of an ordinary size. Rejects with {@link UnusableFile} for a larger one and for what is no file, e.g. a
 * pipe, otherwise with the system's error.
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
