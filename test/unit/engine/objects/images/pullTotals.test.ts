import assert from 'node:assert/strict';
import type { PullProgress } from '../../../../../src/engine/objects/images/pull';
import { PullTotals } from '../../../../../src/engine/objects/images/pullTotals';

const line = (layer: string, status: string, current?: number, total?: number): PullProgress => ({
  layer,
  status,
  current,
  total,
});

function after(...lines: PullProgress[]): PullTotals['state'] {
  const totals = new PullTotals();
  for (const one of lines) totals.add(one);
  return totals.state;
}

describe('PullTotals', () => {
  it('is at the beginning before any layer is named', () => {
    assert.deepEqual(after(line('', 'Pulling from library/nginx')), {
      layers: 0,
      done: 0,
      current: 0,
      total: 0,
      percent: 0,
    });
  });

  it('counts layers that are here already as done', () => {
    const state = after(line('a', 'Already exists'), line('b', 'Pulling fs layer'));
    assert.deepEqual([state.layers, state.done, state.percent], [2, 1, 50]);
  });

  it('weighs layers by their bytes', () => {
    const state = after(
      line('a', 'Downloading', 900, 900),
      line('b', 'Downloading', 0, 100),
      line('a', 'Pull complete'),
    );
    assert.deepEqual([state.current, state.total, Math.round(state.percent)], [900, 1000, 90]);
  });

  it('never goes back, whatever order the lines come in', () => {
    const totals = new PullTotals();
    let before = 0;
    const lines = [
      'Downloading',
      'Verifying Checksum',
      'Download complete',
      'Extracting',
      'Downloading',
      'Pull complete',
      'Extracting',
    ];
    for (const status of lines) {
      totals.add(line('a', status, 5, 10));
      assert.ok(totals.state.percent >= before, status);
      before = totals.state.percent;
    }
    assert.equal(before, 100);
  });
});
