import { delay, withDeadline } from '../../base/abort';
import { record } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError } from '../errors';
import { inspect } from '../objects/containers/operations';
import { inspectExec } from './exec';
import { innerPid } from './signals';
import { type ContainerProcess, outcomeOf } from './start';

/**
 * Ends a session (`$1`) as a terminal that is closed does: SIGHUP for all that is in it, then SIGKILL for what stays. Jobs
 * in the background that ignore SIGHUP, as `nohup` makes them, were meant to stay. With built-in commands of a POSIX shell,
 * as nothing else need be there. Exits with 1 when something of another user is left.
 */
const endScript = `
session=$1 kept=' '
members() {
  pids=
  for stat in /proc/[0-9]*/stat; do
    pid=\${stat#/proc/} pid=\${pid%/stat} line=
    while read -r part; do line="$line $part"; done < "$stat"
    set -- \${line##*) }
    [ "$4" = "$session" ] && [ "$1" != Z ] || continue
    case "$kept" in *" $pid "*) continue;; esac
    pids="$pids $pid"
    [ -z "$first" ] || [ "$pid" = "$session" ] || [ "$6" -le 0 ] || [ "$3" = "$6" ] || keep "$pid"
  done
} 2>/dev/null
keep() {
  while read -r name value; do
    case "$name$value" in SigIgn:*[13579bdf]) kept="$kept$1 ";; esac
  done < "/proc/$1/status"
}
first=1; members; first=
[ "$pids" ] || exit 0
kill -HUP $pids; kill -CONT $pids
for look in 1 2 3 4 5 6; do
  members; [ "$pids" ] || exit 0
  sleep 0.1 || sleep 1
done
kill -KILL $pids
for look in 1 2 3 4 5 6; do
  sleep 0.1 || sleep 1
  members; [ "$pids" ] || exit 0
done
exit 1
`;

/** How long a program without a shell gets to heed Ctrl+C, Ctrl+D and Ctrl+\. */
const politeMs = 300;

/** When a process that may just be starting is looked at again, each in milliseconds after the last look. */
const startWaits = [100, 300, 600, 1_000];

export interface EndOptions extends CallOptions {
  /** How many milliseconds it may take where the client is opened anew for it: nobody sees that it is. */
  reopenedDeadline?: number;
}

export type EndedProcess = Pick<ContainerProcess, 'containerId' | 'execId' | 'pid' | 'shell' | 'user'>;

/**
 * Ends what a process has begun, and it. Returns whether it is certain that nothing of it runs any more; gone containers
 * and ended processes are so. Speaks to the engine also when its client is closed; rejects with a DeadlineError when that
 * takes too long.
 */
export async function endProcess(
  engine: Engine,
  process: EndedProcess,
  { signal: outer, reopenedDeadline = 30_000 }: EndOptions = {},
): Promise<boolean> {
  try {
    if (!engine.client.closed) return await end(engine, process, { signal: outer });
  } catch (error) {
    if (!engine.client.closed) throw error; // Else it was closed in the midst of it.
  }
  const client = engine.reopen();
  try {
    return await withDeadline(reopenedDeadline, outer, signal => end({ ...engine, client }, process, { signal }));
  } finally {
    client.close();
  }
}

async function end(engine: Engine, process: EndedProcess, options: CallOptions): Promise<boolean> {
  const { containerId, shell = 'sh', user } = process;
  try {
    const { running, enginePid } = await stateOf(engine, process, options);
    if (!running) return true;
    const pid = process.pid ?? (await pidWithin(engine, containerId, enginePid, options));
    if (pid === undefined) return false;
    const command = [shell, '-c', endScript, shell, String(pid)];
    if ((await outcomeOf(engine, containerId, { command, ...(user !== undefined && { user }) }, options)) === 0)
      return true;
    return (await outcomeOf(engine, containerId, { command, user: '0' }, options)) === 0;
  } catch (error) {
    if (isEngineError(error, 'canceled', 'unreachable') || (await isAlive(engine, containerId, options))) throw error;
    return true;
  }
}

/**
 * Looks again at one that the engine was asked to start and may not have begun yet. An engine that was started anew knows
 * no earlier process: its id may be another's by now, so nothing is ended by it.
 */
async function stateOf(
  engine: Engine,
  { execId, pid }: EndedProcess,
  options: CallOptions,
): Promise<{ running: boolean; enginePid: number | undefined }> {
  try {
    let state = await inspectExec(engine, execId, options);
    for (const wait of startWaits) {
      if (pid !== undefined || state.enginePid !== undefined || state.exitCode !== undefined) break;
      await delay(wait, options.signal);
      state = await inspectExec(engine, execId, options);
    }
    return state;
  } catch (error) {
    if (isEngineError(error, 'notFound')) return { running: false, enginePid: undefined };
    throw error;
  }
}

/** The id of a process that had not told it when it was left. */
async function pidWithin(
  engine: Engine,
  containerId: string,
  enginePid: number | undefined,
  options: CallOptions,
): Promise<string | undefined> {
  if (enginePid === undefined || engine.identity.flavour !== 'docker') return undefined;
  return innerPid(engine, await inspect(engine, containerId, options), String(enginePid));
}

/** Whether the container may hold processes: also one that is paused, where none can be ended. */
async function isAlive(engine: Engine, containerId: string, options: CallOptions): Promise<boolean> {
  try {
    return record((await inspect(engine, containerId, options))['State'])['Running'] === true;
  } catch (error) {
    if (isEngineError(error, 'notFound')) return false;
    throw error;
  }
}

/** Types what ends most programs: all that can be done where the process id is not known. */
export async function typeEnd({ stream }: Pick<ContainerProcess, 'stream'>): Promise<void> {
  for (const keys of ['\x03', '\x04', '\x1c']) {
    if (stream.destroyed || stream.readableEnded || stream.writableEnded) return;
    stream.write(keys);
    await delay(politeMs / 3);
  }
}
