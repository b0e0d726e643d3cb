import assert from 'node:assert/strict';
import { EventRate } from '../../../src/base/eventRate';

describe('EventRate', () => {
  it('is the rate of a steady stream, and fades', () => {
    let now = 0;
    const rate = new EventRate(() => now);
    assert.equal(new EventRate().value, 0);
    for (let count = 0; count < 500; count++) {
      now += 10;
      rate.add();
    }
    assert.ok(Math.abs(rate.value - 100) < 2, `${rate.value}`);
    now += 5_000;
    assert.ok(rate.value < 1);
  });
});
