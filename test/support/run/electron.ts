import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { join } from 'node:path';
import { startEngine } from '../engines/engine';
import { SetupError } from '../processes';
import { temporaryFolder } from '../temporaryFolder';
import { cacheFolder } from '../tools/cache';
import { parseCommandLine } from './arguments';
import { engineVariables, follow } from './parts';
import { finish, newTally } from './tally';

const usage = 'npm run test:electron [-- --vscode VERSION] [--grep TEXT]';

/** Runs the host tests in a desktop VS Code, on a private engine or the one whose socket QUAYSIDE_TEST_SOCKET names. */
async function main(): Promise<number> {
  const { values } = parseCommandLine(
    {
      args: process.argv.slice(2),
      options: { vscode: { type: 'string', default: 'stable' }, grep: { type: 'string' } },
    } as const,
    usage,
  );
  const program = await download(values.vscode);
  const engine = await testEngine();
  const folder = temporaryFolder('electron');
  const work = folder.path;
  const tally = newTally();
  try {
    const results = join(work, 'results.jsonl');
    const run = runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: process.cwd(),
      extensionTestsPath: join(__dirname, '../../host/index.js'),
      launchArgs: [join(work, 'workspace'), '--user-data-dir', join(work, 'user'), ...asRoot()],
      extensionTestsEnv: {
        ...engine.variables,
        QUAYSIDE_TEST_RESULTS: results,
        QUAYSIDE_TEST_GREP: values.grep,
      },
    });
    const complete = await follow(results, event => tally.add(event), settled(run));
    if (!complete) tally.fail('host', `VS Code ended early: ${await settled(run)}`);
  } finally {
    await engine.dispose();
    folder.remove();
  }
  return finish([tally]) ? 0 : 1;
}

async function download(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder(), 'vscode-desktop') });
  } catch (error) {
    const { message } = error as Error;
    throw new SetupError(`The desktop VS Code ${version} could not be downloaded (${message}).`, { cause: error });
  }
}

/** The tests empty their engine, so they never use one that somebody works with. */
async function testEngine(): Promise<{ variables: Record<string, string>; dispose(): Promise<void> }> {
  const socket = process.env['QUAYSIDE_TEST_SOCKET'];
  if (socket) {
    const variables = { DOCKER_HOST: `unix://${socket}`, QUAYSIDE_TEST_SOCKET: socket };
    return { variables, dispose: () => Promise.resolve() };
  }
  const engine = await startEngine();
  await engine.loadBusybox();
  return { variables: engineVariables(engine), dispose: () => engine.dispose() };
}

/** Electron's own sandbox does not work for root. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function settled(run: Promise<unknown>): Promise<string> {
  try {
    return `exit code ${String(await run)}`;
  } catch (error) {
    return (error as Error).message;
  }
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof SetupError ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
