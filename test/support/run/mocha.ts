import Mocha from 'mocha';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeResult } from './results';

export interface MochaOptions {
  /** The folder with the compiled tests; its subfolders are searched too. */
  folder: string;
  /** Where the results go, as JSON lines. */
  results: string;
  /** The time limit of each test, in milliseconds. */
  timeout: number;
  /** Run only the tests whose full title contains this. */
  grep?: string | undefined;
  /** Run only the tests of these files. */
  files?: readonly string[] | undefined;
}

/** Runs all tests below a folder; a test that is skipped or marked as the only one counts as failed. */
export async function runMocha({ folder, results, timeout, grep, files }: MochaOptions): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout, reporter: reporterTo(results), forbidOnly: true, forbidPending: true });
  if (grep !== undefined) mocha.fgrep(grep);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    if (name.endsWith('.test.js') && (files?.includes(path) ?? true)) mocha.addFile(path);
  }
  await new Promise<void>(resolve => {
    mocha.run(() => resolve());
  });
  writeResult(results, { event: 'end' });
}

function reporterTo(results: string): Mocha.ReporterConstructor {
  return class extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      let depth = -1;
      runner.on('suite', suite => {
        depth++;
        if (suite.title !== '') writeResult(results, { event: 'suite', title: suite.title, depth });
      });
      runner.on('suite end', () => {
        depth--;
      });
      runner.on('pass', ({ title, file, duration = 0 }) =>
        writeResult(results, { event: 'pass', title, depth: depth + 1, ...inFile(file), milliseconds: duration }),
      );
      runner.on('fail', (test, error: unknown) =>
        writeResult(results, {
          event: 'fail',
          title: test.title,
          depth: depth + 1,
          ...inFile(test.file),
          fullTitle: test.fullTitle(),
          message: describeError(error),
        }),
      );
    }
  };
}

function inFile(file: string | undefined): { file?: string } {
  return file === undefined ? {} : { file };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
