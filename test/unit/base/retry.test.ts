import fc from 'fast-check';
import assert from 'node:assert/strict';
import { Backoff, retry } from '../../../src/base/retry';

describe('Backoff', () => {
  it('keeps each delay within half and one and a half of a step that doubles up to the limit', () => {
    const min = fc.integer({ min: 1, max: 1_000 });
    const random = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(min, fc.integer({ min: 1, max: 100 }), fc.array(random, { maxLength: 20 }), (first, times, rolls) => {
        const max = first * times;
        const queue = [...rolls];
        const backoff = new Backoff(first, max, () => queue.shift() ?? 0);
        let step = first;
        const delays = rolls.map(() => backoff.next());
        for (const next of delays) {
          assert.ok(next >= step / 2 && next <= Math.min(max, step * 1.5));
          step = Math.min(max, step * 2);
        }
      }),
    );
  });

  it('starts again with the shortest delay after a reset', () => {
    const backoff = new Backoff(100, 10_000, () => 0.5);
    assert.deepEqual([backoff.next(), backoff.next(), backoff.next()], [100, 200, 400]);
    backoff.reset();
    assert.equal(backoff.next(), 100);
  });

  it('makes no more than ten attempts in the first minute of an engine that is away', () => {
    const backoff = new Backoff(250, 15_000, () => 0.5);
    let time = 0;
    let attempts = 1;
    for (time += backoff.next(); time < 60_000; time += backoff.next()) attempts++;
    assert.ok(attempts <= 10, `${attempts} attempts`);
  });
});

describe('retry', () => {
  const counted = (fail: number): { work: () => Promise<number>; count: () => number } => {
    let count = 0;
    const work = (): Promise<number> =>
      ++count <= fail ? Promise.reject(new Error(`${count}`)) : Promise.resolve(count);
    return { work, count: () => count };
  };
  const pauses = [0, 1];

  it('tries again after each pause, and rejects with the last failure', async () => {
    assert.equal(await retry(counted(2).work, { pauses, mayPass: () => true }), 3);
    await assert.rejects(retry(counted(3).work, { pauses, mayPass: () => true }), { message: '3' });
  });
  it('does not try again after a failure that will not pass', async () => {
    const { work, count } = counted(1);
    await assert.rejects(retry(work, { pauses, mayPass: () => false }), { message: '1' });
    assert.equal(count(), 1);
  });
  it('does not try again after it is aborted', async () => {
    const abort = new AbortController();
    const { work, count } = counted(1);
    const mayPass = (): boolean => (setTimeout(() => abort.abort(new Error('enough')), 5), true);
    await assert.rejects(retry(work, { pauses: [1_000], mayPass, signal: abort.signal }), { message: 'enough' });
    assert.equal(count(), 1);
  });
});
