import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onExit } from '../cleanup';
import { startEngine } from '../engines/engine';
import { answers, findEngine, type FoundEngine } from '../engines/findEngine';
import { rawApi } from '../engines/rawEngine';
import { fillSample } from '../engines/sample';
import { freePort } from '../freePort';
import { descendants, ended, findProgram, launch, sendSignal, SetupError, systemEnvironment } from '../processes';
import { cacheFolder } from '../tools/cache';
import { installVscodeServer } from '../tools/vscodeServer';
import { startVscodeServer } from '../windows/vscode';
import { parseCommandLine } from './arguments';

const usage = 'npm start [-- --port NUMBER] [--engine URL] [--no-sample] [--browser]';
const usualPort = 8421;

async function main(): Promise<void> {
  const { values } = parseCommandLine(
    {
      args: process.argv.slice(2),
      options: {
        port: { type: 'string' },
        engine: { type: 'string' },
        'no-sample': { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
      },
    } as const,
    usage,
  );
  const port = values.port === undefined ? undefined : parsePort(values.port);
  const workspace = join(cacheFolder(), 'workspace');
  await mkdir(workspace, { recursive: true });
  const desktop = values.browser ? undefined : desktopProgram();
  const [engine] = await sideBySide(
    chooseEngine(values.engine, workspace, !values['no-sample']),
    desktop === undefined ? installVscodeServer() : undefined,
  );
  console.log(`Engine: ${engine.url} (${engine.source})`);
  if (desktop === undefined) await openInBrowser(engine, workspace, port);
  else await openOnDesktop(desktop, engine, workspace);
}

/** Waits for both; a failure waits too, as the other one would go on writing into the cache folder. */
async function sideBySide<A, B>(first: Promise<A>, second: B | Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`"${text}" is not a port.\nUsage: ${usage}`);
}

interface Engine extends FoundEngine {
  /** Whether this run started it, and ends it. */
  own: boolean;
}

async function chooseEngine(url: string | undefined, workspace: string, withSample: boolean): Promise<Engine> {
  if (url !== undefined) {
    if (!(await answers(url))) throw new SetupError(`No engine answers at ${url}.`);
    return { url, source: '--engine', own: false };
  }
  const found = await findEngine({ env: process.env, platform: process.platform, home: homedir() });
  return found ? { ...found, own: false } : privateEngine(workspace, withSample);
}

/** An engine of Quayside's own for those who have none, with its data in the cache folder. */
async function privateEngine(workspace: string, withSample: boolean): Promise<Engine> {
  const folder = join(cacheFolder(), 'engine');
  const socket = join(folder, 'docker.sock');
  const source = 'a private Docker Engine in the cache folder';
  if (await answers(`unix://${socket}`)) return { url: `unix://${socket}`, source, own: false };
  console.log('No engine answers. Starting a private Docker Engine …');
  const engine = await startEngine({ folder, namespace: false });
  if (withSample) await fillSample(rawApi(engine.socket), workspace, tag => engine.loadBusybox(tag));
  return { url: engine.host, source, own: true };
}

/** VS Code's own command, where a window can open. */
function desktopProgram(): string | undefined {
  const { DISPLAY: display, WAYLAND_DISPLAY: wayland } = process.env;
  const hasScreen = process.platform !== 'linux' || Boolean(display ?? wayland);
  return hasScreen ? findProgram(process.platform === 'win32' ? 'code.cmd' : 'code') : undefined;
}

/** A VS Code with a profile of its own: it gets this engine, and ends with this process. */
async function openOnDesktop(program: string, engine: Engine, workspace: string): Promise<void> {
  const profile = join(cacheFolder(), 'desktop');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = [...asRoot, '--user-data-dir', profile, '--new-window', '--wait'];
  const args = [...flags, `--extensionDevelopmentPath=${process.cwd()}`, workspace];
  const env = { ...systemEnvironment(), DOCKER_HOST: engine.url };
  const child = launch(program, args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
  const { pid } = child;
  if (pid !== undefined) onExit(() => [pid, ...descendants([pid]).map(entry => entry.pid)].forEach(end));
  console.log('VS Code opens. Close its window or press Ctrl+C to end.');
  await ended(child);
  process.exit(child.exitCode ?? 0);
}

function end(pid: number): void {
  sendSignal(pid, 'SIGTERM');
}

async function openInBrowser(engine: Engine, workspace: string, wanted: number | undefined): Promise<void> {
  const port = await choosePort(wanted);
  const env = { DOCKER_HOST: engine.url, XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] };
  const server = await startVscodeServer({ workspace, port, env });
  console.log(`\nQuayside is ready. Open this address in a browser:\n\n    ${server.url}\n`);
  console.log(
    `Then click the containers' icon at the left. Ctrl+C ends ${engine.own ? 'VS Code and the engine' : 'VS Code'}.`,
  );
}

async function choosePort(wanted: number | undefined): Promise<number> {
  const port = await freePort(wanted ?? usualPort).catch(() => undefined);
  if (port !== undefined) return port;
  if (wanted !== undefined) throw new SetupError(`Something listens on port ${wanted} already.`);
  return freePort();
}

main().catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
});
