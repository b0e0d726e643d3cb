import fc from 'fast-check';
import assert from 'node:assert/strict';
import { delay } from '../../../src/base/abort';
import { Backoff, Batcher, Load, Newest, retry, settleAll, Throttle } from '../../../src/base/schedule';
import { until } from '../../support/until';
import { timers } from './leftOpen';

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

  it('starts anew after a reset', () => {
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

describe('Gather', () => {
  const counted = (ms: number): { gather: Batcher; runs: number[] } => {
    const runs: number[] = [];
    return { gather: new Batcher(ms, () => runs.push(performance.now())), runs };
  };

  it('runs once for what comes together, not at once, and again for what comes later', async () => {
    const { gather, runs } = counted(20);
    for (let count = 0; count < 100; count++) gather.trigger();
    assert.equal(runs.length, 0);
    await until('it has run', () => runs.length === 1);
    gather.trigger();
    await until('it has run again', () => runs.length === 2);
  });

  it('is never starved by a steady stream of triggers', async () => {
    const { gather, runs } = counted(20);
    await until('it has run twice', () => {
      gather.trigger();
      return runs.length === 2;
    });
    gather.dispose();
  });

  it('does not run any more once it is disposed', async () => {
    const { gather, runs } = counted(1);
    gather.trigger();
    gather.dispose();
    await delay(20);
    assert.equal(runs.length, 0);
  });
});

describe('Throttle', () => {
  const counted = (ms: number): { throttle: Throttle; runs: number[] } => {
    const runs: number[] = [];
    return { throttle: new Throttle(ms, () => runs.push(performance.now())), runs };
  };

  it('runs at once when it was quiet', () => {
    const { throttle, runs } = counted(1_000);
    throttle.trigger();
    assert.equal(runs.length, 1);
    throttle.dispose();
  });

  it('runs once more for any number of triggers within its time', async () => {
    const { throttle, runs } = counted(20);
    for (let count = 0; count < 100; count++) throttle.trigger();
    await delay(60);
    assert.equal(runs.length, 2);
  });

  it('is never starved by a steady stream of triggers', async () => {
    const { throttle, runs } = counted(20);
    const trigger = (): boolean => {
      throttle.trigger();
      return runs.length >= 8;
    };
    await until('it has run eight times', trigger, { interval: 1 });
    throttle.dispose();
    const gaps = runs.slice(1).map((time, index) => time - (runs[index] ?? 0));
    assert.ok(Math.min(...gaps) >= 18, gaps.join());
  });

  it('runs no more once disposed, and leaves no timer', async () => {
    const before = await timers();
    const { throttle, runs } = counted(5);
    throttle.trigger();
    throttle.trigger();
    throttle.dispose();
    assert.equal(await timers(), before);
    await delay(15);
    assert.equal(runs.length, 1);
  });
});

describe('Load', () => {
  it('is the rate of a steady stream, and fades', () => {
    let now = 0;
    const load = new Load(() => now);
    assert.equal(new Load().value, 0);
    for (let count = 0; count < 500; count++) {
      now += 10;
      load.add();
    }
    assert.ok(Math.abs(load.value - 100) < 2, `${load.value}`);
    now += 5_000;
    assert.ok(load.value < 1);
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

  it('tries again after each pause, and gives the last failure', async () => {
    assert.equal(await retry(counted(2).work, { pauses, mayPass: () => true }), 3);
    await assert.rejects(retry(counted(3).work, { pauses, mayPass: () => true }), { message: '3' });
  });
  it('tries no more what will not pass', async () => {
    const { work, count } = counted(1);
    await assert.rejects(retry(work, { pauses, mayPass: () => false }), { message: '1' });
    assert.equal(count(), 1);
  });
  it('tries no more once it is aborted', async () => {
    const abort = new AbortController();
    const { work, count } = counted(1);
    const mayPass = (): boolean => (setTimeout(() => abort.abort(new Error('enough')), 5), true);
    await assert.rejects(retry(work, { pauses: [1_000], mayPass, signal: abort.signal }), { message: 'enough' });
    assert.equal(count(), 1);
  });
});

describe('Newest', () => {
  it('works for one value at a time, in order, and passes over those that newer ones overtake', async () => {
    const done: number[] = [];
    let release = (): void => undefined;
    const newest = new Newest<number>(async value => {
      await new Promise<void>(resolve => (release = resolve));
      done.push(value);
    });
    const finish = async (): Promise<void> => {
      release();
      await new Promise(resolve => setImmediate(resolve));
    };
    for (const value of [1, 2, 3]) newest.offer(value);
    await finish();
    newest.offer(4);
    await finish();
    await finish();
    newest.offer(5);
    await finish();
    assert.deepEqual(done, [1, 3, 4, 5]);
  });
});

describe('settleAll', () => {
  it('returns outcomes in the items’ order, whatever order they come in, never more than its limit at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        async (items, limit) => {
          let running = 0;
          let most = 0;
          const outcomes = await settleAll(items, limit, async good => {
            most = Math.max(most, ++running);
            for (let ticks = Math.random() * 5; ticks > 0; ticks--) await Promise.resolve();
            running--;
            if (!good) throw new Error('bad');
            return good;
          });
          assert.deepEqual(
            outcomes.map(({ status }) => status),
            items.map(good => (good ? 'fulfilled' : 'rejected')),
          );
          assert.ok(most <= limit);
          assert.equal(most, Math.min(limit, items.length));
        },
      ),
    );
  });
});
