import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { type Environment, variable } from './environment';

/** The socket or pipe where a product listens by default. */
export interface DefaultSocket {
  url: string;
  /** The product, e.g. `Colima`. */
  name: string;
}

/**
 * The default sockets to try, the most usual first. Those of Docker and Podman are tried even if they do not exist, so
 * that people see what was tried; those of other products only if they exist.
 */
export async function defaultSockets(environment: Environment): Promise<DefaultSocket[]> {
  if (environment.platform === 'win32') return windowsPipes();
  const { usual, others } = await unixSockets(environment);
  return [...usual, ...others.filter(([path]) => existsSync(path))].map(([path, name]) => ({
    url: `unix://${path}`,
    name,
  }));
}

/** The default sockets that exist. */
export async function existingDefaultSockets(environment: Environment): Promise<DefaultSocket[]> {
  const pipes = environment.platform === 'win32' ? new Set((await listPipes()).map(pipeUrl)) : undefined;
  const exists = (url: string): boolean => pipes?.has(url) ?? existsSync(url.slice('unix://'.length));
  return (await defaultSockets(environment)).filter(({ url }) => exists(url));
}

type Socket = [path: string, name: string];

async function unixSockets(environment: Environment): Promise<{ usual: Socket[]; others: Socket[] }> {
  const { platform, home } = environment;
  const runtime = variable(environment, 'XDG_RUNTIME_DIR') ?? usualRuntimeFolder(environment);
  const docker: Socket = ['/var/run/docker.sock', 'Docker'];
  const more = await Promise.all([colima(environment), lima(environment), podmanMachines(environment)]);
  const others: Socket[] = [
    [`${home}/.rd/docker.sock`, 'Rancher Desktop'],
    [`${home}/.orbstack/run/docker.sock`, 'OrbStack'],
    ...more.flat(),
  ];
  if (platform === 'darwin') {
    const machine = `${home}/.local/share/containers/podman/machine/podman.sock`;
    return { usual: [docker, [`${home}/.docker/run/docker.sock`, 'Docker Desktop'], [machine, 'Podman']], others };
  }
  const rootless: Socket[] = runtime ? [[`${runtime}/docker.sock`, 'Docker (rootless)']] : [];
  const podman: Socket[] = runtime ? [[`${runtime}/podman/podman.sock`, 'Podman (rootless)']] : [];
  return {
    usual: [
      docker,
      ...rootless,
      [`${home}/.docker/desktop/docker.sock`, 'Docker Desktop'],
      ...podman,
      ['/run/podman/podman.sock', 'Podman'],
    ],
    others: [...others, ...(await wsl())],
  };
}

/** The user's runtime folder, for a process whose environment does not name it. */
function usualRuntimeFolder({ platform, uid }: Environment): string | undefined {
  return platform === 'linux' && uid !== undefined ? `/run/user/${uid}` : undefined;
}

/** Colima's profiles. Older and newer versions keep them in different places. */
async function colima(environment: Environment): Promise<Socket[]> {
  const { home } = environment;
  const moved = variable(environment, 'COLIMA_HOME');
  const configuration = variable(environment, 'XDG_CONFIG_HOME') ?? `${home}/.config`;
  const homes = [...(moved ? [moved] : []), `${home}/.colima`, `${configuration}/colima`];
  const found = await Promise.all(homes.map(instances));
  return found.flat().map(({ folder, name }) => [`${folder}/docker.sock`, named('Colima', name)]);
}

async function lima(environment: Environment): Promise<Socket[]> {
  const found = await instances(variable(environment, 'LIMA_HOME') ?? `${environment.home}/.lima`);
  return found.map(({ folder, name }) => [`${folder}/sock/docker.sock`, named('Lima', name)]);
}

/** On a Mac, each Podman machine has a socket in the temporary folder. */
async function podmanMachines(environment: Environment): Promise<Socket[]> {
  const folder = `${(variable(environment, 'TMPDIR') ?? '').replace(/\/$/, '')}/podman`;
  if (environment.platform !== 'darwin' || folder === '/podman') return [];
  return (await names(folder)).flatMap(name => {
    const machine = /^(.+)-api\.sock$/.exec(name)?.[1];
    return machine === undefined ? [] : [[`${folder}/${name}`, named('Podman', machine)] as Socket];
  });
}

/** Sockets that products on Windows share with its Linux distributions. */
async function wsl(): Promise<Socket[]> {
  const machines = await instances('/mnt/wsl/podman-sockets');
  return [
    ['/mnt/wsl/docker-desktop/shared-sockets/guest-services/docker.proxy.sock', 'Docker Desktop (Windows)'],
    ['/mnt/wsl/docker-desktop/shared-sockets/guest-services/docker.sock', 'Docker Desktop (Windows)'],
    ['/mnt/wsl/rancher-desktop/run/docker.sock', 'Rancher Desktop (Windows)'],
    ...machines.flatMap(({ folder, name }): Socket[] => [
      [`${folder}/podman-root.sock`, named('Podman (Windows)', name)],
      [`${folder}/podman-user.sock`, named('Podman (Windows, rootless)', name)],
    ]),
  ];
}

const usualPipes: [pipe: string, name: string][] = [
  ['docker_engine', 'Docker'],
  ['dockerDesktopLinuxEngine', 'Docker Desktop'],
  ['podman-machine-default', 'Podman'],
];

async function windowsPipes(): Promise<DefaultSocket[]> {
  const machines = (await listPipes()).filter(pipe => pipe.startsWith('podman-machine-'));
  const known = new Set(usualPipes.map(([pipe]) => pipe));
  const others = machines
    .filter(pipe => !known.has(pipe))
    .map((pipe): [string, string] => [pipe, named('Podman', pipe.slice('podman-machine-'.length))]);
  return [...usualPipes, ...others].map(([pipe, name]) => ({ url: pipeUrl(pipe), name }));
}

function pipeUrl(pipe: string): string {
  return `npipe:////./pipe/${pipe}`;
}

function listPipes(): Promise<string[]> {
  return names(String.raw`\\.\pipe\\`);
}

function named(product: string, instance: string): string {
  return instance === 'default' ? product : `${product} (${instance})`;
}

async function instances(parent: string): Promise<{ folder: string; name: string }[]> {
  return (await names(parent)).filter(name => !/^[._]/.test(name)).map(name => ({ folder: `${parent}/${name}`, name }));
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch((): string[] => [])).sort();
}
