import { once } from 'node:events';
import { chmodSync, createReadStream } from 'node:fs';
import { join } from 'node:path';
import { run } from '../processes';
import { temporaryFolder } from '../temporaryFolder';
import { busyboxArchive } from '../tools/busybox';
import type { Api } from './rawEngine';

/**
 * Makes an image without a shell, as `FROM scratch` does: it holds `/sleep`, `/cat` and other programs of busybox that are
 * named, but no `sh`.
 */
export async function loadShellless(api: Api, name: string, others: readonly string[] = []): Promise<void> {
  const folder = temporaryFolder('shellless');
  try {
    await run('tar', ['-x', '-f', await busyboxArchive(), '-C', folder.path, './bin/busybox']);
    const busybox = join(folder.path, 'bin/busybox');
    chmodSync(busybox, 0o755);
    const archive = join(folder.path, 'image.tar');
    const add = (how: '-c' | '-r', name: string): Promise<string> => {
      const as = ['--owner=0', '--group=0', '--transform', `s,.*,${name},`];
      return run('tar', [how, '-f', archive, ...as, '-C', join(folder.path, 'bin'), 'busybox']);
    };
    await add('-c', 'sleep');
    for (const program of ['cat', ...others]) await add('-r', program);
    const stream = createReadStream(archive);
    await once(stream, 'open');
    await api('POST', `/images/create?fromSrc=-&repo=${name}&tag=latest`, stream);
  } finally {
    folder.remove();
  }
}
