import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { type BeginLog, LogMerge, type MergedItem } from '../../../../src/engine/logs/merge';
import type { LogItem } from '../../../../src/engine/logs/notices';
import { until } from '../../../support/until';

const record = (time: number, text: string): LogItem => ({
  records: [{ stream: 'stdout', time: BigInt(time), bytes: Buffer.from(text) }],
});

const never = new Promise<void>(() => undefined);

/** A log that gives these items, tells that it is open, and waits for promises. */
function log(...all: readonly (LogItem | Promise<unknown> | 'opened')[]): BeginLog {
  return async function* (opened) {
    for (const item of all) {
      if (item === 'opened') opened();
      else if (item instanceof Promise) await item;
      else yield await Promise.resolve(item);
    }
  };
}

/** A promise that a log waits for until the test resolves it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>(resolve => (open = resolve));
  return { opened, open };
}

function lines({ source, item }: MergedItem): string[] {
  if ('notice' in item) return [`${source} (${item.notice.what})`];
  return item.records.map(({ bytes }) => `${source} ${bytes.toString()}`);
}

/** The first `count` lines, each as `source text`; all if not given. */
async function taken(merge: LogMerge, count = Infinity): Promise<string[]> {
  const all: string[] = [];
  for await (const item of merge.items()) {
    all.push(...lines(item));
    if (all.length >= count) break;
  }
  return all;
}

describe('Merged logs', () => {
  const merging = (): LogMerge => new LogMerge(new AbortController().signal);

  it('are in the order of time', async () => {
    const merge = merging();
    const slow = gate();
    merge.add('a', log(record(1, '1'), record(4, '4'), record(5, '5')));
    merge.add('b', log(slow.opened, record(2, '2'), record(3, '3'), record(6, '6')));
    setImmediate(slow.open);
    assert.deepEqual(await taken(merge, 6), ['a 1', 'b 2', 'b 3', 'a 4', 'a 5', 'b 6']);
  });

  it('wait for a log that is still being opened, longer than for a silent one', async () => {
    const merge = merging();
    const opening = gate();
    merge.add('a', log('opened', record(2, '2')));
    merge.add('slow', log(opening.opened, record(1, '1')));
    setTimeout(opening.open, 600); // Three times what a silent one is waited for.
    assert.deepEqual(await taken(merge, 2), ['slow 1', 'a 2']);
  });

  it('do not wait for a silent log', async () => {
    const merge = merging();
    merge.add('silent', log('opened', never));
    merge.add('a', log(record(1, '1'), record(2, '2')));
    const began = performance.now();
    assert.deepEqual(await taken(merge, 2), ['a 1', 'a 2']);
    assert.ok(performance.now() - began < 4_000, 'as if it were still being opened');
  });

  it('keep a notice in its place among the lines of its own log', async () => {
    const merge = merging();
    merge.add('a', log(record(1, '1'), { notice: { what: 'removed', time: 0 } }, record(9, '9')));
    merge.add('b', log(record(5, '5')));
    assert.deepEqual(await taken(merge, 4), ['a 1', 'a (removed)', 'b 5', 'a 9']);
  });

  it('accept a log that joins later', async () => {
    const merge = merging();
    const joined = gate();
    merge.add('a', log(record(1, '1'), joined.opened, record(3, '3')));
    const all: string[] = [];
    for await (const item of merge.items()) {
      all.push(...lines(item));
      if (all.length === 1) merge.add('b', log(record(2, '2')));
      joined.open();
      if (all.length === 3) break;
    }
    assert.deepEqual(all, ['a 1', 'b 2', 'a 3']);
  });

  it('accept a log again that has ended, and ignore one that is still there', async () => {
    const merge = merging();
    const end = gate();
    merge.add('a', log(record(1, '1')));
    merge.add('b', log('opened', end.opened));
    const all: string[] = [];
    for await (const item of merge.items()) {
      all.push(...lines(item));
      if (all.length === 2) break;
      for (const source of ['a', 'b']) merge.add(source, log(record(2, `again`)));
      end.open();
    }
    assert.deepEqual(all, ['a 1', 'a again']);
  });

  it('end with the last log once no more can join, and not before', async () => {
    const merge = merging();
    const all: string[] = [];
    const reading = (async () => {
      for await (const item of merge.items()) all.push(...lines(item));
    })();
    merge.add('a', log(record(1, '1')));
    await until('the first is read', () => all.length === 1);
    merge.add('b', log(record(2, '2')));
    merge.complete();
    await reading;
    assert.deepEqual(all, ['a 1', 'b 2']);
  });

  it('end at once if there are no logs', async () => {
    const merge = merging();
    merge.complete();
    assert.deepEqual(await taken(merge), []);
  });

  it('leave no listener on their signal after a wait', async () => {
    const { signal } = new AbortController();
    const merge = new LogMerge(signal);
    const waiting: BeginLog = async function* () {
      for (let index = 0; index < 50; index++) {
        await new Promise(resolve => setTimeout(resolve, 1));
        yield record(index, `${index}`);
      }
    };
    merge.add('a', waiting);
    assert.equal((await taken(merge, 50)).length, 50);
    assert.ok(getEventListeners(signal, 'abort').length < 5);
  });

  /** Brings lines for as long as it is read. */
  function flood(text = 'x'): { begin: BeginLog; seen: { read: number; isOver: boolean } } {
    const seen = { read: 0, isOver: false };
    const begin: BeginLog = async function* () {
      try {
        for (;;) yield await Promise.resolve(record(++seen.read, text));
      } finally {
        seen.isOver = true;
      }
    };
    return { begin, seen };
  }

  /** Whether it has not been read since the last look. */
  function stands(seen: { read: number }): () => boolean {
    let before = -1;
    return () => before === (before = seen.read);
  }

  it('hold up a log that is far ahead of the others', async () => {
    const abort = new AbortController();
    const merge = new LogMerge(abort.signal);
    const { begin, seen } = flood();
    merge.add('flood', begin);
    const reading = merge.items();
    await reading.next();
    await until('it is not read on', stands(seen));
    assert.ok(seen.read < 5_000, `${seen.read} were read`);
    await reading.return(undefined);
  });

  it('hold up a log that is far ahead of the others in bytes', async () => {
    const merge = merging();
    const { begin, seen } = flood('x'.repeat(100_000));
    merge.add('flood', begin);
    merge.add('silent', log('opened', never));
    const reading = merge.items();
    await reading.next();
    await until('it is not read on', stands(seen));
    assert.ok(seen.read < 100, `${seen.read} were read`);
    await reading.return(undefined);
  });

  it('release a log that is held up when the reader leaves', async () => {
    const merge = merging();
    const { begin, seen } = flood();
    merge.add('flood', begin);
    merge.add('silent', log('opened', never));
    const reading = merge.items();
    await reading.next();
    await until('it waits', stands(seen));
    await reading.return(undefined);
    await until('it has been left', () => seen.isOver);
  });

  it('fail when one of the logs fails', async () => {
    const merge = merging();
    const broken: BeginLog = async function* () {
      yield await Promise.resolve(record(1, '1'));
      throw new Error('broken');
    };
    merge.add('a', broken);
    await assert.rejects(taken(merge, 5), /broken/);
  });
});
