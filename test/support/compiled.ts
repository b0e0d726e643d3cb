import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The compiled module of a source, e.g. of `engine/errors`, for a script that runs in a process of its own. */
export function compiled(source: string): string {
  const path = join(__dirname, '../../src', `${source}.js`);
  if (!existsSync(path)) throw new Error(`There is no src/${source}.ts. Has it moved?`);
  return path;
}
