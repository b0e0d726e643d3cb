import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { descendants, type ProcessEntry, processTable, sendSignal, sleepSync, systemEnvironment } from '../processes';
import { deleteRecord, type EngineRecord } from '../run/records';
import { removeLinks } from './network';

const programs = ['dockerd', 'containerd', 'podman', 'conmon', 'aardvark-dns'];
const patience = 8_000;

/**
 * Ends an engine with all that belongs to it: containers, processes, mounts, network, cgroups and, unless it is to be
 * kept, its folder. Synchronous, because it also runs in exit handlers.
 */
export function endEngine(record: EngineRecord): void {
  const containers = containerIds(record.folder);
  if (record.kind === 'docker') shutDown(record.folder);
  else removePodmanContainers(record);
  killRest(record.folder);
  unmountBelow(record.folder);
  removeRuntimeState(record.folder, containers);
  removeControlGroups(containers);
  if (record.kind === 'podman') forgetNames(containers);
  if (record.namespace) spawnSync('ip', ['netns', 'delete', record.id], { env: systemEnvironment() });
  else if (record.kind === 'docker') removeLinks(record);
  const leftovers = record.keep
    ? ['exec', 'docker.sock', 'docker.pid'].map(name => join(record.folder, name))
    : [record.folder];
  for (const path of leftovers) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  deleteRecord(record.id);
}

/** Lets dockerd stop by itself, but kills its containers meanwhile: dockerd would wait ten seconds for each. */
function shutDown(folder: string): void {
  const daemons = engineProcesses(folder).filter(entry => program(entry) === 'dockerd');
  for (const { pid } of daemons) sendSignal(pid, 'SIGCONT');
  for (const { pid } of daemons) sendSignal(pid, 'SIGTERM');
  const deadline = Date.now() + patience;
  while (Date.now() < deadline && isRunning(folder, 'dockerd')) {
    killContainers(folder);
    sleepSync(50);
  }
}

/** Podman's containers outlive its service, and only Podman knows their networks. */
function removePodmanContainers({ folder, id, namespace }: EngineRecord): void {
  for (const { pid } of engineProcesses(folder)) sendSignal(pid, 'SIGCONT');
  const podman = [join(folder, 'podman'), 'rm', '--all', '--force', '--time', '0'];
  const [program = '', ...args] = namespace ? ['nsenter', `--net=/var/run/netns/${id}`, ...podman] : podman;
  spawnSync(program, args, { env: systemEnvironment(), timeout: 3 * patience });
}

function isRunning(folder: string, name: string): boolean {
  return engineProcesses(folder).some(entry => program(entry) === name);
}

function killContainers(folder: string): void {
  const table = processTable();
  const shims = engineProcesses(folder, table).filter(entry => program(entry).startsWith('containerd-shim'));
  const roots = shims.map(entry => entry.pid);
  for (const { pid } of descendants(roots, table)) sendSignal(pid, 'SIGKILL');
}

function killRest(folder: string): void {
  const deadline = Date.now() + patience;
  for (;;) {
    const table = processTable();
    const own = engineProcesses(folder, table);
    if (own.length === 0 || Date.now() > deadline) return;
    const all = [
      ...own,
      ...descendants(
        own.map(entry => entry.pid),
        table,
      ),
    ];
    for (const { pid } of all) sendSignal(pid, 'SIGKILL');
    sleepSync(20);
  }
}

/** The engine's processes: each of them names a path in the engine's folder on its command line. */
function engineProcesses(folder: string, table = processTable()): ProcessEntry[] {
  return table.filter(
    entry =>
      programs.some(name => program(entry).startsWith(name)) &&
      entry.command.some(argument => argument.includes(`${folder}/`)),
  );
}

function program(entry: ProcessEntry): string {
  return basename(entry.command[0] ?? '');
}

function unmountBelow(folder: string): void {
  const points = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map(line => (line.split(' ')[1] ?? '').replace(/\\040/g, ' '))
    .filter(point => point.startsWith(`${folder}/`));
  for (const point of points.reverse()) {
    const { status } = spawnSync('umount', [point], { env: systemEnvironment() });
    if (status !== 0) spawnSync('umount', ['--lazy', point], { env: systemEnvironment() });
  }
}

function containerIds(folder: string): string[] {
  const places = ['data/containers', 'data/overlay-containers'].map(name => join(folder, name));
  return places.filter(existsSync).flatMap(place => readdirSync(place).filter(name => /^[0-9a-f]{64}$/.test(name)));
}

/**
 * Runtimes leave traces of killed containers outside the engine's folder: shims a socket, named by a hash of its address,
 * and runc a state.
 */
function removeRuntimeState(folder: string, containers: readonly string[]): void {
  for (const id of containers) {
    const address = join(folder, 'exec/containerd/containerd.sock', 'moby', id);
    const hash = createHash('sha256').update(address).digest('hex');
    rmSync(join('/run/containerd/s', hash), { force: true });
    rmSync(join('/run/runc', id), { force: true, recursive: true });
  }
}

const namesFolder = '/run/containers/networks/aardvark-dns';

/**
 * The name server of Podman's networks is one for all engines of the machine. It ends when an engine tells it that no
 * names are left, which a killed engine could not do.
 */
function forgetNames(containers: readonly string[]): void {
  if (!existsSync(namesFolder)) return;
  const own = new Set(containers);
  const pid = 'aardvark.pid';
  for (const name of readdirSync(namesFolder).filter(file => file !== pid)) {
    const file = join(namesFolder, name);
    const [head = '', ...lines] = textOf(file).split('\n').filter(Boolean);
    const others = lines.filter(line => !own.has(line.split(' ')[0] ?? ''));
    if (others.length === lines.length) continue;
    if (others.length === 0) rmSync(file, { force: true });
    else writeFileSync(file, `${[head, ...others].join('\n')}\n`);
  }
  const server = Number(textOf(join(namesFolder, pid)));
  if (processTable().some(entry => entry.pid === server && program(entry) === 'aardvark-dns'))
    sendSignal(server, 'SIGHUP');
}

/** Empty for a file that another engine has taken away meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Control groups of killed containers: version 1 has one tree for each controller, version 2 a single one. */
function removeControlGroups(containers: readonly string[]): void {
  const root = '/sys/fs/cgroup';
  if (!existsSync(root)) return;
  const trees = [root, ...readdirSync(root).map(name => join(root, name))];
  for (const tree of trees) {
    for (const id of containers) {
      removeEmptyFolder(join(tree, 'docker', id));
      for (const part of ['container', '']) removeEmptyFolder(join(tree, `libpod_parent/libpod-${id}`, part));
      removeEmptyFolder(join(tree, `libpod_parent/libpod-conmon-${id}`));
    }
  }
}

function removeEmptyFolder(path: string): void {
  if (!existsSync(path)) return;
  try {
    rmdirSync(path);
  } catch (error) {
    console.error(`Could not remove the control group ${path}: ${(error as Error).message}`);
  }
}
