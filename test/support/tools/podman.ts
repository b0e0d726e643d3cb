import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { run, SetupError, systemEnvironment } from '../processes';
import { installed } from './cache';
import { extractPackages, requireDebian, requirePrograms } from './debian';
import { libraryFolders } from './dockerEngine';

/** An unpacked Podman. */
export interface PodmanTools {
  podman: string;
  /** Where the packages are unpacked. */
  folder: string;
  env: NodeJS.ProcessEnv;
}

const packages = [
  ...['podman', 'conmon', 'runc', 'netavark', 'aardvark-dns', 'catatonit', 'libgpgme11', 'libsubid4'],
  ...['libassuan0', 'libglib2.0-0', 'golang-github-containers-common'],
  ...['golang-github-containers-image', 'libdevmapper1.02.1'],
];

/** Podman from this system's packages, unpacked in the cache folder. */
export async function installPodman(): Promise<PodmanTools> {
  await requirePrograms({ iptables: 'iptables', ip: 'iproute2', nsenter: 'util-linux' }, 'Podman');
  const folder = await installed('podman', unpack);
  return podmanTools(folder);
}

async function unpack(folder: string): Promise<void> {
  const { codename } = await requireDebian('Podman', 'podman');
  try {
    await extractPackages(codename, packages, folder);
    for (const path of ['usr/bin/conmon', 'usr/sbin/runc']) await wrap(folder, path);
    const { podman, env } = podmanTools(folder);
    await run(podman, ['--version'], { env });
  } catch (error) {
    throw new SetupError(`Quayside's tests need Podman: ${(error as Error).message}`, { cause: error });
  }
}

/** Podman starts these with an empty environment: a script of the same name tells them where their libraries are. */
async function wrap(folder: string, path: string): Promise<void> {
  const libraries = libraryFolders(folder).map(path => `$here/${relative(folder, path)}`);
  const script = `#!/bin/sh
here=\${0%/*/*}
export LD_LIBRARY_PATH="${libraries.join(':')}"
exec "$here/${path}" "$@"
`;
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'bin', basename(path)), script, { mode: 0o755 });
}

function podmanTools(folder: string): PodmanTools {
  const env = { ...systemEnvironment([join(folder, 'usr/bin')]), LD_LIBRARY_PATH: libraryFolders(folder).join(':') };
  return { podman: join(folder, 'usr/bin/podman'), folder, env };
}

/** Writes the configuration that keeps a Podman within a folder of its own, and a script there that runs it so. */
export async function configurePodman(tools: PodmanTools, folder: string): Promise<string> {
  const own = (path: string): string => JSON.stringify(join(folder, path));
  const unpacked = (path: string): string => JSON.stringify(join(tools.folder, path));
  const files = {
    'containers.conf': `[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
init_path = ${unpacked('usr/bin/catatonit')}
seccomp_profile = ${unpacked('usr/share/containers/seccomp.json')}
[network]
network_backend = "netavark"
network_config_dir = ${own('networks')}
[engine]
cgroup_manager = "cgroupfs"
conmon_path = [${unpacked('bin/conmon')}]
events_logger = "file"
helper_binaries_dir = [${unpacked('usr/lib/podman')}]
lock_type = "file"
runtime = "runc"
[engine.runtimes]
runc = [${unpacked('bin/runc')}]
`,
    'storage.conf': `[storage]\ndriver = "overlay"\ngraphroot = ${own('data')}\nrunroot = ${own('exec')}\n`,
    'registries.conf': 'unqualified-search-registries = ["docker.io"]\n',
    '.config/containers/policy.json': '{ "default": [{ "type": "insecureAcceptAnything" }] }\n',
  };
  for (const name of ['.config/containers', 'scratch']) await mkdir(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const script = join(folder, 'podman');
  await writeFile(script, scriptText(tools, folder), { mode: 0o755 });
  return script;
}

function scriptText({ podman, env }: PodmanTools, folder: string): string {
  return `#!/bin/sh
export HOME="${folder}"
export TMPDIR="$HOME/scratch"
export LD_LIBRARY_PATH="${env['LD_LIBRARY_PATH']}"
export CONTAINERS_CONF="$HOME/containers.conf"
export CONTAINERS_STORAGE_CONF="$HOME/storage.conf"
export CONTAINERS_REGISTRIES_CONF="$HOME/registries.conf"
exec "${podman}" --root "$HOME/data" --runroot "$HOME/exec" --tmpdir "$HOME/tmp" "$@"
`;
}
