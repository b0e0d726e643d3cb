import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from './figure';

const dependencies = 'node_modules/dockerode';
const pageLibraries = ['@vscode/webview-ui-toolkit/dist/toolkit.min.js', 'uplot/dist/uPlot.iife.min.js'];
const kilobyte = 1000;

/** What is downloaded, and what an activation loads. */
export async function measureSize(vsix: string): Promise<Figure[]> {
  const unpacked = { value: (await sizeOf('dist')) / kilobyte, of: 'all bundles and data files of dist, as unpacked' };
  const sources = {
    value: (await sizeOf(dependencies)) / kilobyte,
    of: `${dependencies} alone, without what it needs`,
  };
  const libraries = {
    value: (await sumOf(pageLibraries.map(name => join('node_modules', name)))) / kilobyte,
    of: 'the component set and the chart library that are in it, minified as they come',
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
    {
      name: 'JavaScript of the inspector’s page',
      unit: 'kB',
      value: (await bundles(/^inspector(-[a-z][\w.]*)?\.js$/)) / kilobyte,
      reference: libraries,
      aim: { most: 450, of: 'value' },
    },
  ];
}

/** What an activation loads: the extension, and what it shares with the bundles that are loaded late. */
function loadedAtOnce(): Promise<number> {
  return bundles(/^(extension|chunk-\w+)\.js$/);
}

async function bundles(pattern: RegExp): Promise<number> {
  const names = (await readdir('dist')).filter(name => pattern.test(name));
  return sumOf(names.map(name => join('dist', name)));
}

/** A file, or the files of a folder; packages in it aside. */
async function sizeOf(path: string): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.size;
  const names = (await readdir(path)).filter(name => name !== 'node_modules' && !name.endsWith('.vsix'));
  return sumOf(names.map(name => join(path, name)));
}

async function sumOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}
