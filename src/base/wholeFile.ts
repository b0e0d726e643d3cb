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
 * Writes a file whole or not at all: a file that is at the path stays as it is until the new one is complete, and when
 * the contents fail. Takes the contents as fast as they are written. Rejects, and changes nothing, when the path may
 * not be written or is no file.
 */
export async function writeWhole(path: string, contents: AsyncIterable<Buffer>): Promise<void> {
  const { file, mode } = await placeFor(path);
  const part = join(dirname(file), `.${randomUUID()}.part`);
  try {
    const handle = await open(part, 'wx', mode); // First, so that no content is taken if it fails.
    await pipeline(contents, handle.createWriteStream());
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Where a path leads, and the mode of the file there. Rejects when no file may be written there: a rename replaces
 * anything.
 */
async function placeFor(path: string): Promise<{ file: string; mode?: number }> {
  const file = existsSync(path) ? await realpath(path) : undefined;
  await access(dirname(file ?? path), constants.W_OK);
  if (file === undefined) return { file: path };
  const stats = await stat(file);
  if (!stats.isFile()) throw new NotAFileError(path);
  await access(file, constants.W_OK);
  return { file, mode: stats.mode };
}
