import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A set-up step that cannot be done here; its message is one sentence for the person who runs the tests. */
export class SetupError extends Error {}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string | Buffer;
  signal?: AbortSignal;
}

/** Runs a program to its end and returns what it wrote to its standard output; fails with what it wrote to its error output. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { input, ...rest } = options;
  return new Promise((resolve, reject) => {
    const settings = { env: systemEnvironment(), maxBuffer: 256 * 1024 * 1024, ...rest };
    const child = execFile(program, args, settings, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${stderr.trim() || error.message}`, { cause: error }));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => child.stdin?.destroy());
    child.stdin?.end(input);
  });
}

/** Starts a program in a session of its own, so that a Ctrl+C in the terminal reaches this process alone. */
export function launch(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(program, args, { env: systemEnvironment(), detached: true, ...options });
}

/** Resolves when the process has ended. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => child.once('exit', () => resolve()));
}

/** This process's environment with the folders of system programs, which a plain user's PATH may lack. */
export function systemEnvironment(extraPath: readonly string[] = []): NodeJS.ProcessEnv {
  const path = [...extraPath, process.env['PATH'] ?? '', '/usr/sbin', '/sbin'].join(delimiter);
  return { ...process.env, PATH: path };
}

/** Where a program is on the PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (systemEnvironment()['PATH'] ?? '').split(delimiter);
  return folders.map(folder => join(folder, name)).find(existsSync);
}

/** Whether a process with this id exists, zombies aside. */
export function isAlive(pid: number): boolean {
  const state = processStat(pid)?.state;
  if (state !== undefined) return state !== 'Z';
  if (process.platform === 'linux') return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // No such process.
  }
}

/** When the process started, in clock ticks since boot: with the id it names one process for good. Undefined without /proc. */
export function startTime(pid: number): string | undefined {
  return processStat(pid)?.started;
}

export interface ProcessEntry {
  pid: number;
  parent: number;
  command: string[];
}

/** All processes of this machine (Linux only, elsewhere none). */
export function processTable(): ProcessEntry[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => processEntry(Number(name)))
    .filter(entry => entry !== undefined);
}

/** The processes below the given ones, nearest first. */
export function descendants(roots: readonly number[], table = processTable()): ProcessEntry[] {
  const children = table.filter(entry => roots.includes(entry.parent));
  return children.length === 0
    ? []
    : [
        ...children,
        ...descendants(
          children.map(entry => entry.pid),
          table,
        ),
      ];
}

/** Sends a signal; false when the process is gone or never started. */
export function sendSignal(pid: number | undefined, signal: NodeJS.Signals): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // It ended in between.
  }
}

/** Stops a process and returns when each of its threads stands still; SIGCONT lets it go on. */
export function freeze(pid: number): void {
  sendSignal(pid, 'SIGSTOP');
  const threads = (): string[] => readdirSync(`/proc/${pid}/task`).map(id => `${pid}/task/${id}`);
  for (let rounds = 0; rounds < 1000 && threads().some(thread => processStat(thread)?.state !== 'T'); rounds++) {
    sleepSync(1);
  }
}

/** Blocks this thread: for clean-up in an exit handler, where nothing asynchronous runs any more. */
export function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function processEntry(pid: number): ProcessEntry | undefined {
  const stat = processStat(pid);
  if (!stat || stat.state === 'Z') return undefined;
  return { pid, parent: stat.parent, command: (readProc(pid, 'cmdline') ?? '').split('\0') };
}

function processStat(pid: number | string): { state: string; parent: number; started: string } | undefined {
  const text = readProc(pid, 'stat');
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
}

function readProc(pid: number | string, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // It ended, or there is no /proc.
  }
}
