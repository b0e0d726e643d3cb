import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Thrown by {@link writeWhole} when something that is no file, e.g. a pipe or a device, is at the path. */
export class NotAFileError extends Error {
  constructor(readonly path: string) {
    super(`notAFile path=${path}`);
    this.name = 'NotAFileError';
  }
}

/**
 * Writes a file, no faster than that is done, that is there whole or not at all: what is at its path stays as it is until
 * then, and when the contents fail. What may not be written, and what is no file, is left alone.
 */
export async function writeWhole(path: string, contents: AsyncIterable<Buffer>): Promise<void> {
  const { file, mode } = await placeFor(path);
  const part = join(dirname(file), `.${randomUUID()}.part`);
  try {
    const handle = await open(part, 'wx', mode); // First of all: what fails at once must not be followed by the file.
    await pipeline(contents, handle.createWriteStream());
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Where a path leads, and the mode of the file there; a rename would put a file in the place of anything. */
async function placeFor(path: string): Promise<{ file: string; mode?: number }> {
  const file = existsSync(path) ? await realpath(path) : undefined;
  await access(dirname(file ?? path), constants.W_OK);
  if (file === undefined) return { file: path };
  const stats = await stat(file);
  if (!stats.isFile()) throw new NotAFileError(path);
  await access(file, constants.W_OK);
  return { file, mode: stats.mode };
}
