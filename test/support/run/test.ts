import { spawn } from 'node:child_process';
import { onExit } from '../cleanup';
import { SetupError } from '../processes';
import { installDocker } from '../tools/dockerEngine';
import { parseCommandLine } from './arguments';
import { endLeftovers } from './leftovers';
import { type Part, type PartRun, parts, runPart } from './parts';
import type { ResultEvent } from './results';
import { finish, newTally, type Print, type Tally } from './tally';

const usage = 'npm test [-- --grep TEXT], or npm run test:unit|test:engine|test:engines|test:host|test:ui|soak';
const checkLimit = 10;
/** When tests fail in more files of a part than this, none of them is run again. */
const mostRunAgain = 3;
/** How much longer a soak may take than `npm test`. */
const soakFactor = 20;

interface Options {
  grep: string | undefined;
  soak: boolean;
  'every-engine': boolean;
}

/** What a lane runs: a part, or types, lint and format. It throws a failure that belongs to no test. */
interface Step {
  name: string;
  run: (tally: Tally, print: Print) => Promise<void>;
}

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
  const begin = Date.now();
  const steps = chooseSteps(positionals, { grep: undefined, ...values });
  const tallies = await Promise.all(steps.map(lane => runLane(lane, steps.length > 1)));
  console.log(`\nTook ${duration(begin)}.`);
  return finish(tallies.flat()) ? 0 : 1;
}

/**
 * The lanes: the parts that are asked for, or all of them, one after another. In `npm test` there are two: the tests
 * that mostly wait for engines leave a core to those that need windows.
 */
function chooseSteps(names: readonly string[], options: Options): readonly (readonly Step[])[] {
  const step = (name: string): Step => {
    const part = parts.find(candidate => candidate.name === name);
    if (!part) throw new SetupError(`There is no part "${name}".\nUsage: ${usage}`);
    return partStep(part, options);
  };
  if (names.length > 0) return [names.map(step)];
  if (options.soak) return [parts.map(({ name }) => step(name))];
  return [
    [check, step('engine')],
    [step('unit'), step('host'), step('ui')],
  ];
}

async function runLane(steps: readonly Step[], hasNeighbours: boolean): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  for (const { name, run } of steps) {
    const print: Print = line => console.log(hasNeighbours ? line.replace(/^/gm, `${name.padEnd(6)} │ `) : line);
    const tally = newTally(print);
    tallies.push(tally);
    print(`\n── ${name} ──`);
    const begin = Date.now();
    try {
      await run(tally, print);
    } catch (error) {
      const { message, stack } = error as Error;
      tally.fail(name, error instanceof SetupError ? message : (stack ?? message));
    }
    print(`${name} took ${duration(begin)}.`);
  }
  return tallies;
}

const check: Step = {
  name: 'check',
  run: async (_tally, print) => {
    const shell = process.platform === 'win32';
    const child = spawn('npm', ['run', '--silent', 'check'], { shell, timeout: checkLimit * 60_000 });
    const forget = onExit(() => child.kill('SIGTERM'));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const code = await new Promise<number | string | null>(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('close', resolve);
    });
    forget();
    print(output.trimEnd());
    if (code === 0) return;
    throw new SetupError(`npm run check found something, see above (${code ?? 'ended by a signal'}).`);
  },
};

function partStep(part: Part, { grep, soak, 'every-engine': everyEngine }: Options): Step {
  const { name, limit } = part;
  const tools = everyEngine ? [...part.tools, () => installDocker('26')] : part.tools;
  const minutes = soak ? limit * soakFactor : limit;
  return {
    name,
    run: async (tally, print) => {
      for (const install of tools) await install();
      const signal = AbortSignal.timeout(minutes * 60_000);
      try {
        const failed = await tryPart(part, { grep, signal }, tally);
        const files = soak || signal.aborted ? [] : filesToRunAgain(failed);
        if (files.length > 0) {
          print(`\n── ${name}, what failed once more ──`);
          tally.withdraw(files);
          await tryPart(part, { grep, signal, files }, tally);
        }
      } finally {
        endLeftovers();
      }
      if (signal.aborted) throw new SetupError(`It did not end within ${minutes} minutes.`);
      if (tally.passed + tally.failures.length === 0) throw new SetupError('It has no tests.');
    },
  };
}

/** Runs a part and returns the files with failed tests; undefined stands for a failure that belongs to no file. */
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
 * On a busy machine, a real engine or window can be late once. So a few files with failures are run again, and the
 * failures of both tries are reported; many failures mean that something is broken.
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
