import type { ResultEvent } from './results';

/** Counts and prints results. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  add(event: ResultEvent): void;
  /** A failure outside of any test. */
  fail(title: string, message: string): void;
  /** Prints all failures once more, and the counts as the very last line. */
  finish(): void;
}

/** A tally that prints each result as it comes. */
export function newTally(print: (line: string) => void = console.log): Tally {
  let passed = 0;
  const failures: { title: string; message: string }[] = [];
  const fail = (title: string, message: string, depth = 1): void => {
    failures.push({ title, message });
    print(`${'  '.repeat(depth)}✗ ${title}\n${message.replace(/^/gm, '      ')}`);
  };

  return {
    get passed() {
      return passed;
    },
    get failed() {
      return failures.length;
    },
    add(event) {
      if (event.event === 'suite') print(`${'  '.repeat(event.depth)}${event.title}`);
      if (event.event === 'fail') fail(event.fullTitle, event.message, event.depth);
      if (event.event !== 'pass') return;
      passed++;
      print(`${'  '.repeat(event.depth)}✓ ${event.title} (${event.milliseconds} ms)`);
    },
    fail,
    finish() {
      if (failures.length > 0) print('\nFailures:');
      for (const [index, { title, message }] of failures.entries()) print(`\n${index + 1}. ${title}\n${message}`);
      print(`\n${passed} passed, ${failures.length} failed`);
    },
  };
}
