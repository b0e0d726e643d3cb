import assert from 'node:assert/strict';
import { content, rowsOf, source } from '../../models';

describe('A container’s mounts', () => {
  it('link volumes, and folders of an engine on this machine', () => {
    const json = {
      Mounts: [
        { Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/z', RW: true },
        { Type: 'bind', Source: '/srv', Destination: '/a', RW: false, Mode: 'ro', Propagation: 'rprivate' },
      ],
      HostConfig: { Tmpfs: { '/tmp': 'size=1m,ro' } },
    };
    const { sections } = content('container', 'mounts', source(json));
    assert.deepEqual(rowsOf(sections, 'Mounts'), [
      ['/a', '/srv [link]', 'bind', 'read-only', 'ro, rprivate'],
      ['/tmp', '', 'tmpfs', 'read-only', 'size=1m,ro'],
      ['/z', 'data [link]', 'volume', 'read and write', ''],
    ]);
    const far = source(json, { address: { kind: 'ssh', host: 'far' } });
    assert.equal(rowsOf(content('container', 'mounts', far).sections, 'Mounts')[0]?.[1], '/srv');
  });
});
