import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { delay } from '../../../../src/base/abort';
import type { Engine } from '../../../../src/engine/connection/engine';
import { Reflector } from '../../../../src/engine/mirror/reflector';
import { Store } from '../../../../src/engine/mirror/store';
import type { ResourceKind } from '../../../../src/engine/objects/resource';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

interface Thing {
  id: string;
}

/** A kind whose lists are asked, counted and answered by hand. */
class Lists implements ResourceKind<Thing> {
  readonly events = [];
  readonly asked: (readonly string[] | 'all')[] = [];
  readonly #open: { resolve: (rows: Thing[]) => void; reject: (error: Error) => void }[] = [];

  list(_engine: unknown, ids: readonly string[] | undefined): Promise<Thing[]> {
    this.asked.push(ids ?? 'all');
    return new Promise((resolve, reject) => this.#open.push({ resolve, reject }));
  }

  touchedBy({ id }: { id: string }): readonly string[] {
    return [id];
  }

  /** Answers the oldest list that is open. */
  async answer(...ids: string[]): Promise<void> {
    (await until('a list is asked', () => this.#open.shift())).resolve(ids.map(id => ({ id })));
  }

  async fail(error: Error): Promise<void> {
    (await until('a list is asked', () => this.#open.shift())).reject(error);
  }

  /** Waits until that many lists have been asked, and then longer than a window, whether more come. */
  async settled(count: number): Promise<void> {
    await until(`${count} lists are asked`, () => this.asked.length >= count);
    await delay(60);
    assert.equal(this.asked.length, count);
  }
}

describe('Reflector', () => {
  let fake: FakeEngine;
  let engine: Engine;
  let lists: Lists;
  let store: Store<Thing>;
  let abort: AbortController;
  let told: number;
  let errors: unknown[];
  let reflector: Reflector<Thing>;

  before(() => {
    fake = new FakeEngine();
    engine = fake.engine();
  });
  beforeEach(() => {
    lists = new Lists();
    store = new Store<Thing>({});
    abort = new AbortController();
    told = 0;
    errors = [];
    reflector = new Reflector(lists, store, engine, abort.signal, {
      onChanges: () => told++,
      onError: error => errors.push(error),
      onForbidden: error => errors.push(error),
    });
  });
  afterEach(() => abort.abort());
  after(() => fake.dispose());

  const listed = async (...ids: string[]): Promise<void> => {
    const list = reflector.list();
    await lists.answer(...ids);
    await list;
  };

  /** Makes up for touches for which the machine had no time. Returns for how long at most it let nothing run here. */
  const touchEachMillisecondUntil = async (enough: () => boolean): Promise<number> => {
    const begun = performance.now();
    let [now, held, touches] = [begun, 0, 0];
    while (!enough() && !abort.signal.aborted) {
      for (; touches < now - begun; touches++) reflector.touch(['a']);
      await delay(1);
      const before = now;
      now = performance.now();
      held = Math.max(held, now - before);
    }
    return held;
  };

  it('lists everything once', async () => {
    await listed('a', 'b');
    assert.deepEqual(lists.asked, ['all']);
    assert.deepEqual(
      store.all().map(({ id }) => id),
      ['a', 'b'],
    );
    await lists.settled(1);
  });

  it('fetches what a window’s touches name in one list', async () => {
    await listed('a');
    for (const id of ['a', 'b', 'a', 'c', 'b']) reflector.touch([id]);
    await lists.answer('a', 'c');
    assert.deepEqual(lists.asked, ['all', ['a', 'b', 'c']]);
    await lists.settled(2);
  });

  it('fetches the first touch at once, and what is touched within the window after it together', async () => {
    await listed('a');
    await delay(30);
    reflector.touch(['a']);
    await nextTurn();
    await nextTurn();
    assert.deepEqual(lists.asked, ['all', ['a']]);
    await lists.answer('a');
    const answered = performance.now();
    for (const id of ['b', 'c', 'd']) {
      reflector.touch([id]);
      await nextTurn();
    }
    await until('the rest is asked', () => lists.asked.length === 3);
    assert.ok(performance.now() - answered >= 24, `${performance.now() - answered} ms`);
    assert.deepEqual(lists.asked[2], ['b', 'c', 'd']);
    await lists.answer('b', 'c', 'd');
    await lists.settled(3);
  });

  it('makes one list for each touch that comes alone', async () => {
    await listed();
    for (let count = 0; count < 10; count++) {
      await delay(50);
      reflector.touch([`a${count}`]);
      await lists.answer(`a${count}`);
    }
    await lists.settled(11);
  });

  it('makes exactly one more list for any number of touches during a list', async () => {
    await listed();
    reflector.touch(['a']);
    await until('the list is asked', () => lists.asked.length === 2);
    for (let count = 0; count < 50; count++) {
      reflector.touch([`b${count % 3}`]);
      await delay(1);
    }
    assert.equal(lists.asked.length, 2);
    await lists.answer('a');
    await lists.answer('b0', 'b1', 'b2');
    assert.deepEqual(lists.asked[2], ['b0', 'b1', 'b2']);
    await lists.settled(3);
  });

  it('keeps what is touched before and during the first list for one list after it', async () => {
    reflector.touch(['early']);
    await delay(60);
    assert.deepEqual(lists.asked, []);
    const list = reflector.list();
    reflector.touch(['during']);
    await delay(60);
    assert.deepEqual(lists.asked, ['all']);
    await lists.answer();
    await list;
    await lists.answer('early', 'during');
    assert.deepEqual(lists.asked[1], ['early', 'during']);
    await until('both are there', () => store.all().length === 2);
  });

  it('lists everything when everything is touched, and when too many ids are', async () => {
    await listed();
    reflector.touch(['a']);
    reflector.touch('all');
    await lists.answer();
    reflector.touch(Array.from({ length: 201 }, (_, index) => `c${index}`));
    await lists.answer();
    assert.deepEqual(lists.asked, ['all', 'all', 'all']);
    await lists.settled(3);
  });

  it('is never held up by touches that keep coming, and lists ever more rarely, four times a second at the least', async () => {
    await listed();
    const times: number[] = [];
    const answering = setInterval(() => {
      while (lists.asked.length > times.length + 1) times.push(performance.now());
      void lists.answer().catch(() => undefined);
    }, 5);
    abort.signal.addEventListener('abort', () => clearInterval(answering));
    const gaps = (): number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));
    const held = await touchEachMillisecondUntil(() => gaps().length >= 6 && (gaps().at(-1) ?? 0) >= 200);
    const told = gaps().map(Math.round).join();
    assert.ok(gaps().length <= 20, told);
    assert.ok(Math.max(...gaps()) < 400 + held, told);
    await delay(3_000);
    reflector.touch(['a']);
    const touched = performance.now();
    const before = lists.asked.length;
    await until('it is quick again', () => lists.asked.length > before);
    const waited = performance.now() - touched;
    assert.ok(waited < 150 + held, `${waited} ms`);
  });

  it('asks nothing for events that touch nothing', async () => {
    await listed();
    reflector.touch([]);
    await lists.settled(1);
  });

  it('rejects when the first list fails', async () => {
    const list = reflector.list();
    await lists.fail(new Error('no'));
    await assert.rejects(list, { message: 'no' });
  });

  it('reports a later list that fails', async () => {
    await listed();
    reflector.touch(['a']);
    await lists.fail(new Error('no'));
    await until('it is reported', () => errors.length === 1);
  });

  it('neither applies nor reports anything once aborted', async () => {
    await listed('a');
    reflector.touch(['a']);
    await until('the list is asked', () => lists.asked.length === 2);
    abort.abort();
    await lists.answer();
    reflector.touch(['b']);
    await lists.settled(2);
    assert.equal(store.all().length, 1);
    assert.equal(told, 1);
    assert.deepEqual(errors, []);
  });
});
