import fc from 'fast-check';
import assert from 'node:assert/strict';
import { Store } from '../../../../../src/engine/mirror/store';
import {
  type Dirty,
  Forest,
  type ForestShape,
  type Group,
  type Node,
} from '../../../../../src/ui/trees/resource/forest';

interface Item {
  id: string;
  name: string;
  groups: readonly string[];
}

const group = (key: string): Group => ({ key, label: key, rank: 0, subject: { kind: 'group', name: key } });
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Rows in several groups, or loose, or (named `hidden`) nowhere; ordered by name. */
const shape: ForestShape<Item> = {
  places(row) {
    const subject = { kind: 'container', id: row.id } as const;
    if (row.name === 'hidden') return [];
    if (row.groups.length === 0) return [{ group: undefined, subject, key: '' }];
    return row.groups.map(key => ({ group: group(key), subject, key: '' }));
  },
  compare: (a, b) => compare(a.row.name, b.row.name) || compare(a.row.id, b.row.id),
  compareGroups: (a, b) => compare(a.label, b.label),
};

const item = (id: string, name = id, ...groups: string[]): Item => ({ id, name, groups });

function built(rows: readonly Item[]): Forest<Item> {
  const forest = new Forest(shape);
  forest.rebuild(rows);
  return forest;
}

/** The tree as nested lists of names. */
function outline(nodes: readonly Node<Item>[]): unknown[] {
  return nodes.map(node =>
    node.type === 'group' ? [node.group.label, outline(node.children)] : node.type === 'row' && node.row.name,
  );
}

function ids({ nodes }: Dirty<Item>): string[] {
  return [...nodes].map(node => node.id).sort();
}

describe('Forest', () => {
  it('puts groups before loose rows, each in order', () => {
    const forest = built([item('1', 'z'), item('2', 'b', 'web'), item('3', 'a', 'web'), item('4', 'c', 'db')]);
    assert.deepEqual(outline(forest.roots), [['db', ['c']], ['web', ['a', 'b']], 'z']);
  });

  it('redraws only its own row when a row changes in place', () => {
    const forest = new Forest<Item & { note?: string }>(shape);
    forest.rebuild([item('1', 'a'), item('2', 'b')]);
    const after = { ...item('2', 'b'), note: 'new' };
    const dirty = forest.apply({ added: [], changed: [{ before: item('2', 'b'), after }], removed: [] });
    assert.equal(dirty.root, false);
    assert.deepEqual(
      [...dirty.nodes].map(node => node.type === 'row' && node.row),
      [after],
    );
  });

  it('keeps the node of a row that is renamed, and redraws its siblings only when it moves', () => {
    const forest = built([item('1', 'a', 'g'), item('2', 'c', 'g'), item('3', 'e', 'g')]);
    const [node] = forest.nodesOf('2');
    const rename = (name: string): Dirty<Item> =>
      forest.apply({ added: [], changed: [{ before: item('2'), after: item('2', name, 'g') }], removed: [] });
    assert.deepEqual(ids(rename('d')), ['group:g/container:2:']);
    assert.deepEqual(ids(rename('z')), ['group:g', 'group:g/container:2:']);
    assert.equal(forest.nodesOf('2')[0], node);
    assert.deepEqual(outline(forest.roots), [['g', ['a', 'e', 'z']]]);
  });

  it('redraws the root when a group comes or goes', () => {
    const forest = built([item('1', 'a')]);
    assert.equal(forest.apply({ added: [item('2', 'b', 'g')], changed: [], removed: [] }).root, true);
    assert.equal(forest.apply({ added: [item('3', 'c', 'g')], changed: [], removed: [] }).root, false);
    assert.equal(forest.apply({ added: [], changed: [], removed: [item('3')] }).root, false);
    assert.equal(forest.apply({ added: [], changed: [], removed: [item('2')] }).root, true);
    assert.deepEqual(outline(forest.roots), ['a']);
  });

  it('equals a forest built anew after any sequence of changes', () => {
    const row = fc.record({
      id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
      name: fc.constantFrom('a', 'b', 'c', 'hidden'),
      groups: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }),
    });
    const list = fc.uniqueArray(row, { selector: ({ id }) => id });
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 12 }), lists => {
        const store = new Store<Item>({});
        const forest = new Forest(shape);
        for (const rows of lists) {
          forest.apply(store.replace(rows));
          assert.deepEqual(outline(forest.roots), outline(built(rows).roots));
        }
      }),
    );
  });
});
