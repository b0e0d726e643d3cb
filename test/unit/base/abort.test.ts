import assert from 'node:assert/strict';
import { abortReason, DeadlineError, delay, first, LinkedAbort, withDeadline } from '../../../src/base/abort';
import { sentenceOf } from '../../support/sentence';
import { until } from '../../support/until';
import { listeners, timers } from './leftOpen';

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(abortReason(signal)), { once: true }));

describe('delay', () => {
  it('resolves after its time and leaves no listener', async () => {
    const { signal } = new AbortController();
    const start = performance.now();
    await delay(15, signal);
    assert.ok(performance.now() - start >= 14);
    assert.equal(listeners(signal), 0);
  });

  it('rejects with the reason when aborted, and leaves no timer', async () => {
    const abort = new AbortController();
    const before = await timers();
    const waiting = delay(60_000, abort.signal);
    abort.abort(new Error('enough'));
    await assert.rejects(waiting, { message: 'enough' });
    assert.equal(await timers(), before);
  });

  it('can wait with one signal any number of times, without a warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const abort = new AbortController();
    const waiting = Array.from({ length: 20 }, () => delay(60_000, abort.signal));
    abort.abort();
    await Promise.allSettled(waiting);
    process.off('warning', onWarning);
    assert.deepEqual(warnings, []);
  });

  it('rejects at once when aborted already', async () => {
    await assert.rejects(delay(60_000, AbortSignal.abort(new Error('before'))), { message: 'before' });
  });
});

describe('abortReason', () => {
  it('is the given reason', () => {
    const reason = new Error('mine');
    assert.equal(abortReason(AbortSignal.abort(reason)), reason);
  });
  it('is an AbortError when the reason is no Error', () => {
    assert.equal(abortReason(AbortSignal.abort('text')).name, 'AbortError');
    assert.equal(abortReason(AbortSignal.abort()).name, 'AbortError');
  });
});

describe('LinkedAbort', () => {
  it('follows its parent with the same reason', () => {
    const parent = new AbortController();
    const linked = new LinkedAbort(parent.signal);
    const reason = new Error('parent');
    parent.abort(reason);
    assert.equal(linked.signal.reason, reason);
  });

  it('is aborted from the start when its parent is', () => {
    assert.ok(new LinkedAbort(AbortSignal.abort()).signal.aborted);
  });

  it('aborts without touching its parent', () => {
    const parent = new AbortController();
    new LinkedAbort(parent.signal).abort();
    assert.ok(!parent.signal.aborted);
  });

  it('does not follow its parent after it is disposed', () => {
    const parent = new AbortController();
    const linked = new LinkedAbort(parent.signal);
    linked.dispose();
    parent.abort();
    assert.ok(!linked.signal.aborted);
    assert.equal(listeners(parent.signal), 0);
  });

  it('works without a parent', () => {
    const linked = new LinkedAbort(undefined);
    linked.abort();
    linked.dispose();
    assert.ok(linked.signal.aborted);
  });
});

describe('withDeadline', () => {
  it('gives the result of the work, and leaves neither timer nor listener', async () => {
    const { signal } = new AbortController();
    const before = await timers();
    assert.equal(await withDeadline(60_000, signal, () => Promise.resolve(7)), 7);
    assert.equal(await timers(), before);
    assert.equal(listeners(signal), 0);
  });

  it('rejects with a DeadlineError when the work takes too long', async () => {
    await assert.rejects(withDeadline(5, undefined, never), (error: unknown) => {
      assert.ok(error instanceof DeadlineError);
      assert.equal(sentenceOf(error), 'no answer within 0.005 s');
      return true;
    });
  });

  it('rejects with a DeadlineError also when the work fails in its own way because of it', async () => {
    const work = (signal: AbortSignal): Promise<never> =>
      never(signal).catch(() => Promise.reject(new Error('socket hang up')));
    await assert.rejects(withDeadline(5, undefined, work), DeadlineError);
  });

  it('rejects with the error of the work when that comes first', async () => {
    await assert.rejects(
      withDeadline(60_000, undefined, () => Promise.reject(new Error('own'))),
      { message: 'own' },
    );
  });

  it('passes on the abort of its caller', async () => {
    const parent = new AbortController();
    const waiting = withDeadline(60_000, parent.signal, never);
    parent.abort(new Error('caller'));
    await assert.rejects(waiting, { message: 'caller' });
  });
});

describe('first', () => {
  it('gives the result of the first to settle, and aborts the others', async () => {
    const parent = new AbortController();
    const ended: string[] = [];
    const slow = (signal: AbortSignal): Promise<string> =>
      never(signal).catch((error: unknown) => {
        ended.push('slow');
        throw error;
      });
    assert.equal(await first(parent.signal, [slow, () => Promise.resolve('quick')]), 'quick');
    await until('the other has ended', () => ended.length === 1);
    await assert.rejects(first(parent.signal, [slow, () => Promise.reject(new Error('failed'))]), {
      message: 'failed',
    });
    assert.equal(listeners(parent.signal), 0);
  });

  it('rejects with the reason when its signal is aborted', async () => {
    const parent = new AbortController();
    const running = first(parent.signal, [never]);
    parent.abort(new Error('enough'));
    await assert.rejects(running, { message: 'enough' });
  });
});
