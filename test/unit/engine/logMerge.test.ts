import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { LogItem } from '../../../src/engine/logFollow';
import { LogMerge } from '../../../src/engine/logMerge';

const record = (time: number, text: string): LogItem => ({
  records: [{ stream: 'stdout', time: BigInt(time), bytes: Buffer.from(text) }],
});

async function* items(...all: readonly (LogItem | number)[]): AsyncGenerator<LogItem> {
  for (const item of all) {
    if (item === Infinity) await new Promise(() => undefined);
    else if (typeof item === 'number') await new Promise(resolve => setTimeout(resolve, item));
    else yield await Promise.resolve(item);
  }
}

/** The first so many lines, as `source text`. */
async function taken(merge: LogMerge, count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const { source, item } of merge.items()) {
    if ('notice' in item) lines.push(`${source} (${item.notice.what})`);
    else for (const { bytes } of item.records) lines.push(`${source} ${bytes.toString()}`);
    if (lines.length >= count) break;
  }
  return lines;
}

describe('Merged logs', () => {
  const merging = (): LogMerge => new LogMerge(new AbortController().signal);

  it('are in the order of time', async () => {
    const merge = merging();
    merge.add('a', items(record(1, '1'), record(4, '4'), record(5, '5')));
    merge.add('b', items(20, record(2, '2'), record(3, '3'), record(6, '6')));
    assert.deepEqual(await taken(merge, 6), ['a 1', 'b 2', 'b 3', 'a 4', 'a 5', 'b 6']);
  });

  it('do not wait for one that is silent', async () => {
    const merge = merging();
    merge.add('silent', items(Infinity));
    merge.add('a', items(record(1, '1'), 300, record(2, '2')));
    assert.deepEqual(await taken(merge, 2), ['a 1', 'a 2']);
  });

  it('tell what happened in its place among the lines of its own log', async () => {
    const merge = merging();
    merge.add('a', items(record(1, '1'), { notice: { what: 'removed', time: 0 } }, record(9, '9')));
    merge.add('b', items(record(5, '5')));
    assert.deepEqual(await taken(merge, 4), ['a 1', 'a (removed)', 'b 5', 'a 9']);
  });

  it('take in one that joins later', async () => {
    const merge = merging();
    merge.add('a', items(record(1, '1'), 50, record(3, '3')));
    setTimeout(() => merge.add('b', items(record(2, '2'))), 10);
    assert.deepEqual(new Set(await taken(merge, 3)), new Set(['a 1', 'b 2', 'a 3']));
  });

  it('leave nothing behind on their signal for each wait', async () => {
    const { signal } = new AbortController();
    const merge = new LogMerge(signal);
    const waits = Array.from({ length: 50 }, (_, index) => [1, record(index, `${index}`)]).flat();
    merge.add('a', items(...waits));
    assert.equal((await taken(merge, 50)).length, 50);
    assert.ok(getEventListeners(signal, 'abort').length < 5);
  });

  it('do not read on what is far ahead of the others', async () => {
    let read = 0;
    async function* flood(): AsyncGenerator<LogItem> {
      for (;;) yield await Promise.resolve(record(++read, 'x'));
    }
    const abort = new AbortController();
    const merge = new LogMerge(abort.signal);
    merge.add('flood', flood());
    const lines = await taken(merge, 100);
    assert.ok(lines.length >= 100);
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.ok(read < 5_000, `${read} were read`);
    abort.abort();
  });

  it('fail when one of them does', async () => {
    const merge = merging();
    async function* broken(): AsyncGenerator<LogItem> {
      yield await Promise.resolve(record(1, '1'));
      throw new Error('broken');
    }
    merge.add('a', broken());
    await assert.rejects(taken(merge, 5), /broken/);
  });
});
