import assert from 'node:assert/strict';
import { content, factsOf, source } from '../../models';

describe('A container’s networks', () => {
  it('tell addresses, aliases and names', () => {
    const json = {
      NetworkSettings: {
        Networks: {
          back: {
            NetworkID: 'n1',
            IPAddress: '10.0.0.2',
            IPPrefixLen: 24,
            Gateway: '10.0.0.1',
            MacAddress: '02:42:ac:11:00:02',
            Aliases: ['web', 'shop'],
            DriverOpts: { x: 'y' },
          },
        },
        Ports: { '80/tcp': null },
      },
      Config: { Hostname: 'web' },
      HostConfig: { NetworkMode: 'back', Dns: ['1.1.1.1'], ExtraHosts: ['db:10.0.0.9'] },
    };
    const { sections } = content('container', 'network', source(json));
    assert.deepEqual(factsOf(sections, 'Network back'), {
      Network: 'back [link]',
      'IPv4 address': '10.0.0.2/24',
      'IPv4 gateway': '10.0.0.1',
      'MAC address': '02:42:ac:11:00:02',
      Aliases: 'web | shop',
    });
    assert.deepEqual(factsOf(sections, 'Driver options of back'), { x: 'y' });
    assert.deepEqual(factsOf(sections, 'Names'), {
      'Host name': 'web',
      'Network mode': 'back',
      'DNS servers': '1.1.1.1',
      'Further hosts': 'db:10.0.0.9',
    });
  });
});
