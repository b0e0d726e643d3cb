import type { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import { text } from '../../base/read';
import { splitWords } from '../../base/shell';
import { type Piece, readPieces } from '../client/frames';
import type { CallOptions, Engine } from '../connection/engine';
import { inspect } from '../objects/containers/operations';
import { type ExecSettings, type ExecSpec, exitCodeOf, startExec, type StartOptions, type TerminalSize } from './exec';
import { printPid, readShellPid } from './shellPid';
import { usualShells, windowsShells } from './shells';

/** A process that was started in a container. */
export interface ContainerProcess {
  readonly containerId: string;
  readonly execId: string;
  /** Its id within the container, also that of its session. Undefined if no shell could tell it. */
  readonly pid: number | undefined;
  /** The shell that told the id, e.g. `sh`: the process can be ended with the same shell. */
  readonly shell: string | undefined;
  /** The user that it runs as; undefined for the container's own. */
  readonly user: string | undefined;
  /** Whether it has a terminal. */
  readonly tty: boolean;
  /** Settles when the terminal has the requested size: another size must not be sent before. */
  readonly sized: Promise<void>;
  /** Takes its input; `end()` closes the input, destroying it leaves the process running. */
  readonly stream: Duplex;
  /** Its output. Ends with the process. */
  readonly output: AsyncGenerator<Piece[]>;
}

export type Started =
  | { kind: 'started'; process: ContainerProcess }
  /**
   * Nothing was started; `text` is the engine's reason. `noShell`: the container has none of the shells that were tried.
   */
  | { kind: 'noShell'; text: string }
  | { kind: 'failed'; text: string };

export interface ShellOptions extends ExecSettings, StartOptions {
  /** Shells to try before the usual ones, in order; each may have arguments. */
  shells?: readonly string[];
  size?: TerminalSize;
}

export interface CommandOptions extends ExecSettings, StartOptions {
  /** Whether it gets a terminal. */
  tty: boolean;
  /** Whether it reads its input. Default true. */
  stdin?: boolean;
  size?: TerminalSize;
}

const becomeFirstShell = `${printPid}; set -f; for shell do command -v "\${shell%% *}" >/dev/null 2>&1 && exec $shell; done; exit 127`;
const runLine = `${printPid}; eval "$1"`;

/** Starts the first shell that the container has, in a terminal. */
export async function startShell(engine: Engine, containerId: string, options: ShellOptions = {}): Promise<Started> {
  const shells = [...(options.shells ?? []), ...usualShells];
  let reason = '';
  for (const interpreter of interpretersFor(shells)) {
    const command = [interpreter, '-c', becomeFirstShell, interpreter, ...shells];
    const started = await startByShell(engine, containerId, { ...options, command, tty: true }, options);
    if (started.kind === 'started') return started;
    reason ||= started.text;
    if (await areSettingsAtFault(engine, containerId, options)) return started;
  }
  return (await startWindowsShell(engine, containerId, options)) ?? { kind: 'noShell', text: reason };
}

/** Runs a line in the container's shell. If the container has no shell, runs the line as a program and its arguments. */
export async function startCommand(
  engine: Engine,
  containerId: string,
  line: string,
  options: CommandOptions,
): Promise<Started> {
  const command = ['sh', '-c', runLine, 'sh', line];
  const started = await startByShell(engine, containerId, { ...options, command }, options);
  if (started.kind === 'started' || (await areSettingsAtFault(engine, containerId, options))) return started;
  return {
    kind: 'started',
    process: await startDirectly(engine, containerId, { ...options, command: splitWords(line) }, options),
  };
}

/** Which shells may run the script that becomes one of these shells: sh, or else one of themselves. */
function interpretersFor(shells: readonly string[]): string[] {
  const programs = shells.map(shell => shell.split(' ', 1).join(''));
  return [...new Set(['sh', ...programs])];
}

async function startByShell(
  engine: Engine,
  containerId: string,
  spec: ExecSpec,
  options: StartOptions,
): Promise<Started> {
  const { id, stream, sized } = await startExec(engine, containerId, spec, options);
  const shellStart = await readShellPid(readPieces(stream, spec.tty));
  if (shellStart.kind === 'failed') return shellStart;
  const { pid, output } = shellStart;
  const { tty, user } = spec;
  const [shell] = spec.command;
  return { kind: 'started', process: { containerId, execId: id, pid, shell, user, tty, sized, stream, output } };
}

async function startDirectly(
  engine: Engine,
  containerId: string,
  spec: ExecSpec,
  options: StartOptions,
): Promise<ContainerProcess> {
  const { id, stream, sized } = await startExec(engine, containerId, spec, options);
  const output = readPieces(stream, spec.tty);
  const unknown = { pid: undefined, shell: undefined };
  return { containerId, execId: id, ...unknown, user: spec.user, tty: spec.tty, sized, stream, output };
}

/** Whether a shell starts with the container's own user and folder, so that the given ones are to blame. */
async function areSettingsAtFault(
  engine: Engine,
  containerId: string,
  options: ExecSettings & CallOptions,
): Promise<boolean> {
  if (options.user === undefined && options.workdir === undefined) return false;
  return (await runToExit(engine, containerId, { command: ['sh', '-c', 'exit 0'] }, options)) === 0;
}

/** Runs a command without input or terminal to its end, and returns its exit code. Its output is dropped. */
export async function runToExit(
  engine: Engine,
  containerId: string,
  spec: ExecSettings & { command: readonly string[] },
  { signal }: CallOptions,
): Promise<number | undefined> {
  const { id, stream } = await startExec(engine, containerId, { ...spec, tty: false, stdin: false }, { signal });
  stream.resume();
  await finished(stream, { writable: false });
  return exitCodeOf(engine, id, { signal });
}

async function startWindowsShell(
  engine: Engine,
  containerId: string,
  options: ShellOptions,
): Promise<Started | undefined> {
  const { signal } = options;
  if (text((await inspect(engine, containerId, { signal }))['Platform']) !== 'windows') return undefined;
  for (const shell of [...(options.shells ?? []), ...windowsShells]) {
    const [program = ''] = shell.split(' ');
    const command = [program, program === 'cmd' ? '/c' : '-c', 'exit 0'];
    if ((await runToExit(engine, containerId, { command }, options)) !== 0) continue;
    const process = await startDirectly(
      engine,
      containerId,
      { ...options, command: shell.split(' '), tty: true },
      options,
    );
    return { kind: 'started', process };
  }
  return undefined;
}
