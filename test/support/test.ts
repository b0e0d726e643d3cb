import { spawn } from 'node:child_process';
import { parseCommandLine } from './arguments';
import { onExit } from './cleanup';
import { endLeftovers } from './leftovers';
import { parts, runPart, type Part, type PartRun } from './parts';
import { SetupError } from './processes';
import type { ResultEvent } from './results';
import { newTally, type Tally } from './tally';
import { installDocker } from './tools/dockerEngine';

const usage = 'npm test [-- --grep TEXT], or npm run test:unit|test:engine|test:engines|test:host|test:ui|soak';
const checkLimit = 10;
/** In how many files of a part tests may fail for them to be run again. */
const mostRunAgain = 3;
/** How much longer a soak may take than `npm test`. */
const soakFactor = 20;

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine(
    {
      args: process.argv.slice(2),
      allowPositionals: true,
      options: {
        grep: { type: 'string' },
        soak: { type: 'boolean', default: false },
        'every-engine': { type: 'boolean', default: false },
      },
    } as const,
    usage,
  );
  if (values.soak) process.env['QUAYSIDE_SOAK'] = '1';
  if (values['every-engine']) process.env['QUAYSIDE_EVERY_ENGINE'] = '1';
  const tally = newTally();
  const begin = Date.now();
  let checking = positionals.length === 0 && !values.soak ? startCheck() : undefined;
  for (const part of chooseParts(positionals)) {
    const limit = values.soak ? part.limit * soakFactor : part.limit;
    const tools = values['every-engine'] ? [...part.tools, () => installDocker('26')] : part.tools;
    await runOne({ ...part, limit, tools }, { grep: values.grep, again: !values.soak }, tally);
    await checking?.(tally);
    checking = undefined;
  }
  console.log(`\nTook ${duration(begin)}.`);
  tally.finish();
  return tally.failed > 0 ? 1 : 0;
}

function chooseParts(names: readonly string[]): readonly Part[] {
  if (names.length === 0) return parts;
  return names.map(name => {
    const part = parts.find(candidate => candidate.name === name);
    if (!part) throw new SetupError(`There is no part "${name}".\nUsage: ${usage}`);
    return part;
  });
}

/** Begins with types, lint and format beside the first part; what is returned waits for their end and tells it. */
function startCheck(): (tally: Tally) => Promise<void> {
  const begin = Date.now();
  const shell = process.platform === 'win32';
  const child = spawn('npm', ['run', '--silent', 'check'], { shell, timeout: checkLimit * 60_000 });
  const forget = onExit(() => child.kill('SIGTERM'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = new Promise<number | string | null>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('close', resolve);
  });
  return async tally => {
    const code = await exit;
    forget();
    console.log(`\n── check ──\n${output.trimEnd()}`);
    if (code !== 0) tally.fail('check', `npm run check found something, see above (${code ?? 'ended by a signal'}).`);
    console.log(`check took ${duration(begin)}.`);
  };
}

async function runOne(
  part: Part,
  { grep, again }: { grep: string | undefined; again: boolean },
  tally: Tally,
): Promise<void> {
  console.log(`\n── ${part.name} ──`);
  const begin = Date.now();
  const before = tally.passed + tally.failed;
  try {
    for (const install of part.tools) await install();
    const limit = AbortSignal.timeout(part.limit * 60_000);
    const failed = await tryPart(part, { grep, signal: limit }, tally);
    const files = again && !limit.aborted ? filesToRunAgain(failed) : [];
    if (files.length > 0) {
      console.log(`\n── ${part.name}, what failed once more ──`);
      tally.withdraw(files);
      await tryPart(part, { grep, signal: limit, files }, tally);
    }
    if (limit.aborted) tally.fail(part.name, `It did not end within ${part.limit} minutes.`);
    else if (tally.passed + tally.failed === before) tally.fail(part.name, 'It has no tests.');
  } catch (error) {
    const { message, stack } = error as Error;
    tally.fail(part.name, error instanceof SetupError ? message : (stack ?? message));
  }
  endLeftovers();
  console.log(`${part.name} took ${duration(begin)}.`);
}

/** Runs a part and returns the files with failed tests; undefined stands for a failure that is no file's. */
async function tryPart(
  part: Part,
  run: Omit<PartRun, 'onResult'>,
  tally: Tally,
): Promise<ReadonlySet<string | undefined>> {
  const failed = new Set<string | undefined>();
  const onResult = (event: ResultEvent): void => {
    tally.add(event);
    if (event.event === 'fail') failed.add(event.file);
  };
  await runPart(part, { ...run, onResult });
  return failed;
}

/**
 * Real engines and windows on a machine that others use too can be late once. A few files with failures are run again,
 * and the failures of both tries told; many mean that something is broken.
 */
function filesToRunAgain(failed: ReadonlySet<string | undefined>): readonly string[] {
  const files = [...failed].filter(file => file !== undefined);
  return files.length === failed.size && files.length <= mostRunAgain ? files : [];
}

function duration(begin: number): string {
  const seconds = Math.round((Date.now() - begin) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof SetupError ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
