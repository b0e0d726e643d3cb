import assert from 'node:assert/strict';
import { content, factsOf, rowsOf, source, user } from '../../models';

const back = { network: 'back', networkId: 'n1', address: '10.0.0.2', address6: '' };
const front = { network: 'front', networkId: 'n2', address: '', address6: 'fd00::2' };

describe('A network’s overview', () => {
  const json = {
    Name: 'back',
    Id: 'n1',
    Driver: 'bridge',
    Scope: 'local',
    Internal: true,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Config: [
        {
          Subnet: '10.0.0.0/24',
          IPRange: '10.0.0.128/25',
          Gateway: '10.0.0.1',
          AuxiliaryAddresses: { router: '10.0.0.9' },
        },
      ],
    },
    Containers: { c1: { Name: 'web', IPv4Address: '10.0.0.2/24', MacAddress: '02:42' } },
    Options: { mtu: '1400' },
  };
  const users = [
    user({ networks: [back, front] }),
    user({ id: 'c2', name: 'old', state: 'exited', networks: [{ ...back, address: '' }] }),
  ];

  it('tells driver, address pools, options, and all that are attached', () => {
    const { sections } = content('network', 'overview', source(json, { users }));
    const facts = factsOf(sections, 'Network');
    assert.deepEqual([facts['Driver'], facts['Internal'], facts['IPv6']], ['bridge', 'yes', undefined]);
    assert.deepEqual(rowsOf(sections, 'Address pools'), [
      ['10.0.0.0/24', '10.0.0.128/25', '10.0.0.1', 'router 10.0.0.9'],
    ]);
    assert.deepEqual(factsOf(sections, 'Options'), { mtu: '1400' });
    assert.deepEqual(rowsOf(sections, 'Containers'), [
      ['old [link]', 'exited [quiet]', '', '', ''],
      ['web [link]', 'running [good]', '10.0.0.2/24', '', '02:42'],
    ]);
  });

  it('is drawn with its containers and their other networks', () => {
    const from = source(json, { users });
    const { nodes, edges } = content('network', 'drawing', from);
    assert.deepEqual(
      nodes.map(({ id, kind, name, self }) => [id, kind, name, self]),
      [
        ['back', 'network', 'back', true],
        ['front', 'network', 'front', false],
        ['c2', 'container', 'old', false],
        ['c1', 'container', 'web', false],
      ],
    );
    assert.deepEqual(edges, [
      { container: 'c2', network: 'back', address: '' },
      { container: 'c1', network: 'back', address: '10.0.0.2' },
      { container: 'c1', network: 'front', address: 'fd00::2' },
    ]);
    assert.deepEqual(from.handles.linkOf(nodes[3]?.link ?? -1), {
      kind: 'object',
      object: 'container',
      id: 'c1',
      name: 'web',
    });
  });
});
