import { readFile } from 'node:fs/promises';
import { type Json, number, record, text } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { EngineError } from '../errors';
import { kill } from '../objects/containers/operations';
import { outcomeOf } from './start';

/**
 * To which of a container's processes a signal can be sent: to all, where their ids within the container can be known, else
 * to the main one alone. `container` is what {@link inspect} tells of it.
 *
 * Docker's `top` tells the ids on the engine's machine, while a signal comes from within the container: the system's own
 * files translate them, where the engine is on this machine.
 */
export async function reachableProcesses(engine: Engine, container: Json): Promise<'all' | 'main'> {
  if (tellsInnerIds(engine, container)) return 'all';
  return engine.identity.flavour === 'docker' && (await isHere(engine, container)) ? 'all' : 'main';
}

/** Whether a process that `top` tells of is the container's main one. */
export function isMainProcess(engine: Engine, container: Json, pid: string): boolean {
  if (engine.identity.flavour === 'docker' || pidMode(container) === 'host') return pid === String(mainPid(container));
  return isPrivate(container) && pid === '1';
}

/**
 * Sends a signal (e.g. `SIGTERM`) to a process by the id that `top` tells. The main one gets it from the engine, the others
 * from a `kill` in the container. Fails with an EngineError, also when the process is not reachable or has ended.
 */
export async function signalProcess(
  engine: Engine,
  container: Json,
  { pid, unixSignal, signal }: CallOptions & { pid: string; unixSignal: string },
): Promise<void> {
  const id = text(container['Id']);
  if (isMainProcess(engine, container, pid)) return kill(engine, id, { unixSignal, signal });
  const inner = await innerPid(engine, container, pid);
  if (inner === undefined || (await reachableProcesses(engine, container)) !== 'all')
    throw new EngineError('unsupported', { code: 'processIdUnknown' });
  await killWithin(engine, id, [`-${unixSignal.replace(/^SIG/, '')}`, inner], { signal });
}

/** A shell has `kill` built in; where there is no shell there may still be the program. */
async function killWithin(engine: Engine, id: string, words: readonly string[], options: CallOptions): Promise<void> {
  const shell = ['sh', '-c', 'kill "$@"', 'sh', ...words];
  const code = await outcomeOf(engine, id, { command: shell, user: '0' }, options).catch(rethrowUnlessAbsent);
  if (code === 0) return;
  if (code !== undefined && !absentCodes.has(code)) throw new EngineError('notFound', { code: 'processGone' });
  const direct = await outcomeOf(engine, id, { command: ['kill', ...words], user: '0' }, options);
  if (direct !== 0) throw new EngineError('unsupported', { code: 'killCommandMissing' });
}

/** Exit codes of what could not be run. */
const absentCodes = new Set([126, 127]);

/** Podman refuses a command that is not there; Docker starts it, and it ends with a code. */
function rethrowUnlessAbsent(error: unknown): undefined {
  if (error instanceof EngineError && error.kind === 'failed' && /not found|no such file/i.test(error.message))
    return undefined;
  throw error;
}

/**
 * Whether `top` tells the ids that hold within the container, of its own processes alone: Podman tells also those of others
 * that share their ids, in the end of the whole machine.
 */
function tellsInnerIds(engine: Engine, container: Json): boolean {
  return engine.identity.flavour === 'podman' ? isPrivate(container) : pidMode(container) === 'host';
}

function isPrivate(container: Json): boolean {
  return ['', 'private', 'shareable'].includes(pidMode(container));
}

/** `host` where the processes have the ids of the engine's machine. */
function pidMode(container: Json): string {
  return text(record(container['HostConfig'])['PidMode']);
}

function mainPid(container: Json): number {
  return number(record(container['State'])['Pid']) ?? 0;
}

/** Whether a process is one of this machine's, and of the container, by its control groups. */
async function isHere({ endpoint }: Engine, container: Json, pid = mainPid(container)): Promise<boolean> {
  const id = text(container['Id']);
  if (endpoint.address.kind !== 'unix' || pid <= 0 || id === '') return false;
  return (await systemFile(pid, 'cgroup')).includes(id);
}

/**
 * The id that a process has in the namespace of the container's main one, which a command in the container is in too, by
 * the id that the engine tells. Undefined where it cannot be known.
 */
export async function innerPid(engine: Engine, container: Json, pid: string): Promise<string | undefined> {
  if (tellsInnerIds(engine, container)) return pid;
  if (!/^\d{1,10}$/.test(pid) || !(await isHere(engine, container, Number(pid)))) return undefined;
  const [main, ids] = await Promise.all([namespaceIds(mainPid(container)), namespaceIds(Number(pid))]);
  const depth = main.length - 1;
  return depth > 0 ? ids[depth] : undefined;
}

/** A process's ids, from the outermost namespace to the innermost. */
async function namespaceIds(pid: number): Promise<string[]> {
  const [, line = ''] = /^NSpid:\s*(.*)$/m.exec(await systemFile(pid, 'status')) ?? [];
  return line.split(/\s+/).filter(Boolean);
}

/** Empty where there is no such process, or no such system. */
function systemFile(pid: number, name: 'cgroup' | 'status'): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}
