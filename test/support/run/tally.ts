import type { ResultEvent } from './results';

type Failure = Extract<ResultEvent, { event: 'fail' }>;

/** Counts and prints the results of one part. */
export interface Tally {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** The failures that were taken back. */
  readonly withdrawn: readonly Failure[];
  add(event: ResultEvent): void;
  /** A failure outside of any test. */
  fail(title: string, message: string): void;
  /** Takes back the results of files that are run again; their failures are told at the end all the same. */
  withdraw(files: readonly string[]): void;
}

/** Prints a line, or several. */
export type Print = (line: string) => void;

/** A tally that prints each result as it comes. */
export function newTally(print: Print = console.log): Tally {
  let passes: (string | undefined)[] = [];
  let failures: Failure[] = [];
  const withdrawn: Failure[] = [];
  const fail = (failure: Failure): void => {
    failures.push(failure);
    print(`${'  '.repeat(failure.depth)}✗ ${failure.fullTitle}\n${failure.message.replace(/^/gm, '      ')}`);
  };

  return {
    get passed() {
      return passes.length;
    },
    get failures() {
      return failures;
    },
    withdrawn,
    add(event) {
      if (event.event === 'suite') print(`${'  '.repeat(event.depth)}${event.title}`);
      if (event.event === 'note') print(`      ${event.text}`);
      if (event.event === 'fail') fail(event);
      if (event.event !== 'pass') return;
      passes.push(event.file);
      print(`${'  '.repeat(event.depth)}✓ ${event.title} (${event.milliseconds} ms)`);
    },
    fail(title, message) {
      fail({ event: 'fail', title, fullTitle: title, depth: 1, message });
    },
    withdraw(files) {
      const isKept = (file: string | undefined): boolean => file === undefined || !files.includes(file);
      withdrawn.push(...failures.filter(({ file }) => !isKept(file)));
      failures = failures.filter(({ file }) => isKept(file));
      passes = passes.filter(isKept);
    },
  };
}

/** Prints all failures once more, and the counts as the very last line. Returns whether nothing failed. */
export function finish(tallies: readonly Tally[], print: Print = console.log): boolean {
  const list = (heading: string, told: readonly Failure[]): void => {
    if (told.length > 0) print(`\n${heading}`);
    for (const [index, { fullTitle, message }] of told.entries()) print(`\n${index + 1}. ${fullTitle}\n${message}`);
  };
  const failures = tallies.flatMap(tally => tally.failures);
  list(
    'Failed at the first try, and run again:',
    tallies.flatMap(tally => tally.withdrawn),
  );
  list('Failures:', failures);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  print(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0;
}
