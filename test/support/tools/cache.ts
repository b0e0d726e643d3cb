import { existsSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onExit } from '../cleanup';
import { isAlive } from '../processes';

/** Where tools are kept between runs. */
export function cacheFolder(): string {
  const own = process.env['QUAYSIDE_CACHE'];
  if (own) return own;
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'quayside');
}

/**
 * The folder of a tool, made by `install` when it is not there yet. It is filled under another name and renamed at the
 * end, so an interrupted installation is never taken for a tool; a second run waits for the first one's installation.
 */
export async function installed(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  await oneAtATime(name, async () => {
    if (!existsSync(folder)) await fill(folder, name, install);
  });
  return folder;
}

/** Does what must not be done twice at the same time, by this run or another: the installation of what is named. */
export async function oneAtATime(name: string, work: () => Promise<void>): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const unlock = await lock(join(cacheFolder(), `${name}.lock`), name);
  try {
    await work();
  } finally {
    unlock();
  }
}

async function fill(folder: string, name: string, install: (folder: string) => Promise<void>): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const begin = Date.now();
  console.log(`Installing ${name} into the cache folder (once) …`);
  await install(partial);
  await rename(partial, folder);
  console.log(`Installed ${name} in ${Math.round((Date.now() - begin) / 1000)} s.`);
}

/** Takes a lock that dies with its owner. */
async function lock(path: string, name: string): Promise<() => void> {
  for (let attempt = 0; !(await take(path)); attempt++) {
    if (attempt === 0) console.log(`Waiting for another installation of ${name} …`);
    await delay(500);
  }
  const release = (): void => rmSync(path, { force: true });
  const forget = onExit(release);
  return () => {
    forget();
    release();
  };
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const owner = await readFile(path, 'utf8').catch(() => '');
  if (owner !== '' && !isAlive(Number(owner))) await rm(path, { force: true });
  return false;
}
