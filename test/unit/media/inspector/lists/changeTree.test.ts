import fc from 'fast-check';
import assert from 'node:assert/strict';
import { changeRows, changeTree } from '../../../../../media/inspector/lists/changeTree';
import type { PathChange } from '../../../../../src/ui/inspector/protocol';

const added = (...paths: readonly string[]): PathChange[] => paths.map(path => ['added', path]);
const shown = (changes: readonly PathChange[], folded: readonly string[] = [], filter = ''): string[] =>
  changeRows(changeTree(changes), new Set(folded), filter).map(({ node }) => node.path);

const path = fc
  .array(fc.constantFrom('a', 'a-b', 'a.b', 'b', 'B', '__proto__', '数'), { minLength: 1, maxLength: 4 })
  .map(parts => `/${parts.join('/')}`);
const paths = fc.array(path, { maxLength: 30 });

describe('changeTree', () => {
  it('knows how each path has changed, and not of what lies between', () => {
    const changes: PathChange[] = [
      ['changed', '/etc'],
      ['deleted', '/etc/nginx/a'],
      ['added', '/tmp'],
    ];
    const kinds = changeRows(changeTree(changes), new Set(), '').map(({ node }) => [node.path, node.kind, node.depth]);
    assert.deepEqual(kinds, [
      ['/etc', 'changed', 1],
      ['/etc/nginx', undefined, 2],
      ['/etc/nginx/a', 'deleted', 3],
      ['/tmp', 'added', 1],
    ]);
  });

  it('shows each path and each folder of one once', () => {
    fc.assert(
      fc.property(paths, all => {
        const wanted = all.flatMap(one => [...one.matchAll(/(?<=.)(?=\/|$)/g)].map(({ index }) => one.slice(0, index)));
        assert.deepEqual(shown(added(...all)).sort(), [...new Set(wanted)].sort());
      }),
    );
  });

  it('orders siblings by their names, whatever lies below them', () => {
    assert.deepEqual(shown(added('/a-b', '/a/c', '/a.b/c')), ['/a', '/a/c', '/a-b', '/a.b', '/a.b/c']);
    fc.assert(
      fc.property(paths, all => {
        const siblings = new Map<string, string[]>();
        for (const one of shown(added(...all))) {
          const at = one.lastIndexOf('/');
          siblings.set(one.slice(0, at), [...(siblings.get(one.slice(0, at)) ?? []), one.slice(at + 1)]);
        }
        for (const names of siblings.values()) assert.deepEqual(names, [...names].sort());
      }),
    );
  });
});

describe('changeRows', () => {
  const changes = added('/srv/app/Main.js', '/srv/app/lib/x', '/srv/log', '/tmp/x');

  it('leaves out what is below a folded folder', () => {
    assert.deepEqual(shown(changes, ['/srv/app', '/gone']), ['/srv', '/srv/app', '/srv/log', '/tmp', '/tmp/x']);
    const rows = changeRows(changeTree(changes), new Set(['/srv']), '');
    assert.deepEqual(
      rows.map(({ node, isFolded }) => [node.path, isFolded]),
      [
        ['/srv', true],
        ['/tmp', false],
        ['/tmp/x', false],
      ],
    );
  });

  it('tells the place among the siblings', () => {
    const rows = changeRows(changeTree(changes), new Set(), '');
    assert.deepEqual(
      rows.map(({ node, place, siblings }) => `${node.path} ${place}/${siblings}`),
      [
        '/srv 1/2',
        '/srv/app 1/2',
        '/srv/app/Main.js 1/2',
        '/srv/app/lib 2/2',
        '/srv/app/lib/x 1/1',
        '/srv/log 2/2',
        '/tmp 2/2',
        '/tmp/x 1/1',
      ],
    );
  });

  it('leaves with a filter what it names and the folders to it, also of what is folded', () => {
    assert.deepEqual(shown(changes, ['/srv'], 'main'), ['/srv', '/srv/app', '/srv/app/Main.js']);
    assert.deepEqual(shown(changes, [], 'app/LIB'), ['/srv', '/srv/app', '/srv/app/lib', '/srv/app/lib/x']);
    assert.deepEqual(shown(changes, [], 'nowhere'), []);
  });

  it('filters any tree as a search through its paths does', () => {
    fc.assert(
      fc.property(paths, fc.constantFrom('a', 'a/', 'B', '-', '/a/b', 'proto'), (all, filter) => {
        const every = shown(added(...all));
        const named = every.filter(one => one.toLowerCase().includes(filter.toLowerCase()));
        const wanted = every.filter(one => named.some(other => other === one || other.startsWith(`${one}/`)));
        assert.deepEqual(shown(added(...all), every, filter), wanted);
      }),
    );
  });
});
