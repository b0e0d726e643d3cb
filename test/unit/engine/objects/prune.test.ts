import assert from 'node:assert/strict';
import { pruneReport } from '../../../../src/engine/objects/prune';

describe('pruneReport', () => {
  const cases: [name: string, answer: unknown, report: object][] = [
    ['ids', { Field: ['a', 'b'], SpaceReclaimed: 5 }, { removed: ['a', 'b'], reclaimed: 5 }],
    ['nothing', { Field: null, SpaceReclaimed: 0 }, { removed: [], reclaimed: 0 }],
    ['images', { Field: [{ Untagged: 'x' }, { Deleted: 'a' }], SpaceReclaimed: 5 }, { removed: ['a'], reclaimed: 5 }],
    [
      'Podman’s list',
      [
        { Id: 'a', Size: 2 },
        { Id: 'b', Size: 3 },
      ],
      { removed: ['a', 'b'], reclaimed: 5 },
    ],
    ['an answer without a body', undefined, { removed: [], reclaimed: 0 }],
  ];
  for (const [name, answer, report] of cases)
    it(`reads ${name}`, () => assert.deepEqual(pruneReport(answer, 'Field'), report));

  it('fails for what Podman could not remove', () => {
    assert.throws(() => pruneReport([{ Id: 'a' }, { Id: 'b', Err: 'in use' }], 'Field'), { message: 'in use' });
  });
});
