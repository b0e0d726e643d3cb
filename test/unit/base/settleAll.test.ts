import fc from 'fast-check';
import assert from 'node:assert/strict';
import { settleAll } from '../../../src/base/settleAll';

describe('settleAll', () => {
  it('returns the outcomes in the order of the items, and never runs more than its limit at a time', async () => {
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
