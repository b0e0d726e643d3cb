import assert from 'node:assert/strict';
import { changes } from '../../../../../src/engine/objects/containers/changes';
import { sendJson } from '../../../../support/engines/fakeEngine';
import { operating } from '../../operating';

describe('Operations, on answers that a real engine seldom gives', () => {
  const on = operating();

  it('changes passes over what is none', async () => {
    const tables: [unknown, string[]][] = [
      [null, []],
      [{}, []],
      [
        [
          { Path: '/b', Kind: 2 },
          { Path: '/a', Kind: 0 },
          { Path: '/B', Kind: 1 },
        ],
        ['added /B', 'changed /a', 'deleted /b'],
      ],
      [
        [
          { Path: '/a', Kind: 3 },
          { Path: '/b' },
          { Path: '', Kind: 1 },
          { Path: '/c', Kind: -1 },
          { Path: 1, Kind: 1 },
          0,
        ],
        [],
      ],
    ];
    for (const [answer, expected] of tables) {
      on.fake.answers.set('/containers/a/changes', (_, response) => sendJson(response, 200, answer));
      assert.deepEqual(
        (await changes(on.engine, 'a')).map(({ kind, path }) => `${kind} ${path}`),
        expected,
      );
    }
  });
});
