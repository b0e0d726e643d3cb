import fc from 'fast-check';
import assert from 'node:assert/strict';
import { type ChangeSet, isEmpty, Store } from '../../../../src/engine/mirror/store';

interface Thing {
  id: string;
  value: number;
}

const told = ({ added, changed, removed }: ChangeSet<Thing>): object => ({
  added: added.map(({ id }) => id),
  changed: changed.map(({ before, after }) => `${after.id} ${before.value}→${after.value}`),
  removed: removed.map(({ id }) => id),
});

const thing = (id: string, value = 0): Thing => ({ id, value });

describe('Store', () => {
  it('tells what a whole list adds, changes and lacks', () => {
    const store = new Store<Thing>({});
    assert.deepEqual(told(store.replace([thing('a'), thing('b'), thing('c')])), {
      added: ['a', 'b', 'c'],
      changed: [],
      removed: [],
    });
    assert.deepEqual(told(store.replace([thing('b'), thing('c', 5), thing('d')])), {
      added: ['d'],
      changed: ['c 0→5'],
      removed: ['a'],
    });
  });

  it('takes the rows of some ids, leaves the others, and takes those that are lacking for gone', () => {
    const store = new Store<Thing>({});
    store.replace([thing('a'), thing('b'), thing('c')]);
    assert.deepEqual(told(store.update(['a', 'b', 'x'], [thing('a', 1), thing('other')])), {
      added: [],
      changed: ['a 0→1'],
      removed: ['b'],
    });
    assert.deepEqual(
      store.all().map(({ id }) => id),
      ['a', 'c'],
    );
    assert.equal(store.get('other'), undefined);
  });

  it('tells nothing of what is equal, and keeps the row that it has', () => {
    const store = new Store<Thing>({});
    const first = thing('a');
    store.replace([first]);
    assert.ok(isEmpty(store.replace([thing('a')])));
    assert.equal(store.get('a'), first);
  });

  it('lets the kind decide which row to keep', () => {
    const store = new Store<Thing>({ merge: (before, after) => (after.value - before.value < 10 ? before : after) });
    store.replace([thing('a', 1)]);
    assert.ok(isEmpty(store.replace([thing('a', 5)])));
    assert.deepEqual(told(store.replace([thing('a', 50)])), { added: [], changed: ['a 1→50'], removed: [] });
  });

  it('takes a row that is listed twice once', () => {
    const store = new Store<Thing>({});
    store.replace([thing('a', 1), thing('a', 1)]);
    assert.equal(store.all().length, 1);
  });

  it('holds after any lists what was listed last, and its changes tell the whole way there', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const rows = fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), value: fc.nat(2) }), {
      selector: ({ id }) => id,
    });
    const step = fc.record({ rows, some: fc.option(fc.uniqueArray(fc.constantFrom(...ids))) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), steps => {
        const store = new Store<Thing>({});
        const engine = new Map<string, Thing>();
        const copy = new Map<string, Thing>();
        for (const { rows: listed, some } of steps) {
          for (const id of some ?? [...engine.keys()]) engine.delete(id);
          for (const row of listed) if (!some || some.includes(row.id)) engine.set(row.id, row);
          const changes = some ? store.update(some, listed) : store.replace(listed);
          for (const { id } of changes.removed) assert.ok(copy.delete(id));
          for (const { before, after } of changes.changed) {
            assert.deepEqual(copy.get(after.id), before);
            copy.set(after.id, after);
          }
          for (const row of changes.added) {
            assert.ok(!copy.has(row.id));
            copy.set(row.id, row);
          }
          const sorted = (values: Iterable<Thing>): Thing[] => [...values].sort((a, b) => a.id.localeCompare(b.id));
          assert.deepEqual(sorted(store.all()), sorted(engine.values()));
          assert.deepEqual(sorted(copy.values()), sorted(engine.values()));
        }
      }),
    );
  });
});
