import type { Duplex } from 'node:stream';
import { delay } from '../../base/abort';
import { number, record, text } from '../../base/read';
import { atLeast } from '../connection/apiVersion';
import type { CallOptions, Engine } from '../connection/engine';
import { EngineError } from '../errors';
import { containerPath } from '../objects/containers/path';

/** The size of a terminal, in characters. */
export interface ConsoleSize {
  columns: number;
  rows: number;
}

/** Where and as whom a process runs; what is not given is the container's own. */
export interface ExecPlace {
  /** Further variables, each `NAME=value`. */
  env?: readonly string[];
  /** A name or number, with a group behind a colon if need be. */
  user?: string;
  /** An absolute path in the container. */
  workdir?: string;
  privileged?: boolean;
}

export interface Starting extends CallOptions {
  /** Called before a process is started, with the id by which the engine knows it. */
  created?: ((execId: string) => void) | undefined;
}

export interface ExecSpec extends ExecPlace {
  command: readonly string[];
  /** Whether it gets a terminal: its stream is then raw, else in frames. */
  tty: boolean;
  /** Whether it reads what is written to its stream; else its input is empty. Default true. */
  stdin?: boolean;
  /** The terminal's size. Engines before API 1.42 take it only once the process runs. */
  size?: ConsoleSize;
}

/** A process in a container, with its terminal or its pipes. */
export interface Exec {
  readonly id: string;
  /**
   * Reads what it prints, writes what it reads; `end()` closes only its input. Ends with the process. Destroying it leaves
   * the process running.
   */
  readonly stream: Duplex;
  /** Settles when its terminal has the size that was asked for: another one must not be sent before. */
  readonly sized: Promise<void>;
}

/** The engine looks for these keys in what is typed, to leave the process alone. Its own, Ctrl+P Ctrl+Q, hold back Ctrl+P. */
export const rareDetachKeys = 'ctrl-@,ctrl-],ctrl-^,ctrl-_,ctrl-@';

/** How often the exit code is asked for: some engines tell it a little after the end of the stream. */
const exitLooks = 20;
const exitLookEveryMs = 50;

/** `POST /containers/{id}/exec` and `POST /exec/{id}/start`. What cannot be started may be told by the stream alone. */
export async function startExec(
  engine: Engine,
  containerId: string,
  spec: ExecSpec,
  options: Starting = {},
): Promise<Exec> {
  const { signal, created } = options;
  const size = spec.tty && atLeast(engine.identity.apiVersion, '1.42') ? spec.size : undefined;
  const consoleSize = size && [size.rows, size.columns];
  const path = containerPath(containerId, 'exec');
  const answer = await engine.client.call({
    method: 'POST',
    path,
    body: { ...bodyOf(spec), ConsoleSize: consoleSize },
    signal,
  });
  const id = text(record(answer)['Id']);
  if (!/^\w+$/.test(id)) throw new EngineError('failed', { code: 'execIdMissing' });
  created?.(id);
  const body = { Detach: false, Tty: spec.tty, ConsoleSize: consoleSize };
  const stream = await engine.client.upgrade({ method: 'POST', path: `/exec/${id}/start`, body, signal });
  const late = spec.tty && spec.size && !size ? resizeExec(engine, id, spec.size, options) : Promise.resolve();
  return { id, stream, sized: late.catch(() => undefined) };
}

function bodyOf({ command, tty, stdin = true, env, user, workdir, privileged }: ExecSpec): object {
  return {
    Cmd: command,
    Tty: tty,
    AttachStdin: stdin,
    AttachStdout: true,
    AttachStderr: true,
    DetachKeys: rareDetachKeys,
    Env: env,
    User: user,
    WorkingDir: workdir,
    Privileged: privileged,
  };
}

/** `POST /exec/{id}/resize`. Docker waits up to a second for a process that is just being started. */
export async function resizeExec(
  engine: Engine,
  execId: string,
  { rows, columns }: ConsoleSize,
  options: CallOptions = {},
): Promise<void> {
  const query = { h: rows, w: columns };
  await engine.client.call({ method: 'POST', path: `/exec/${execId}/resize`, query, signal: options.signal });
}

/**
 * `GET /exec/{id}/json`. The exit code is undefined while the process runs, and where the engine does not know it;
 * `enginePid`, its id on the engine's machine, where the engine does not tell it.
 */
export async function inspectExec(
  engine: Engine,
  execId: string,
  options: CallOptions = {},
): Promise<{ running: boolean; exitCode: number | undefined; enginePid: number | undefined }> {
  const answer = record(await engine.client.read({ path: `/exec/${execId}/json`, signal: options.signal }));
  const running = answer['Running'] === true;
  const exitCode = running ? undefined : number(answer['ExitCode']);
  const pid = number(answer['Pid']);
  return { running, exitCode, enginePid: pid === 0 ? undefined : pid };
}

/** The exit code of a process whose stream has ended: 128 and more for one that a signal ended. */
export async function exitCodeOf(
  engine: Engine,
  execId: string,
  options: CallOptions = {},
): Promise<number | undefined> {
  for (let look = 1; look < exitLooks; look++) {
    const { exitCode } = await inspectExec(engine, execId, options);
    if (exitCode !== undefined) return exitCode;
    await delay(exitLookEveryMs, options.signal);
  }
  return (await inspectExec(engine, execId, options)).exitCode;
}
