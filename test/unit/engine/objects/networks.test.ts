import assert from 'node:assert/strict';
import { networkRow } from '../../../../src/engine/objects/networks';

const now = 1_700_000_000_000;
/** Labels have no prototype; here only their content counts. */
const plain = (row: object): unknown => JSON.parse(JSON.stringify(row));

describe('networkRow', () => {
  it('reads what Docker lists', () => {
    const entry = {
      Name: 'shop',
      Id: 'n',
      Created: '2023-11-14T22:13:20.5Z',
      Scope: 'local',
      Driver: 'bridge',
      Internal: true,
      Attachable: false,
      Ingress: false,
      IPAM: {
        Driver: 'default',
        Config: [{ Subnet: '172.18.0.0/16', Gateway: '172.18.0.1' }, { Subnet: 'fd00::/64' }],
      },
      Labels: {},
    };
    assert.deepEqual(plain(networkRow(entry, 'docker')), {
      id: 'n',
      name: 'shop',
      driver: 'bridge',
      scope: 'local',
      internal: true,
      attachable: false,
      subnets: [
        { subnet: '172.18.0.0/16', gateway: '172.18.0.1' },
        { subnet: 'fd00::/64', gateway: '' },
      ],
      created: now + 500,
      labels: {},
      predefined: false,
    });
  });

  for (const entry of [{ Name: 'bridge' }, { Name: 'host' }, { Name: 'none' }, { Name: 'x', Ingress: true }]) {
    it(`knows that the engine made ${JSON.stringify(entry)}`, () => assert.ok(networkRow(entry, 'docker').predefined));
  }

  it('knows that Podman made “podman”, and Docker did not', () => {
    assert.ok(networkRow({ Name: 'podman' }, 'podman').predefined);
    assert.ok(!networkRow({ Name: 'podman' }, 'docker').predefined);
  });
});
