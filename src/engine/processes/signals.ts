import { readFile } from 'node:fs/promises';
import { type Json, number, record, text } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { EngineError } from '../errors';
import { kill } from '../objects/containers/operations';
import { runToExit } from './start';

/**
 * Which of a container's processes a signal can be sent to: all of them if their ids within the container can be known,
 * otherwise only the main one. `container` is the answer of {@link inspect}.
 *
 * Docker's `top` tells the ids on the engine's machine, but the signal is sent from within the container. If the engine is
 * on this machine, the system's own files translate the ids.
 */
export async function reachableProcesses(engine: Engine, container: Json): Promise<'all' | 'main'> {
  if (topTellsPidsInContainer(engine, container)) return 'all';
  return engine.identity.flavour === 'docker' && (await isOnThisMachine(engine, container)) ? 'all' : 'main';
}

/** Whether a process in the answer of `top` is the container's main one. */
export function isMainProcess(engine: Engine, container: Json, pid: string): boolean {
  if (engine.identity.flavour === 'docker' || pidMode(container) === 'host') return pid === String(mainPid(container));
  return hasOwnPids(container) && pid === '1';
}

/**
 * Sends a signal (e.g. `SIGTERM`) to a process by the id that `top` tells. The engine sends it to the main process; a
 * `kill` in the container sends it to the others. Fails with an EngineError, also if the process cannot be reached or has
 * ended.
 */
export async function signalProcess(
  engine: Engine,
  container: Json,
  { pid, unixSignal, signal }: CallOptions & { pid: string; unixSignal: string },
): Promise<void> {
  const id = text(container['Id']);
  if (isMainProcess(engine, container, pid)) return kill(engine, id, { unixSignal, signal });
  const pidInside = await pidInContainer(engine, container, pid);
  if (pidInside === undefined || (await reachableProcesses(engine, container)) !== 'all')
    throw new EngineError('unsupported', { code: 'processIdUnknown' });
  await killInContainer(engine, id, [`-${unixSignal.replace(/^SIG/, '')}`, pidInside], { signal });
}

/** Tries the `kill` that every shell has built in, and without a shell, the program. */
async function killInContainer(
  engine: Engine,
  id: string,
  args: readonly string[],
  options: CallOptions,
): Promise<void> {
  const shell = ['sh', '-c', 'kill "$@"', 'sh', ...args];
  const code = await runToExit(engine, id, { command: shell, user: '0' }, options).catch(rethrowUnlessAbsent);
  if (code === 0) return;
  if (code !== undefined && !absentCodes.has(code)) throw new EngineError('notFound', { code: 'processGone' });
  const direct = await runToExit(engine, id, { command: ['kill', ...args], user: '0' }, options);
  if (direct !== 0) throw new EngineError('unsupported', { code: 'killCommandMissing' });
}

/** Exit codes that mean that the command could not be run. */
const absentCodes = new Set([126, 127]);

/** Podman refuses to start a command that does not exist; Docker starts it, and it ends with an exit code. */
function rethrowUnlessAbsent(error: unknown): undefined {
  if (error instanceof EngineError && error.kind === 'failed' && /not found|no such file/i.test(error.message))
    return undefined;
  throw error;
}

/**
 * Whether `top` tells the process ids within the container, and only of its own processes. If containers share their ids,
 * Podman tells the processes of all of them, or even of the whole machine.
 */
function topTellsPidsInContainer(engine: Engine, container: Json): boolean {
  return engine.identity.flavour === 'podman' ? hasOwnPids(container) : pidMode(container) === 'host';
}

function hasOwnPids(container: Json): boolean {
  return ['', 'private', 'shareable'].includes(pidMode(container));
}

/** `host` if the processes have the ids of the engine's machine. */
function pidMode(container: Json): string {
  return text(record(container['HostConfig'])['PidMode']);
}

function mainPid(container: Json): number {
  return number(record(container['State'])['Pid']) ?? 0;
}

/** Whether a process runs on this machine and belongs to the container, by its control groups. */
async function isOnThisMachine({ endpoint }: Engine, container: Json, pid = mainPid(container)): Promise<boolean> {
  const id = text(container['Id']);
  if (endpoint.address.kind !== 'unix' || pid <= 0 || id === '') return false;
  return (await procFile(pid, 'cgroup')).includes(id);
}

/**
 * The id within the container of a process whose id the engine tells. Undefined if it cannot be known. A command that is
 * run in the container is in the same namespace as its main process, so the id within that one counts.
 */
export async function pidInContainer(engine: Engine, container: Json, pid: string): Promise<string | undefined> {
  if (topTellsPidsInContainer(engine, container)) return pid;
  if (!/^\d{1,10}$/.test(pid) || !(await isOnThisMachine(engine, container, Number(pid)))) return undefined;
  const [main, ids] = await Promise.all([namespaceIds(mainPid(container)), namespaceIds(Number(pid))]);
  const depth = main.length - 1;
  return depth > 0 ? ids[depth] : undefined;
}

/** A process's ids, from the outermost namespace to the innermost. */
async function namespaceIds(pid: number): Promise<string[]> {
  const [, line = ''] = /^NSpid:\s*(.*)$/m.exec(await procFile(pid, 'status')) ?? [];
  return line.split(/\s+/).filter(Boolean);
}

/** Empty if there is no such process, or if the system has no such files. */
function procFile(pid: number, name: 'cgroup' | 'status'): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}
