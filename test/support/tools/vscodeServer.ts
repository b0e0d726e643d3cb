import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run, SetupError, systemEnvironment } from '../processes';
import { installed } from './cache';
import { aptInstall, debianRelease } from './debian';

/** The npm package code-server, which ships a whole VS Code server: 4.139.1 is VS Code 1.139.1. */
const codeServer = '4.139.1';
const nodeVersion = '24';

/** A VS Code server on disk and the Node that runs it. */
export interface VscodeServerTools {
  node: string;
  main: string;
  /** The folder of VS Code's own extensions. */
  builtIns: string;
}

/** VS Code's server from the npm registry, in the cache folder. */
export async function installVscodeServer(): Promise<VscodeServerTools> {
  const folder = await installed(`code-server-${codeServer}`, install);
  const modules = join(folder, 'node_modules');
  const server = join(modules, 'code-server/lib/vscode');
  return {
    node: join(modules, 'node/bin/node'),
    main: join(server, 'out/server-main.js'),
    builtIns: join(server, 'extensions'),
  };
}

async function install(folder: string): Promise<void> {
  await requireCompiler();
  const options = ['--prefix', folder, '--no-audit', '--no-fund', '--no-package-lock', '--loglevel', 'error'];
  await npm([...options, 'install', `node@${nodeVersion}`], systemEnvironment());
  const env = systemEnvironment([join(folder, 'node_modules/.bin')]);
  delete env['npm_config_user_agent']; // It names the Node of an npm that runs this, and the installation heeds it.
  await npm([...options, 'install', `code-server@${codeServer}`], env);
}

/** Its Kerberos module is compiled on the spot; where packages cannot be installed, the compilation tells what is missing. */
async function requireCompiler(): Promise<void> {
  const release = await debianRelease();
  if (!release || process.getuid?.() !== 0) return;
  const missing = ['g++', 'make', 'python3'].filter(program => findProgram(program) === undefined);
  if (!existsSync('/usr/include/gssapi/gssapi.h')) missing.push('libkrb5-dev');
  if (missing.length > 0) await aptInstall(missing, "VS Code's server");
}

async function npm(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run('npm', args, { env });
  } catch (error) {
    throw new SetupError(
      `Quayside's tests need VS Code's server from the npm registry, and on this system a compiler, Python and the headers of Kerberos (libkrb5-dev): ${(error as Error).message}`,
      { cause: error },
    );
  }
}
