import assert from 'node:assert/strict';
import { volumeRow } from '../../../../src/engine/objects/volumes';

const now = 1_700_000_000_000;
/** Labels have no prototype; here only their content counts. */
const plain = (row: object): unknown => JSON.parse(JSON.stringify(row));

describe('volumeRow', () => {
  const long = 'a'.repeat(64);

  it('reads what Docker lists', () => {
    const entry = {
      Name: 'data',
      Driver: 'local',
      Mountpoint: '/v/data/_data',
      Scope: 'local',
      CreatedAt: '2023-11-14T22:13:20Z',
      Labels: null,
      Options: { type: 'tmpfs' },
    };
    assert.deepEqual(plain(volumeRow(entry)), {
      id: 'data',
      name: 'data',
      driver: 'local',
      mountpoint: '/v/data/_data',
      scope: 'local',
      created: now,
      labels: {},
      options: { type: 'tmpfs' },
      anonymous: false,
    });
  });

  const anonymous: [name: string, entry: Record<string, unknown>, is: boolean][] = [
    ['by its label', { Name: 'x', Labels: { 'com.docker.volume.anonymous': '' } }, true],
    ['by the form of its name', { Name: long, Labels: null }, true],
    ['not by a longer name', { Name: `${long}a` }, false],
    ['not by other labels', { Name: 'x', Labels: { anonymous: '' } }, false],
  ];
  for (const [name, entry, is] of anonymous) {
    it(`knows an anonymous one ${name}`, () => assert.equal(volumeRow(entry).anonymous, is));
  }
});
