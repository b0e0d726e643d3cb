import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Docker's files are a few kilobytes, a system's authorities some hundred; whatever is larger is something else. */
const maxFileBytes = 4 * 1024 * 1024;

/** Waits for nobody at the other end of a pipe. Windows has no such flag: there it is undefined, which sets none. */
const readAtOnce = constants.O_RDONLY | constants.O_NONBLOCK;

/** Why a file cannot be used, to follow its name. */
export class Unusable extends Error {}

/** Reads a file of an ordinary size. Rejects with Unusable for what is none, e.g. a pipe, else with the system's error. */
export async function readPlainFile(file: string): Promise<Buffer> {
  const handle = await open(file, readAtOnce);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Unusable('is not a file');
    if (stat.size > maxFileBytes) throw new Unusable('is too large');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
