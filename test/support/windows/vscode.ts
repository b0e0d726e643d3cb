import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onExit } from '../cleanup';
import { freePort } from '../freePort';
import { descendants, ended, launch, run, systemEnvironment } from '../processes';
import { endLeftovers, endServer } from '../run/leftovers';
import { identify, newRecordId, type ServerRecord, writeRecord } from '../run/records';
import { installVscodeServer, type VscodeServerTools } from '../tools/vscodeServer';
import { writeSettings } from './vscodeSettings';

export interface VscodeOptions {
  /** The folder that VS Code opens; default a new empty one, which goes with the server. */
  workspace?: string;
  /** User settings on top of the plain ones. */
  settings?: Readonly<Record<string, unknown>>;
  /**
   * Added to the environment of the server, which the extension host inherits; undefined takes a variable out. Without a
   * runtime folder in it the server keeps its sockets in its own folder, where none is left behind.
   */
  env?: Readonly<Record<string, string | undefined>>;
  /** Default: a free one. */
  port?: number;
  /** The built extension's folder, installed as a copy; default this project's; null for none. */
  extensionPath?: string | null;
  /** A VSIX to install in place of the folder. */
  vsix?: string;
  /** Which of VS Code's own extensions it has, by their folders' names; default all. See {@link needed}. */
  builtIns?: readonly string[];
  /** Denies the server what root alone may: to open files and sockets against their permissions. */
  obeysPermissions?: boolean;
  /** A folder that the server's programs take for the person's home, ssh too, which asks the system's list of users. */
  home?: string;
  /**
   * A module with `run()` to run in the extension host. The extension is then loaded as one under development, and VS
   * Code behaves as in its own automated tests: it shows no notifications.
   */
  testsPath?: string;
}

/** A running VS Code server. Each page that opens on it gets an extension host of its own. */
export interface VscodeServer {
  readonly port: number;
  readonly workspace: string;
  /** The server's own folder with its settings and logs. */
  readonly folder: string;
  /** The address of a window. */
  readonly url: string;
  /** Process ids of the extension hosts, newest first. */
  extensionHostPids(): number[];
  /** The only (or newest) extension host; fails when there is none. */
  extensionHostPid(): number;
  dispose(): Promise<void>;
}

/** VS Code's own extensions that tests need. All the others cost each window some ten seconds of processor time. */
export const needed: readonly string[] = ['theme-defaults', 'theme-seti', 'json', 'yaml'];

const startLimit = 60_000;

/** Starts a program without root's override of permissions; others have none. */
const obeying = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--'] : [];

/** Starts VS Code's server, installing it first where needed. Whoever starts it disposes it. */
export async function startVscodeServer(options: VscodeOptions = {}): Promise<VscodeServer> {
  endLeftovers();
  const tools = await installVscodeServer();
  const folder = await mkdtemp(join(tmpdir(), 'quayside-code-'));
  const workspace = options.workspace ?? join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  await writeSettings(folder, options.settings ?? {});
  const runtime = join(folder, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const env = { ...systemEnvironment(), XDG_RUNTIME_DIR: runtime, ...options.env };
  await installExtension(tools, folder, options, env);

  const port = options.port ?? (await freePort());
  const args = [
    ...serverArguments(folder, workspace, port, options),
    ...(await builtInArguments(tools, folder, options)),
  ];
  const settled = [...(options.obeysPermissions ? obeying : []), ...(await livingIn(options.home))];
  const [program = '', ...rest] = [...settled, tools.node, tools.main, ...args];
  const child = launch(program, rest, { env, stdio: 'pipe' });
  const record = newRecord(folder, child);
  const forget = onExit(() => endServer(record));
  const dispose = async (): Promise<void> => {
    forget();
    endServer(record);
    await ended(child);
  };
  try {
    await listening(child, port);
  } catch (error) {
    await dispose();
    throw error;
  }

  const extensionHostPids = (): number[] => hostPids(child);
  return {
    port,
    workspace,
    folder,
    url: windowAddress(port, workspace, options),
    extensionHostPids,
    extensionHostPid: () => {
      const [pid] = extensionHostPids();
      if (pid === undefined) throw new Error('No extension host runs.');
      return pid;
    },
    dispose,
  };
}

/** Starts a program with another list of users in its own mount namespace. */
async function livingIn(home: string | undefined): Promise<string[]> {
  if (home === undefined) return [];
  const users = join(home, 'passwd');
  const { uid, gid, username, shell } = userInfo();
  await writeFile(users, `${username}:x:${uid}:${gid}::${home}:${shell ?? '/bin/sh'}\n`);
  return ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc/passwd && exec "$@"', users];
}

function serverArguments(folder: string, workspace: string, port: number, options: VscodeOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', folder, '--default-folder', workspace, '--telemetry-level', 'off', '--disable-telemetry'],
    '--disable-workspace-trust',
    // A page that is loaded anew cannot always say so: its extension host waits for it, three hours by default; seconds.
    ...['--reconnection-grace-time', '2'],
    // Without it a built VS Code heeds no test module; with it VS Code shows no notifications.
    ...(options.testsPath === undefined ? [] : ['--enable-smoke-test-driver']),
  ];
}

