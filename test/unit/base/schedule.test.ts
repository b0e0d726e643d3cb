import assert from 'node:assert/strict';
import { delay } from '../../../src/base/abort';
import { Batcher, LatestOnly, Throttle } from '../../../src/base/schedule';
import { until } from '../../support/until';
import { timers } from './leftOpen';

describe('Batcher', () => {
  const counted = (ms: number): { batcher: Batcher; runs: number[] } => {
    const runs: number[] = [];
    return { batcher: new Batcher(ms, () => runs.push(performance.now())), runs };
  };

  it('runs once, later, for triggers that come together, and again for one that comes afterwards', async () => {
    const { batcher, runs } = counted(20);
    for (let count = 0; count < 100; count++) batcher.trigger();
    assert.equal(runs.length, 0);
    await until('it has run', () => runs.length === 1);
    batcher.trigger();
    await until('it has run again', () => runs.length === 2);
  });

  it('is not postponed by a steady stream of triggers', async () => {
    const { batcher, runs } = counted(20);
    await until('it has run twice', () => {
      batcher.trigger();
      return runs.length === 2;
    });
    batcher.dispose();
  });

  it('does not run after it is disposed', async () => {
    const { batcher, runs } = counted(1);
    batcher.trigger();
    batcher.dispose();
    await delay(20);
    assert.equal(runs.length, 0);
  });
});

describe('Throttle', () => {
  const counted = (ms: number): { throttle: Throttle; runs: number[] } => {
    const runs: number[] = [];
    return { throttle: new Throttle(ms, () => runs.push(performance.now())), runs };
  };

  it('runs at once for the first trigger', () => {
    const { throttle, runs } = counted(1_000);
    throttle.trigger();
    assert.equal(runs.length, 1);
    throttle.dispose();
  });

  it('runs only once more for any number of triggers within its time', async () => {
    const { throttle, runs } = counted(20);
    for (let count = 0; count < 100; count++) throttle.trigger();
    await delay(60);
    assert.equal(runs.length, 2);
  });

  it('is not postponed by a steady stream of triggers', async () => {
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

  it('does not run after it is disposed, and leaves no timer', async () => {
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

describe('LatestOnly', () => {
  it('does work for one value at a time, in order, and only for the latest of those that come while it is busy', async () => {
    const done: number[] = [];
    let release = (): void => undefined;
    const latest = new LatestOnly<number>(async value => {
      await new Promise<void>(resolve => (release = resolve));
      done.push(value);
    });
    const finish = async (): Promise<void> => {
      release();
      await new Promise(resolve => setImmediate(resolve));
    };
    for (const value of [1, 2, 3]) latest.offer(value);
    await finish();
    latest.offer(4);
    await finish();
    await finish();
    latest.offer(5);
    await finish();
    assert.deepEqual(done, [1, 3, 4, 5]);
  });
});
