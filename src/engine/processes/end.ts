import { delay, withDeadline } from '../../base/abort';
import { record } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError } from '../errors';
import { inspect } from '../objects/containers/operations';
import { endScript } from './endScript';
import { inspectExec } from './exec';
import { pidInContainer } from './signals';
import { type ContainerProcess, runToExit } from './start';

/** Ctrl+C, Ctrl+D and Ctrl+\: one of them ends most programs. How long a program gets to act on each, in milliseconds. */
const endingKeys = ['\x03', '\x04', '\x1c'];
const keyMs = 100;

/** When to look again at a process that may just be starting: milliseconds after the last look. */
const startWaits = [100, 300, 600, 1_000];

export interface EndOptions extends CallOptions {
  /** How many milliseconds it may take if the client has to be opened again: nobody sees that it is. */
  reopenedDeadline?: number;
}

export type ProcessToEnd = Pick<ContainerProcess, 'containerId' | 'execId' | 'pid' | 'shell' | 'user'>;

/**
 * Ends a process and all that it began. Returns whether it is certain that nothing of it runs any more, as when the
 * container is gone. Opens the engine's client again if it is closed; rejects with a DeadlineError if that takes too long.
 */
export async function endProcess(
  engine: Engine,
  process: ProcessToEnd,
  { signal: outer, reopenedDeadline = 30_000 }: EndOptions = {},
): Promise<boolean> {
  try {
    if (!engine.client.closed) return await end(engine, process, { signal: outer });
  } catch (error) {
    if (!engine.client.closed) throw error; // Otherwise the client was closed meanwhile.
  }
  const client = engine.reopen();
  try {
    return await withDeadline(reopenedDeadline, outer, signal => end({ ...engine, client }, process, { signal }));
  } finally {
    client.close();
  }
}

async function end(engine: Engine, process: ProcessToEnd, options: CallOptions): Promise<boolean> {
  try {
    const { running, enginePid } = await stateOf(engine, process, options);
    if (!running) return true;
    const pid = process.pid ?? (await findPid(engine, process.containerId, enginePid, options));
    return pid === undefined ? false : await runEndScript(engine, process, String(pid), options);
  } catch (error) {
    if (isEngineError(error, 'canceled', 'unreachable')) throw error;
    if (await isContainerRunning(engine, process.containerId, options)) throw error;
    return true;
  }
}

/** Runs it as the user of the process, and if that did not end everything, as root. */
async function runEndScript(
  engine: Engine,
  { containerId, shell = 'sh', user }: ProcessToEnd,
  pid: string,
  options: CallOptions,
): Promise<boolean> {
  const command = [shell, '-c', endScript, shell, pid];
  const asUser = { command, ...(user !== undefined && { user }) };
  if ((await runToExit(engine, containerId, asUser, options)) === 0) return true;
  return (await runToExit(engine, containerId, { command, user: '0' }, options)) === 0;
}

/**
 * Whether a process runs. Looks several times at a process that the engine was asked to start and may not have started
 * yet. An engine that was restarted knows no earlier process. Such a process counts as ended: its process id may by now
 * be that of another one.
 */
async function stateOf(
  engine: Engine,
  { execId, pid }: ProcessToEnd,
  options: CallOptions,
): Promise<{ running: boolean; enginePid: number | undefined }> {
  try {
    let state = await inspectExec(engine, execId, options);
    for (const wait of startWaits) {
      const isKnown = pid !== undefined || state.enginePid !== undefined || state.exitCode !== undefined;
      if (isKnown) break;
      await delay(wait, options.signal);
      state = await inspectExec(engine, execId, options);
    }
    return state;
  } catch (error) {
    if (isEngineError(error, 'notFound')) return { running: false, enginePid: undefined };
    throw error;
  }
}

/** The id within the container of a process that had not told it when its terminal was closed. */
async function findPid(
  engine: Engine,
  containerId: string,
  enginePid: number | undefined,
  options: CallOptions,
): Promise<string | undefined> {
  if (enginePid === undefined || engine.identity.flavour !== 'docker') return undefined;
  return pidInContainer(engine, await inspect(engine, containerId, options), String(enginePid));
}

/** Also true of a paused container: its processes are still there, though none can be ended. */
async function isContainerRunning(engine: Engine, containerId: string, options: CallOptions): Promise<boolean> {
  try {
    return record((await inspect(engine, containerId, options))['State'])['Running'] === true;
  } catch (error) {
    if (isEngineError(error, 'notFound')) return false;
    throw error;
  }
}

/** Types the keys that end most programs: all that one can do if the process id is not known. */
export async function typeEndingKeys({ stream }: Pick<ContainerProcess, 'stream'>): Promise<void> {
  for (const keys of endingKeys) {
    if (stream.destroyed || stream.readableEnded || stream.writableEnded) return;
    stream.write(keys);
    await delay(keyMs);
  }
}
