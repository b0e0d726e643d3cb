import assert from 'node:assert/strict';
import { top } from '../../../../../src/engine/objects/containers/top';
import { sendJson } from '../../../../support/engines/fakeEngine';
import { fails, operating } from '../../operating';

describe('Operations, on answers that a real engine seldom gives', () => {
  const on = operating();

  it('top divides what stands undivided, and fills up or joins what does not fit the titles', async () => {
    const tables: [unknown, string[], string[][]][] = [
      [
        { Titles: ['PID   USER     COMMAND'], Processes: [['1 root     sh -c a  b'], ['12345 www ps'], [''], 7] },
        ['PID', 'USER', 'COMMAND'],
        [
          ['1', 'root', 'sh -c a b'],
          ['12345', 'www', 'ps'],
          ['', '', ''],
          ['', '', ''],
        ],
      ],
      [
        { Titles: ['PID', 'CMD'], Processes: [['1', 'a', 'b  c'], ['2'], [3, 'x']] },
        ['PID', 'CMD'],
        [
          ['1', 'a b  c'],
          ['2', ''],
          ['x', ''],
        ],
      ],
      [{ Titles: ['CMD'], Processes: [['sh -c a']] }, ['CMD'], [['sh -c a']]],
      [{ Titles: null, Processes: null }, [], []],
      [{ Titles: [], Processes: [['1']] }, [], [[]]],
    ];
    for (const [answer, titles, rows] of tables) {
      on.fake.answers.set('/containers/a/top', (_, response) => sendJson(response, 200, answer));
      assert.deepEqual(await top(on.engine, 'a'), { titles, rows });
    }
    on.fake.answers.set('/containers/a/top', (_, response) => void response.writeHead(200).end());
    await fails(top(on.engine, 'a'), 'conflict', /not running/);
  });
});