/** Has the server take its own extensions from a folder with the wanted ones alone. */
async function builtInArguments(
  tools: VscodeServerTools,
  folder: string,
  { builtIns }: VscodeOptions,
): Promise<string[]> {
  if (!builtIns) return [];
  const target = join(folder, 'builtin');
  for (const name of builtIns) await cp(join(tools.builtIns, name), join(target, name), { recursive: true });
  return ['--builtin-extensions-dir', target];
}

/** What an extension's folder holds that a package of it holds too. */
const packaged = /^(package(\.nls(\..+)?)?\.json|dist|media|l10n|README\.md|LICENSE|CHANGELOG\.md|.*\.js)$/;

/** Installs the extension for any window of the server, unless it comes with the window as one under development. */
async function installExtension(
  tools: VscodeServerTools,
  folder: string,
  { vsix, extensionPath = process.cwd(), testsPath }: VscodeOptions,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (vsix !== undefined) {
    const args = ['--server-data-dir', folder, '--install-extension', resolve(vsix), '--force'];
    await run(tools.node, [tools.main, ...args], { env });
  } else if (extensionPath !== null && testsPath === undefined) {
    const names = (await readdir(extensionPath)).filter(name => packaged.test(name));
    const target = join(folder, 'extensions', 'quayside');
    for (const name of names) await cp(join(extensionPath, name), join(target, name), { recursive: true });
  }
}

/** The payload is how the desktop's command-line flags of the same names reach a window in the browser. */
function windowAddress(port: number, workspace: string, { extensionPath, testsPath }: VscodeOptions): string {
  const query = new URLSearchParams({ folder: workspace });
  if (testsPath !== undefined) {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
    const extension = ['extensionDevelopmentPath', remote(extensionPath ?? process.cwd())];
    query.set('payload', JSON.stringify([extension, ['extensionTestsPath', remote(testsPath)]]));
  }
  return `http://127.0.0.1:${port}/?${query.toString().replace(/\+/g, '%20')}`;
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  let output = '';
  const collect = (chunk: Buffer): string => (output = (output + chunk.toString()).slice(-4_000));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const deadline = Date.now() + startLimit;
  while (child.exitCode === null && Date.now() < deadline) {
    const answers = await fetch(`http://127.0.0.1:${port}/version`).then(
      response => response.ok,
      () => false,
    );
    if (answers) return;
    await delay(50);
  }
  throw new Error(`VS Code's server did not start on port ${port}:\n${output}`);
}

function hostPids(server: ChildProcess): number[] {
  const hosts = descendants(server.pid === undefined ? [] : [server.pid]).filter(entry =>
    entry.command.includes('--type=extensionHost'),
  );
  return hosts.map(entry => entry.pid).sort((a, b) => b - a);
}

function newRecord(folder: string, { pid }: ChildProcess): ServerRecord {
  if (pid === undefined) throw new Error("VS Code's server could not be started.");
  const record = {
    id: newRecordId(),
    kind: 'server',
    folder,
    server: identify(pid),
    owner: identify(process.pid),
  } as const;
  writeRecord(record);
  return record;
}
