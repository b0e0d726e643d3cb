import type { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import { text } from '../../base/read';
import { splitWords } from '../../base/shell';
import { type Piece, readPieces } from '../client/frames';
import type { CallOptions, Engine } from '../connection/engine';
import { inspect } from '../objects/containers/operations';
import { type ConsoleSize, type ExecPlace, type ExecSpec, exitCodeOf, startExec, type Starting } from './exec';
import { shakeHands, tellPid } from './shellPid';

/** A process that was started in a container. */
export interface ContainerProcess {
  readonly containerId: string;
  readonly execId: string;
  /** Its id within the container, which is its session's too; undefined where no shell could tell it. */
  readonly pid: number | undefined;
  /** The shell that told it, e.g. `sh`: it can also be used to end it. */
  readonly shell: string | undefined;
  /** As whom it runs; undefined for the container's own user. */
  readonly user: string | undefined;
  /** Whether it has a terminal. */
  readonly tty: boolean;
  /** Settles when its terminal has the size that was asked for: another one must not be sent before. */
  readonly sized: Promise<void>;
  /** Takes what it reads; `end()` closes its input, destroying it leaves the process running. */
  readonly stream: Duplex;
  /** What it prints. Ends with the process. */
  readonly output: AsyncGenerator<Piece[]>;
}

export type Started =
  | { kind: 'started'; process: ContainerProcess }
  /** Nothing was started; `text` is the engine's reason. `noShell`: the container has none of those that were tried. */
  | { kind: 'noShell'; text: string }
  | { kind: 'failed'; text: string };

export interface ShellOptions extends ExecPlace, Starting {
  /** Shells to look for before bash, ash and sh, in order; each may have arguments. */
  shells?: readonly string[];
  size?: ConsoleSize;
}

export interface CommandOptions extends ExecPlace, Starting {
  /** Whether it gets a terminal. */
  tty: boolean;
  /** Whether it reads what is written to it. Default true. */
  stdin?: boolean;
  size?: ConsoleSize;
}

const usualShells = ['bash', 'ash', 'sh'];
const windowsShells = ['powershell', 'cmd'];
const becomeShell = `${tellPid}; set -f; for shell do command -v "\${shell%% *}" >/dev/null 2>&1 && exec $shell; done; exit 127`;
const runLine = `${tellPid}; eval "$1"`;

/** Starts the first shell that the container has, in a terminal. */
export async function startShell(engine: Engine, containerId: string, options: ShellOptions = {}): Promise<Started> {
  const shells = [...(options.shells ?? []), ...usualShells];
  const interpreters = [
    'sh',
    ...new Set(shells.map(shell => shell.split(' ', 1).join('')).filter(name => name !== 'sh')),
  ];
  let reason = '';
  for (const interpreter of interpreters) {
    const command = [interpreter, '-c', becomeShell, interpreter, ...shells];
    const started = await attempt(engine, containerId, { ...options, command, tty: true }, options);
    if (started.kind === 'started') return started;
    reason ||= started.text;
    if (await isPlaceAtFault(engine, containerId, options)) return started;
  }
  return (await startWindowsShell(engine, containerId, options)) ?? { kind: 'noShell', text: reason };
}

/** Runs a line of the container's shell. A container without one runs it as a program and its arguments. */
export async function startCommand(
  engine: Engine,
  containerId: string,
  line: string,
  options: CommandOptions,
): Promise<Started> {
  const command = ['sh', '-c', runLine, 'sh', line];
  const started = await attempt(engine, containerId, { ...options, command }, options);
  if (started.kind === 'started' || (await isPlaceAtFault(engine, containerId, options))) return started;
  return {
    kind: 'started',
    process: await direct(engine, containerId, { ...options, command: splitWords(line) }, options),
  };
}

async function attempt(engine: Engine, containerId: string, spec: ExecSpec, options: Starting): Promise<Started> {
  const { id, stream, sized } = await startExec(engine, containerId, spec, options);
  const shaken = await shakeHands(readPieces(stream, spec.tty));
  if (shaken.kind === 'failed') return shaken;
  const { pid, output } = shaken;
  const { tty, user } = spec;
  const [shell] = spec.command;
  return { kind: 'started', process: { containerId, execId: id, pid, shell, user, tty, sized, stream, output } };
}

async function direct(
  engine: Engine,
  containerId: string,
  spec: ExecSpec,
  options: Starting,
): Promise<ContainerProcess> {
  const { id, stream, sized } = await startExec(engine, containerId, spec, options);
  const output = readPieces(stream, spec.tty);
  const unknown = { pid: undefined, shell: undefined };
  return { containerId, execId: id, ...unknown, user: spec.user, tty: spec.tty, sized, stream, output };
}

/** Whether the shell would have started for the container's own user in its own folder. */
async function isPlaceAtFault(engine: Engine, containerId: string, options: ExecPlace & CallOptions): Promise<boolean> {
  if (options.user === undefined && options.workdir === undefined) return false;
  return (await outcomeOf(engine, containerId, { command: ['sh', '-c', 'exit 0'] }, options)) === 0;
}

/** Runs a command without input or terminal to its end; its exit code. What it prints is dropped. */
export async function outcomeOf(
  engine: Engine,
  containerId: string,
  spec: ExecPlace & { command: readonly string[] },
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
    if ((await outcomeOf(engine, containerId, { command }, options)) !== 0) continue;
    const process = await direct(engine, containerId, { ...options, command: shell.split(' '), tty: true }, options);
    return { kind: 'started', process };
  }
  return undefined;
}
