import assert from 'node:assert/strict';
import { foldedSet } from '../../../../media/inspector/folding';
import { openMemory, type StateStore } from '../../../../media/inspector/memory';

/** A webview's state, which holds what JSON holds. */
function storeOf(state?: unknown): StateStore & { kept: unknown } {
  const store = {
    kept: state,
    getState: () => store.kept,
    setState: (next: unknown) => void (store.kept = JSON.parse(JSON.stringify(next)) as unknown),
  };
  return store;
}

const inspected = { kind: 'volume', id: 'v', name: 'v', engine: { id: 'e', name: 'Engine' } } as const;

const fresh = { scroll: 0, search: '', folded: [], asTable: false, shown: {} };

describe('The state of the page', () => {
  it('is found again as it was left', () => {
    const store = storeOf();
    const before = openMemory(store);
    before.set({ inspected, tab: 'raw' });
    before.setTab('raw', { scroll: 12, search: 'x' });
    before.setTab('processes', { sort: { column: 'PID', descending: true } });
    before.setTab('raw', { folded: ['/a'] });
    before.setTab('overview', { shown: { Labels: 200 }, check: 5 });
    const after = openMemory(store);
    assert.deepEqual(after.state, before.state);
    assert.deepEqual(after.tab('raw'), { ...fresh, scroll: 12, search: 'x', folded: ['/a'] });
    assert.deepEqual(after.tab('overview'), { ...fresh, shown: { Labels: 200 }, check: 5 });
    assert.deepEqual(after.tab('stats'), fresh);
  });

  const strange: Readonly<Record<string, [state: unknown, expected: unknown]>> = {
    nothing: [undefined, { tabs: {} }],
    'no object': ['raw', { tabs: {} }],
    'a list': [[1], { tabs: {} }],
    'unknown tabs': [{ tab: 'nowhere', tabs: { nowhere: {}, constructor: {} } }, { tabs: {} }],
    'a half of what is inspected': [
      { inspected: { ...inspected, engine: 'e' }, tab: 'raw' },
      { tab: 'raw', tabs: {} },
    ],
    'a tab that is none': [{ tabs: { raw: null } }, { tabs: { raw: fresh } }],
    'fields of other types': [
      { tabs: { raw: { scroll: '1', search: 2, folded: ['a', 3], asTable: 'true', sort: { column: 'PID' } } } },
      { tabs: { raw: fresh } },
    ],
    'counts and times that are none': [{ tabs: { raw: { shown: { a: '1' }, check: 'x' } } }, { tabs: { raw: fresh } }],
    'a scroll position that is no number': [{ tabs: { raw: { scroll: NaN } } }, { tabs: { raw: fresh } }],
  };
  for (const [name, [state, expected]] of Object.entries(strange)) {
    it(`is what is left of ${name}`, () => assert.deepEqual(openMemory(storeOf(state)).state, expected));
  }
});

describe('What is folded', () => {
  it('is kept for each tab, and what is unfolded is forgotten', () => {
    const store = storeOf();
    const raw = foldedSet(openMemory(store), 'raw');
    raw.set('/a', true);
    raw.set('/b', true);
    raw.set('/a', false);
    assert.deepEqual([...raw.all], ['/b']);
    assert.deepEqual([...foldedSet(openMemory(store), 'raw').all], ['/b']);
    assert.deepEqual([...foldedSet(openMemory(store), 'changes').all], []);
  });
});
