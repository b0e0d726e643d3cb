import { join } from 'node:path';
import { installed } from './cache';
import { extractPackages, requireDebian } from './debian';

/** The program of Debian's registry, unpacked in the cache folder. */
export async function installRegistry(): Promise<string> {
  const folder = await installed('registry', async target => {
    const { codename } = await requireDebian('a registry', 'docker-registry');
    await extractPackages(codename, ['docker-registry'], target);
  });
  return join(folder, 'usr/bin/docker-registry');
}
