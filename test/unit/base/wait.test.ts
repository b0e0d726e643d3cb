import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import { nextEvent, waitFor } from '../../../src/base/wait';
import { listeners } from './leftOpen';

/** An emitter that tells how many listen. */
const counted = (): { emitter: Emitter<number>; event: Emitter<number>['event']; count: () => number } => {
  const emitter = new Emitter<number>();
  let count = 0;
  const event: typeof emitter.event = listener => {
    const subscription = emitter.event(listener);
    count++;
    return {
      dispose: () => {
        subscription.dispose();
        count--;
      },
    };
  };
  return { emitter, event, count: () => count };
};
const even = (value: number): number | undefined => (value % 2 === 0 ? value : undefined);

describe('waitFor', () => {
  it('gives at once what is there already', async () => {
    const { event, count } = counted();
    assert.equal(await waitFor(event, () => 7), 7);
    assert.equal(count(), 0);
  });

  it('looks again after each event, and leaves no listener', async () => {
    const { emitter, event, count } = counted();
    const { signal } = new AbortController();
    let there = 0;
    const waiting = waitFor(event, () => there || undefined, signal);
    emitter.fire(1);
    there = 7;
    emitter.fire(2);
    assert.equal(await waiting, 7);
    assert.deepEqual([count(), listeners(signal)], [0, 0]);
  });

  it('rejects when a signal is aborted already, though the value is there', async () => {
    const aborted = AbortSignal.abort(new Error('before'));
    await assert.rejects(
      waitFor(counted().event, () => 7, new AbortController().signal, aborted),
      { message: 'before' },
    );
  });
});

describe('nextEvent', () => {
  it('gives what is made of the first event that fits', async () => {
    const { emitter, event, count } = counted();
    const waiting = nextEvent(event, even);
    for (const value of [1, 4, 6]) emitter.fire(value);
    assert.equal(await waiting, 4);
    assert.equal(count(), 0);
  });

  it('rejects with the reason of the first signal that is aborted, and leaves no listener', async () => {
    const { event, count } = counted();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = nextEvent(event, even, first.signal, second.signal);
    second.abort(new Error('enough'));
    first.abort(new Error('too late'));
    await assert.rejects(waiting, { message: 'enough' });
    assert.deepEqual([count(), listeners(first.signal), listeners(second.signal)], [0, 0, 0]);
  });
});
