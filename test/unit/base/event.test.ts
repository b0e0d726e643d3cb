import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';

describe('Emitter', () => {
  it('calls every listener, in the order of their subscriptions', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event(value => heard.push(`a${value}`));
    emitter.event(value => heard.push(`b${value}`));
    emitter.fire(1);
    assert.deepEqual(heard, ['a1', 'b1']);
  });

  it('does not call a listener after its subscription is disposed', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const subscription = emitter.event(value => heard.push(value));
    emitter.fire(1);
    subscription.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, [1]);
  });

  it('keeps two subscriptions of one function apart', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    emitter.fire(1);
    assert.deepEqual(heard, [1]);
  });

  it('calls the listeners of the beginning when some come or go meanwhile', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.event(() => {
      heard.push('first');
      first.dispose();
      emitter.event(() => heard.push('new'));
    });
    emitter.event(() => heard.push('second'));
    emitter.fire(1);
    assert.deepEqual(heard, ['first', 'second']);
  });

  it('calls nobody after it is disposed', () => {
    const emitter = new Emitter<number>();
    emitter.event(() => assert.fail('told'));
    emitter.dispose();
    emitter.fire(1);
  });

  it('calls the other listeners, and returns, when a listener throws', async () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('listener');
    });
    emitter.event(value => heard.push(value));
    const handlers = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const uncaught = new Promise(resolve => process.once('uncaughtException', resolve));
    try {
      emitter.fire(1);
      assert.deepEqual(heard, [1]);
      assert.equal(((await uncaught) as Error).message, 'listener');
    } finally {
      for (const handler of handlers) process.on('uncaughtException', handler);
    }
  });
});
