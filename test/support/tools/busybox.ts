import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../processes';
import { temporaryFolder } from '../temporaryFolder';
import { installed } from './cache';
import { extractPackages, requireDebian } from './debian';

/** A tar archive of a small root file system with Debian's static busybox: the base of every image in the tests. */
export async function busyboxArchive(): Promise<string> {
  const cached = await installed('busybox', async target => {
    const { codename } = await requireDebian('busybox', 'busybox');
    const folder = temporaryFolder('busybox');
    const work = folder.path;
    try {
      await extractPackages(codename, ['busybox-static'], join(work, 'package'));
      await makeRoot(join(work, 'package'), join(work, 'root'));
      await run('tar', ['-c', '-f', join(target, 'root.tar'), '--owner=0', '--group=0', '-C', join(work, 'root'), '.']);
    } finally {
      folder.remove();
    }
  });
  return join(cached, 'root.tar');
}

async function makeRoot(source: string, root: string): Promise<void> {
  const busybox = ['bin/busybox', 'usr/bin/busybox'].map(name => join(source, name)).find(existsSync);
  if (busybox === undefined) throw new Error('The package busybox-static holds no busybox.');
  for (const name of ['bin', 'etc', 'root', 'tmp', 'var/log', 'www'])
    await mkdir(join(root, name), { recursive: true });
  await copyFile(busybox, join(root, 'bin/busybox'));
  await chmod(join(root, 'bin/busybox'), 0o755);
  await chmod(join(root, 'tmp'), 0o1777);
  await writeFile(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  );
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  const applets = (await run(busybox, ['--list'])).split('\n').filter(name => name !== '' && name !== 'busybox');
  for (const applet of applets) await symlink('busybox', join(root, 'bin', applet));
}
