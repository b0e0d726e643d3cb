import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onExit } from '../cleanup';
import { startEngine, type TestEngine } from '../engines/engine';
import { temporaryFolder } from '../temporaryFolder';
import { busyboxArchive } from '../tools/busybox';
import { installChromium } from '../tools/chromium';
import { installDocker } from '../tools/dockerEngine';
import { installPodman } from '../tools/podman';
import { installVscodeServer } from '../tools/vscodeServer';
import { openVscode } from '../windows/browser';
import { needed, startVscodeServer } from '../windows/vscode';
import type { PartSettings } from './mochaChild';
import { type ResultEvent, resultReader } from './results';

export type PartName = 'unit' | 'engine' | 'host' | 'ui';

export interface Part {
  name: PartName;
  /** The time limit of the whole part, in minutes: a hang is a failure. */
  limit: number;
  /** The time limit of each test, in seconds. */
  timeout: number;
  /** Whether it gets an engine of its own through QUAYSIDE_TEST_SOCKET. */
  engine: boolean;
  /** What it needs on this machine; installed beforehand, so that no test's time limit pays for it. */
  tools: readonly (() => Promise<unknown>)[];
}

const engineTools = [() => installDocker('20.10'), busyboxArchive];
const windowTools = [...engineTools, installVscodeServer, installChromium];
const everyEngine = [...engineTools, () => installDocker('28'), installPodman];

/** The parts in the order in which they run. The limits only end what hangs: all of them together take far less. */
export const parts: readonly Part[] = [
  { name: 'unit', limit: 5, timeout: 10, engine: false, tools: [] },
  { name: 'engine', limit: 30, timeout: 120, engine: false, tools: everyEngine },
  { name: 'host', limit: 25, timeout: 120, engine: true, tools: windowTools },
  { name: 'ui', limit: 40, timeout: 180, engine: true, tools: [...windowTools, () => installDocker('28')] },
];

export interface PartRun {
  grep?: string | undefined;
  /** Run only the tests of these compiled files. */
  files?: readonly string[] | undefined;
  onResult: (event: ResultEvent) => void;
  signal: AbortSignal;
}

/** Runs a part to its end, or until the signal aborts; results are told as they come. Fails when the part cannot run. */
export async function runPart(part: Part, options: PartRun): Promise<void> {
  const work = temporaryFolder('part');
  const results = join(work.path, 'results.jsonl');
  const engine = part.engine ? await startEngine() : undefined;
  try {
    await engine?.loadBusybox();
    const env: Record<string, string> = engine ? engineVariables(engine) : {};
    const run = part.name === 'host' ? runInVscode : runInNode;
    await run({ part, results, env, ...options });
  } finally {
    await engine?.dispose();
    work.remove();
  }
}

/** What tests know about their engine: `rawEngine.ts` uses the socket, `registry.ts` the namespace. */
export function engineVariables({ host, socket, namespace = '', client }: TestEngine): Record<string, string> {
  const own = { QUAYSIDE_TEST_SOCKET: socket, QUAYSIDE_TEST_NAMESPACE: namespace, QUAYSIDE_TEST_CLIENT: client };
  return { DOCKER_HOST: host, ...own };
}

interface Run extends PartRun {
  part: Part;
  results: string;
  env: Record<string, string>;
}

async function runInNode({ part, results, env, grep, files, onResult, signal }: Run): Promise<void> {
  const settings: PartSettings = {
    folder: join(__dirname, '../..', part.name),
    results,
    timeout: part.timeout * 1000,
    ...(grep !== undefined && { grep }),
    ...(files && { files }),
  };
  const args = ['--enable-source-maps', join(__dirname, 'mochaChild.js'), JSON.stringify(settings)];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  const forget = onExit(() => child.kill('SIGTERM'));
  const exit = new Promise<string>((resolveExit, reject) => {
    child.once('error', reject);
    child.once('exit', (code, by) => resolveExit(by ?? `code ${code}`));
  });
  const stop = (): void =>
    void endChild(
      () => child.kill('SIGTERM'),
      () => child.kill('SIGKILL'),
      exit,
    );
  signal.addEventListener('abort', stop);
  const ended = follow(results, onResult, exit);
  const how = await exit;
  forget();
  signal.removeEventListener('abort', stop);
  if (!(await ended) && !signal.aborted) throw new Error(`its process ended early (${how})`);
}

async function endChild(ask: () => void, force: () => void, exit: Promise<unknown>): Promise<void> {
  ask();
  await Promise.race([exit, delay(20_000, undefined, { ref: false })]);
  force();
}

async function runInVscode({ part, results, env, grep, files, onResult, signal }: Run): Promise<void> {
  const settings = { QUAYSIDE_TEST_RESULTS: results, QUAYSIDE_TEST_TIMEOUT: `${part.timeout * 1000}` };
  const server = await startVscodeServer({
    testsPath: join(__dirname, '../../host/index.js'),
    builtIns: needed,
    env: { ...env, ...settings, QUAYSIDE_TEST_GREP: grep, QUAYSIDE_TEST_FILES: files?.join(delimiter) },
  });
  let ended = (): void => undefined;
  try {
    const window = await openVscode(server);
    const over = new Promise<void>(resolveOver => {
      window.browser.once('disconnected', () => resolveOver());
      signal.addEventListener('abort', () => resolveOver());
      ended = resolveOver;
    });
    const complete = await follow(
      results,
      event => {
        onResult(event);
        if (event.event === 'end') ended();
      },
      over,
    );
    await window.dispose();
    if (!complete && !signal.aborted) throw new Error('the window closed early');
  } finally {
    await server.dispose();
  }
}

/** Tells the events of a result file as they come, until the promise settles; true when the suite came to its end. */
export async function follow(file: string, onResult: PartRun['onResult'], over: Promise<unknown>): Promise<boolean> {
  const read = resultReader(file);
  let complete = false;
  const tell = (): void => {
    for (const event of read()) {
      onResult(event);
      complete ||= event.event === 'end';
    }
  };
  const timer = setInterval(tell, 100);
  await over;
  clearInterval(timer);
  tell();
  return complete;
}
