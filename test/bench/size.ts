import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from './figure';

const dependencies = 'node_modules/dockerode';
const kilobyte = 1000;

/** What is downloaded, and what an activation loads. */
export async function measureSize(vsix: string): Promise<Figure[]> {
  const unpacked = { value: (await sizeOf('dist')) / kilobyte, of: 'all bundles and data files of dist, as unpacked' };
  const sources = {
    value: (await sizeOf(dependencies)) / kilobyte,
    of: `${dependencies} alone, without what it needs`,
  };
  return [
    {
      name: 'VSIX',
      unit: 'kB',
      value: (await sizeOf(vsix)) / kilobyte,
      reference: unpacked,
      aim: { most: 1_000, of: 'value' },
    },
    { name: 'Bundle', unit: 'kB', value: (await loadedAtOnce()) / kilobyte, reference: sources },
  ];
}

/** What an activation loads: the extension, and what it shares with the bundles that are loaded late. */
async function loadedAtOnce(): Promise<number> {
  const names = (await readdir('dist')).filter(name => /^(extension|chunk-\w+)\.js$/.test(name));
  const sizes = await Promise.all(names.map(name => sizeOf(join('dist', name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A file, or the files of a folder; packages in it aside. */
async function sizeOf(path: string): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.size;
  const names = (await readdir(path)).filter(name => name !== 'node_modules' && !name.endsWith('.vsix'));
  const sizes = await Promise.all(names.map(name => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
