import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run, SetupError, systemEnvironment } from '../processes';
import { installed } from './cache';
import { extractPackages, requireDebian, requirePrograms } from './debian';

/** Docker Engine generations that tests run on. '28' is 26.1 where Debian's newest packages do not run here. */
export type DockerVersion = '20.10' | '26' | '28';

/** An unpacked Docker Engine with its command-line client. */
export interface DockerTools {
  dockerd: string;
  docker: string;
  /** docker-init, for containers with `Init`. */
  init: string;
  /** Command-line plugins (compose, buildx), where the packages hold them. */
  plugins: string;
  /** Environment in which dockerd finds its own containerd, runc and libraries. */
  env: NodeJS.ProcessEnv;
}

interface Packages {
  suite: string;
  names: readonly string[];
  /** What `dockerd --version` must say for these packages to be taken. */
  expected: RegExp;
}

const client = ['docker-cli', 'docker-compose', 'docker-buildx'];
const trixie: Packages = {
  suite: 'trixie',
  names: ['docker.io', 'containerd', 'tini', ...client],
  expected: /version 26\./,
};
const debianPackages: Record<DockerVersion, readonly Packages[]> = {
  '20.10': [
    { suite: 'bookworm', names: ['docker.io', 'containerd', 'tini', 'libdevmapper1.02.1'], expected: /20\.10/ },
  ],
  '28': [
    { suite: 'sid', names: ['docker.io', 'containerd', 'tini-static', ...client], expected: /version 28\./ },
    trixie,
  ],
  '26': [trixie],
};

/** Docker Engine of the given generation from Debian's packages, unpacked in the cache folder. */
export async function installDocker(version: DockerVersion): Promise<DockerTools> {
  await requirePrograms({ iptables: 'iptables', ip: 'iproute2', nsenter: 'util-linux' }, 'Docker Engine');
  return dockerTools(await installed(`docker-${version}`, folder => unpack(version, folder)));
}

async function unpack(version: DockerVersion, folder: string): Promise<void> {
  const release = await requireDebian('Docker Engine', `Docker Engine (${version} or later)`);
  const own = { suite: release.codename, names: ['docker.io', 'containerd', 'tini'], expected: /version \d/ };
  const choices = release.distribution === 'debian' ? debianPackages[version] : [own];
  const problems: string[] = [];
  for (const choice of choices) {
    const problem = await tryPackages(choice, release.codename, folder);
    if (problem === undefined) return;
    problems.push(problem);
    console.log(`Docker Engine ${version}: ${problem}; trying the next choice.`);
  }
  throw new SetupError(`Quayside's tests need Docker Engine ${version}: ${problems.join('; ')}.`);
}

/** Unpacks and tries the packages; returns why they do not serve, if they do not. */
async function tryPackages(choice: Packages, codename: string, folder: string): Promise<string | undefined> {
  await rm(folder, { recursive: true, force: true });
  try {
    await extractPackages(choice.suite, choice.names, folder);
    await extractPackages(codename, ['runc'], folder); // runc of this system: a newer one wants a newer libc.
    const { dockerd, env } = dockerTools(folder);
    const answer = await run(dockerd, ['--version'], { env });
    return choice.expected.test(answer) ? undefined : `${choice.suite} has ${answer.trim()}`;
  } catch (error) {
    return `the packages of ${choice.suite} do not serve (${(error as Error).message})`;
  }
}

function dockerTools(folder: string): DockerTools {
  const bin = ['usr/bin', 'usr/sbin', 'sbin'].map(name => join(folder, name));
  const libraries = libraryFolders(folder);
  const env = systemEnvironment(bin);
  return {
    dockerd: join(folder, 'usr/sbin/dockerd'),
    docker: join(folder, 'usr/bin/docker'),
    init: join(folder, 'usr/bin/tini-static'),
    plugins: join(folder, 'usr/libexec/docker/cli-plugins'),
    env: libraries.length > 0 ? { ...env, LD_LIBRARY_PATH: libraries.join(':') } : env,
  };
}

/** Where unpacked packages keep their shared libraries. */
export function libraryFolders(folder: string): string[] {
  const architectures: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64' };
  const name = `${architectures[process.arch] ?? process.arch}-linux-gnu`;
  return ['usr/lib', 'lib'].map(parent => join(folder, parent, name)).filter(existsSync);
}
