import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, run, SetupError, systemEnvironment } from '../processes';
import { temporaryFolder } from '../temporaryFolder';
import { findMirror, type Mirror } from './aptSources';
import { type AptSuite, openSuite } from './aptSuite';
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
  try {
    await oneAtATime('packages', () => installOrUpdate(packages, env));
  } catch (error) {
    throw new SetupError(`Quayside's tests need ${tool}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Package lists that are missing, or older than the mirror, are read anew when a package cannot be installed. A source of
 * this system that does not answer then is no reason to give up: the package may come from another one.
 */
async function installOrUpdate(packages: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const apt = (...args: string[]): Promise<string> =>
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  const install = (): Promise<string> => apt('install', '-y', '--no-install-recommends', ...packages);
  try {
    await install();
  } catch {
    await apt('update').catch((error: unknown) => console.log('Not all package lists could be read:', error));
    await install();
  }
}

/** Installs the package of each program (name → package) that is not on the PATH. */
export async function requirePrograms(programs: Readonly<Record<string, string>>, tool: string): Promise<void> {
  const missing = Object.entries(programs).filter(([program]) => findProgram(program) === undefined);
  if (missing.length > 0) await aptInstall([...new Set(missing.map(([, name]) => name))], tool);
}

/** Unpacks packages of a suite of this system's own mirror into a folder; the system itself stays as it is. */
export async function extractPackages(suite: string, packages: readonly string[], into: string): Promise<void> {
  const opened = await (suites.get(suite) ?? openOnce(suite));
  await opened.extract(packages, into);
}

/** The suites whose package lists this process has read. */
const suites = new Map<string, Promise<AptSuite>>();

function openOnce(suite: string): Promise<AptSuite> {
  const opened = openSystemSuite(suite);
  suites.set(suite, opened);
  opened.catch(() => suites.delete(suite));
  return opened;
}

async function openSystemSuite(suite: string): Promise<AptSuite> {
  const { uri, components, options } = await systemMirror();
  return openSuite(`deb ${options}${uri} ${suite} ${components}`, temporaryFolder('lists').path);
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
