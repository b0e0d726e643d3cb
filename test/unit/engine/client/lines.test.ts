import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readJsonLines, readLines } from '../../../../src/engine/client/lines';

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function* chunks(...pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield* pieces;
}

describe('readLines', () => {
  const text = 'héllo\r\n数据 😀\n\n{"a":"‮x"}\nend 🐳';
  const lines = ['héllo', '数据 😀', '', '{"a":"‮x"}', 'end 🐳'];
  const bytes = Buffer.from(text);

  it('gives the same lines wherever the bytes are cut in two', async () => {
    for (let at = 0; at <= bytes.length; at++) {
      assert.deepEqual(await collect(readLines(chunks(bytes.subarray(0, at), bytes.subarray(at)))), lines, `at ${at}`);
    }
  });

  it('gives the same lines when every byte comes alone', async () => {
    assert.deepEqual(await collect(readLines(chunks(...[...bytes].map(byte => Buffer.of(byte))))), lines);
  });

  it('gives the same lines however any text is cut', async () => {
    const cuts = fc.array(fc.nat(), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), cuts, async (parts, places) => {
        const wanted = parts.map(part => part.replace(/[\r\n]/g, ''));
        const all = Buffer.from(`${wanted.join('\n')}\n`);
        const at = [0, ...places.map(place => place % all.length), all.length].sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => all.subarray(at[index], end));
        assert.deepEqual(await collect(readLines(chunks(...pieces))), wanted);
      }),
    );
  });

  it('gives nothing for an empty stream', async () => assert.deepEqual(await collect(readLines(chunks())), []));

  it('drops a line of more than 16 MiB, and only that line', async () => {
    const long = Array.from({ length: 20 }, () => Buffer.alloc(1024 * 1024, 'x'));
    const stream = chunks(Buffer.from('before\n'), ...long, Buffer.from('tail\nafter\n'));
    assert.deepEqual(await collect(readLines(stream)), ['before', 'after']);
  });

  it('drops a last line that is too long and has no end', async () => {
    const long = Array.from({ length: 20 }, () => Buffer.alloc(1024 * 1024, 'x'));
    assert.deepEqual(await collect(readLines(chunks(Buffer.from('before\n'), ...long))), ['before']);
  });

  it('keeps a line of 15 MiB, and needs no more than linear time for it', async () => {
    const long = Array.from({ length: 15 * 256 }, () => Buffer.alloc(4 * 1024, 'x'));
    const start = performance.now();
    const [line, ...others] = await collect(readLines(chunks(...long)));
    assert.equal(line?.length, 15 * 1024 * 1024);
    assert.deepEqual(others, []);
    assert.ok(performance.now() - start < 1_500);
  });
});

describe('readJsonLines', () => {
  it('skips empty lines and what is not JSON', async () => {
    const stream = chunks(Buffer.from('{"a":1}\nnot json\n\n  \n[2]\n{"cut":'));
    assert.deepEqual(await collect(readJsonLines(stream)), [{ a: 1 }, [2]]);
  });
});
