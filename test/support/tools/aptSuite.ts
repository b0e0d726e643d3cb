import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../processes';
import { temporaryFolder } from '../temporaryFolder';

/** One suite of a package mirror. */
export interface AptSuite {
  /** Unpacks packages of the suite into a folder. They are not installed, and nothing that they depend on comes along. */
  extract(packages: readonly string[], into: string): Promise<void>;
}

/**
 * Reads the package list of one source line of apt, and keeps it in the folder. What this system has installed, pinned,
 * or chosen as its release plays no part: it would ask for versions that only this system's own sources have, such as
 * security updates. So the suite alone suffices; updates beside it are not looked for.
 */
export async function openSuite(sourceLine: string, folder: string): Promise<AptSuite> {
  const options = await isolation(sourceLine, folder);
  await run('apt-get', [...options, 'update'], { cwd: folder });
  return { extract: (packages, into) => extract(options, packages, into) };
}

/** The cache is one for each call, so that two can run side by side. */
async function extract(options: readonly string[], packages: readonly string[], into: string): Promise<void> {
  const folder = temporaryFolder('apt');
  const work = folder.path;
  try {
    await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
    await run('apt-get', [...options, '-o', `Dir::Cache=${work}/cache`, 'download', ...packages], { cwd: work });
    const archives = (await readdir(work)).filter(name => name.endsWith('.deb'));
    for (const archive of archives) await run('dpkg', ['-x', archive, into], { cwd: work });
  } finally {
    folder.remove();
  }
}

/** What keeps apt within the folder. How it reaches a mirror and which keys it trusts is the system's. */
async function isolation(sourceLine: string, folder: string): Promise<string[]> {
  const own = (path: string): string => join(folder, path);
  for (const name of ['lists/partial', 'cache/archives/partial', 'preferences.d'])
    await mkdir(own(name), { recursive: true });
  await writeFile(own('sources.list'), `${sourceLine}\n`);
  await writeFile(own('status'), '');
  const architecture = (await run('dpkg', ['--print-architecture'])).trim();
  const settings = {
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'APT::Default-Release': '',
    'APT::Sandbox::User': 'root',
    'Acquire::Check-Valid-Until': 'false', // A mirror that lags behind serves as well; signatures are checked all the same.
    'Acquire::Languages': 'none',
    'Dir::Etc::sourcelist': own('sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferences': own('preferences'),
    'Dir::Etc::preferencesparts': own('preferences.d'),
    'Dir::State': folder,
    'Dir::State::lists': own('lists'),
    'Dir::State::status': own('status'),
    'Dir::State::extended_states': own('extended_states'),
    'Dir::Cache': own('cache'),
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}
