import fc from 'fast-check';
import assert from 'node:assert/strict';
import { ByteQueue } from '../../../src/base/byteQueue';

const text = (bytes: Buffer, at: number, end: number): string => bytes.toString('utf8', at, end);

describe('A queue of bytes', () => {
  it('behaves as an array of the same texts does', () => {
    const texts = fc.tuple(fc.constantFrom('a', 'ü', '好', '😀'), fc.nat(400)).map(([it, times]) => it.repeat(times));
    const step = fc.oneof(
      { weight: 20, arbitrary: texts.map(push => ({ push })) },
      { weight: 10, arbitrary: fc.constant('shift' as const) },
      { weight: 1, arbitrary: fc.constant('clear' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.nat(20), (steps, count) => {
        const queue = new ByteQueue();
        const model: string[] = [];
        for (const it of steps) {
          if (it === 'clear') {
            queue.clear();
            model.length = 0;
          } else if (it === 'shift') {
            const taken = model.shift();
            assert.equal(queue.shift(), taken === undefined ? undefined : Buffer.byteLength(taken));
          } else {
            queue.push(it.push.length * 3, (bytes, at) => at + bytes.write(it.push, at));
            model.push(it.push);
          }
          assert.equal(queue.length, model.length);
          assert.equal(queue.first(text), model[0]);
        }
        assert.deepEqual(queue.last(text), model);
        assert.deepEqual(queue.last(text, count), count === 0 ? [] : model.slice(-count));
      }),
    );
  });

  it('needs memory only for what is in it, not for what has passed through it', () => {
    const queue = new ByteQueue();
    const before = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < 200_000; index++) {
      queue.push(1_000, (bytes, at) => at + bytes.fill(0x78, at, at + 1_000).subarray(at, at + 1_000).length);
      if (queue.length > 100) queue.shift();
    }
    assert.equal(queue.length, 100);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
  });
});
