// Starts Quayside or its tests from a bare clone: installs what is missing, builds, and runs the wanted part.
//   node test/support/run.mjs start|test|soak|engines|bench|electron [arguments]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const verbs = {
  start: ['support/run/start'],
  test: ['support/run/test'],
  soak: ['support/run/test', '--soak'],
  engines: ['support/run/test', 'engine', '--every-engine'],
  electron: ['support/run/electron'],
  bench: ['bench/index'],
};

const [verb, ...rest] = process.argv.slice(2);
const isTest = ['test', 'soak', 'engines'].includes(verb);
let current;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    current?.kill(signal);
  });
}

try {
  const code = await main();
  process.exitCode = interrupted && verb === 'start' ? 0 : code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
  if (isTest) console.log('0 passed, 1 failed');
}

async function main() {
  if (!Object.hasOwn(verbs, verb)) throw new Error(`Usage: run.mjs ${Object.keys(verbs).join('|')} [arguments]`);
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error('Quayside needs Node.js 20 or later to build.');
  if (!isInstalled()) {
    console.log('Installing the packages of package-lock.json …');
    await must('npm', ['ci', '--no-audit', '--no-fund']);
  }
  console.log('Building …');
  await must(process.execPath, ['esbuild.mjs', '--tests']);
  const [script, ...first] = verbs[verb];
  const path = join(root, 'out', 'test', `${script}.js`);
  return run(process.execPath, ['--enable-source-maps', path, ...first, ...rest]);
}

/** Whether node_modules holds what package-lock.json names. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const read = path => JSON.parse(readFileSync(path, 'utf8')).packages;
  const installed = read(record);
  const wanted = Object.entries(read(join(root, 'package-lock.json')));
  return wanted.every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

async function must(program, args) {
  const code = await run(program, args);
  if (code !== 0) throw new Error(`"${program} ${args.join(' ')}" failed.`);
}

/** Runs a program to its end and returns its exit code. */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && program === 'npm';
    current = spawn(program, args, { cwd: root, stdio: 'inherit', shell });
    current.on('error', reject);
    current.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
