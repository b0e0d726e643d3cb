import assert from 'node:assert/strict';
import { DisposableStore, toDisposable } from '../../../src/base/disposable';

describe('DisposableStore', () => {
  const recording = (): { store: DisposableStore; ended: string[]; add: (name: string) => void } => {
    const store = new DisposableStore();
    const ended: string[] = [];
    return { store, ended, add: name => void store.add(toDisposable(() => ended.push(name))) };
  };

  it('disposes what it owns once, the last added first', () => {
    const { store, ended, add } = recording();
    ['a', 'b', 'c'].forEach(add);
    store.dispose();
    store.dispose();
    assert.deepEqual(ended, ['c', 'b', 'a']);
    assert.ok(store.disposed);
  });

  it('disposes at once what is added later', () => {
    const { store, ended, add } = recording();
    store.dispose();
    add('late');
    assert.deepEqual(ended, ['late']);
  });

  it('returns what was added', () => {
    const one = toDisposable(() => undefined);
    assert.equal(new DisposableStore().add(one), one);
  });

  it('disposes what is added while it disposes', () => {
    const { store, ended, add } = recording();
    store.add(toDisposable(() => add('within')));
    store.dispose();
    assert.deepEqual(ended, ['within']);
  });
});
