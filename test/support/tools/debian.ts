import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, run, SetupError, systemEnvironment } from '../processes';
import { temporaryFolder } from '../temporaryFolder';
import { findMirror, type Mirror } from './aptSources';
import { oneAtATime } from './cache';

export interface Release {
  distribution: 'debian' | 'ubuntu';
  codename: string;
}

/** The Debian or Ubuntu that this is, where packages can be installed; else a SetupError that says what to install. */
export async function requireDebian(tool: string, advice: string): Promise<Release> {
  const release = await debianRelease();
  if (!release) throw new SetupError(`Quayside's tests need ${tool}; on this system install ${advice} yourself.`);
  if (process.getuid?.() !== 0) {
    throw new SetupError(`Quayside's tests need ${tool}; run them as root, or install ${advice} yourself.`);
  }
  return release;
}

/** Installs system packages, without what they only recommend and without starting their services. */
export async function aptInstall(packages: readonly string[], tool: string): Promise<void> {
  await requireDebian(tool, packages.join(', '));
  console.log(`Installing ${packages.join(', ')} from the system's packages (once) …`);
  const env = { ...systemEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', ...packages];
  try {
    await oneAtATime('packages', async () => {
      await run('apt-get', args, { env }).catch(async () => {
        await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update'], { env });
        await run('apt-get', args, { env });
      });
    });
  } catch (error) {
    throw new SetupError(`Quayside's tests need ${tool}: ${(error as Error).message}`, { cause: error });
  }
}

/** Installs the package of each program (name → package) that is not on the PATH. */
export async function requirePrograms(programs: Readonly<Record<string, string>>, tool: string): Promise<void> {
  const missing = Object.entries(programs).filter(([program]) => findProgram(program) === undefined);
  if (missing.length > 0) await aptInstall([...new Set(missing.map(([, name]) => name))], tool);
}

/** Unpacks packages of a suite of this system's own mirror into a folder; the system itself stays as it is. */
export async function extractPackages(suite: string, packages: readonly string[], into: string): Promise<void> {
  const folder = temporaryFolder('apt');
  const work = folder.path;
  try {
    const options = await aptOptions(work, suite);
    await run('apt-get', [...options, 'update'], { cwd: work });
    await run('apt-get', [...options, 'download', ...packages], { cwd: work });
    const archives = (await readdir(work)).filter(name => name.endsWith('.deb'));
    for (const archive of archives) await run('dpkg', ['-x', archive, into], { cwd: work });
  } finally {
    folder.remove();
  }
}

async function aptOptions(work: string, suite: string): Promise<string[]> {
  const { uri, components, options } = await systemMirror();
  await writeFile(join(work, 'sources.list'), `deb ${options}${uri} ${suite} ${components}\n`);
  await mkdir(join(work, 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  const settings = {
    'APT::Sandbox::User': 'root',
    'Acquire::Check-Valid-Until': 'false', // A mirror that lags behind serves as well; signatures are checked all the same.
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

async function systemMirror(): Promise<Mirror> {
  const { codename } = await requireDebian('Debian packages', 'Docker Engine');
  const parts = '/etc/apt/sources.list.d';
  const names = existsSync(parts) ? (await readdir(parts)).map(name => join(parts, name)) : [];
  const files = ['/etc/apt/sources.list', ...names].filter(file => /\.(list|sources)$/.test(file) && existsSync(file));
  const mirror = findMirror(await Promise.all(files.map(file => readFile(file, 'utf8'))), codename);
  if (!mirror)
    throw new SetupError(`Quayside's tests need a package mirror: no apt source names the suite ${codename}.`);
  return mirror;
}

/** The Debian or Ubuntu that this is, if it is one. */
export async function debianRelease(): Promise<Release | undefined> {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return undefined;
  const text = await readFile('/etc/os-release', 'utf8');
  const field = (name: string): string => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
  const distribution = field('ID');
  if (distribution !== 'debian' && distribution !== 'ubuntu') return undefined;
  return { distribution, codename: field('VERSION_CODENAME') };
}
