import type { Duplex } from 'node:stream';
import { delay } from '../../base/abort';
import { number, record, text } from '../../base/read';
import { atLeast } from '../connection/apiVersion';
import type { CallOptions, Engine } from '../connection/engine';
import { EngineError } from '../errors';
import { containerPath } from '../objects/containers/path';

/** The size of a terminal, in characters. */
export interface TerminalSize {
  columns: number;
  rows: number;
}

/** How a process runs. What is not given is as the container's own. */
export interface ExecSettings {
  /** Additional variables, each `NAME=value`. */
  env?: readonly string[];
  /** A name or number; a group may follow after a colon. */
  user?: string;
  /** An absolute path in the container. */
  workdir?: string;
  privileged?: boolean;
}

export interface StartOptions extends CallOptions {
  /** Called before a process is started, with the engine's id for it. */
  created?: ((execId: string) => void) | undefined;
}

export interface ExecSpec extends ExecSettings {
  command: readonly string[];
  /** Whether it gets a terminal. Its stream is then raw; otherwise it has frames. */
  tty: boolean;
  /** Whether it reads what is written to its stream; otherwise its input is empty. Default true. */
  stdin?: boolean;
  /** The terminal's size. Engines before API 1.42 accept it only once the process runs. */
  size?: TerminalSize;
}

/** A process in a container, with its terminal or its pipes. */
export interface Exec {
  readonly id: string;
  /**
   * Carries the process's output and input. Ends with the process; `end()` closes only the input. Destroying it leaves the
   * process running.
   */
  readonly stream: Duplex;
  /** Settles when the terminal has the requested size: another size must not be sent before. */
  readonly sized: Promise<void>;
}

/**
 * The engine detaches from the process when it finds these keys in the input. Its default, Ctrl+P Ctrl+Q, would hold back
 * each Ctrl+P until the next key, so they are replaced by keys that nobody types.
 */
export const rareDetachKeys = 'ctrl-@,ctrl-],ctrl-^,ctrl-_,ctrl-@';

/** How often to ask for the exit code: some engines know it only some time after the end of the stream. */
const exitAttempts = 20;
const exitPauseMs = 50;

/**
 * `POST /containers/{id}/exec` and `POST /exec/{id}/start`. Some engines report only in the stream that nothing could be
 * started.
 */
export async function startExec(
  engine: Engine,
  containerId: string,
  spec: ExecSpec,
  options: StartOptions = {},
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
  const resized = spec.tty && spec.size && !size ? resizeExec(engine, id, spec.size, options) : Promise.resolve();
  // The process may have ended before it could be resized.
  return { id, stream, sized: resized.catch(() => undefined) };
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

/** `POST /exec/{id}/resize`. Docker waits up to a second for a process that is just starting. */
export async function resizeExec(
  engine: Engine,
  execId: string,
  { rows, columns }: TerminalSize,
  options: CallOptions = {},
): Promise<void> {
  const query = { h: rows, w: columns };
  await engine.client.call({ method: 'POST', path: `/exec/${execId}/resize`, query, signal: options.signal });
}

/**
 * `GET /exec/{id}/json`. `exitCode` is undefined while the process runs, and if the engine does not know it. `enginePid`
 * is the process's id on the engine's machine, undefined if the engine does not tell it.
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

/**
 * The exit code of a process whose stream has ended: more than 128 if a signal ended it. Undefined if the engine never
 * tells it.
 */
export async function exitCodeOf(
  engine: Engine,
  execId: string,
  options: CallOptions = {},
): Promise<number | undefined> {
  for (let attempt = 1; attempt < exitAttempts; attempt++) {
    const { exitCode } = await inspectExec(engine, execId, options);
    if (exitCode !== undefined) return exitCode;
    await delay(exitPauseMs, options.signal);
  }
  return (await inspectExec(engine, execId, options)).exitCode;
}
