import assert from 'node:assert/strict';
import { finish, newTally } from '../../../support/run/tally';

describe('The tally', () => {
  it('counts what passes and fails, and ends with the counts as its last line', () => {
    const lines: string[] = [];
    const tally = newTally(line => lines.push(...line.split('\n')));
    tally.add({ event: 'suite', title: 'A suite', depth: 1 });
    tally.add({ event: 'pass', title: 'passes', depth: 2, milliseconds: 3 });
    tally.add({ event: 'fail', title: 'fails', fullTitle: 'A suite fails', depth: 2, message: 'because' });
    tally.add({ event: 'note', text: '3 MB' });
    tally.add({ event: 'end' });
    tally.fail('host', 'It has no tests.');
    assert.equal(
      finish([tally], line => lines.push(...line.split('\n'))),
      false,
    );
    assert.ok(lines.includes('      3 MB'));
    assert.deepEqual([tally.passed, tally.failures.length], [1, 2]);
    assert.equal(lines.at(-1), '1 passed, 2 failed');
    assert.deepEqual(
      lines.filter(line => /^\d+\. /.test(line)),
      ['1. A suite fails', '2. host'],
    );
  });

  it('takes back what is run again, and tells at the end what failed at first', () => {
    const tally = newTally(() => undefined);
    tally.add({ event: 'pass', title: 'stays', depth: 1, file: 'a', milliseconds: 3 });
    tally.add({ event: 'pass', title: 'passes', depth: 1, file: 'b', milliseconds: 3 });
    tally.add({ event: 'fail', title: 'late', fullTitle: 'was late', depth: 1, file: 'b', message: 'because' });
    tally.withdraw(['b']);
    assert.deepEqual([tally.passed, tally.failures], [1, []]);
    tally.add({ event: 'pass', title: 'passes', depth: 1, file: 'b', milliseconds: 3 });
    tally.add({ event: 'pass', title: 'late', depth: 1, file: 'b', milliseconds: 3 });
    const lines: string[] = [];
    assert.equal(
      finish([tally], line => lines.push(...line.split('\n'))),
      true,
    );
    assert.deepEqual(
      lines.filter(line => line !== ''),
      ['Failed at the first try, and run again:', '1. was late', 'because', '3 passed, 0 failed'],
    );
  });

  it('sums the parts up', () => {
    const [one, other] = [newTally(() => undefined), newTally(() => undefined)];
    one.add({ event: 'pass', title: 'passes', depth: 1, milliseconds: 3 });
    one.fail('check', 'It found something.');
    other.add({ event: 'pass', title: 'passes', depth: 1, milliseconds: 3 });
    const lines: string[] = [];
    finish([one, other], line => lines.push(line));
    assert.equal(lines.at(-1), '\n2 passed, 1 failed');
  });
});
