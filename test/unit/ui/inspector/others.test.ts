import assert from 'node:assert/strict';
import { layers } from '../../../../src/ui/inspector/tabs/image/layers';
import { content, factsOf, rowsOf, source, user } from './models';

describe('An image’s overview', () => {
  const json = {
    Id: 'sha256:aa',
    RepoTags: ['nginx:1', 'nginx:latest'],
    RepoDigests: ['nginx@sha256:bb'],
    Parent: '',
    Created: '2026-01-31T12:00:00Z',
    Size: 12_345_678,
    Os: 'linux',
    Architecture: 'arm64',
    Variant: 'v8',
    Author: 'Ada',
    Config: {
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: ['PATH=/bin', 'TOKEN=abc'],
      ExposedPorts: { '80/tcp': {} },
      Volumes: { '/data': {} },
      Healthcheck: { Test: ['CMD', 'true'] },
      Labels: { a: 'b' },
    },
  };

  it('tells tags, digests, size, platform and configuration', () => {
    const { sections } = content('image', 'overview', source(json));
    const facts = factsOf(sections, 'Image');
    assert.equal(facts['Tags'], 'nginx:1 | nginx:latest');
    assert.equal(facts['Digests'], 'nginx@sha256:bb');
    assert.equal(facts['Size'], '12.3MB');
    assert.equal(facts['Platform'], 'linux/arm64/v8');
    assert.equal(facts['Made from'], undefined);
    assert.deepEqual(factsOf(sections, 'Configuration'), {
      Command: `nginx -g 'daemon off;'`,
      'Exposed ports': '80/tcp',
      Volumes: '/data',
      'Health check': 'true',
    });
    assert.deepEqual(factsOf(sections, 'Environment'), { PATH: '/bin', TOKEN: '[secret]' });
    assert.deepEqual(factsOf(sections, 'Labels'), { a: 'b' });
  });

  it('tells the containers that use it, by name', () => {
    const users = [user({ name: 'web10', id: 'b' }), user({ name: 'web2', id: 'a', state: 'exited' })];
    const { sections } = content('image', 'overview', source(json, { users }));
    assert.deepEqual(rowsOf(sections, 'Containers'), [
      ['web2 [link]', 'exited [quiet]'],
      ['web10 [link]', 'running [good]'],
    ]);
  });

  it('tells the layers as docker history has them', () => {
    const entry = { id: '', created: 1_000, createdBy: 'RUN x', size: 5, tags: ['a:1'], comment: 'c' };
    assert.deepEqual(layers(source({}).ledger, [entry]), {
      tab: 'layers',
      layers: [{ created: 1_000, bytes: 5, instruction: { text: 'RUN x', code: true }, comment: 'c', tags: ['a:1'] }],
    });
  });

  it('hides what looks secret in the instruction of a layer', () => {
    const { ledger } = source({});
    const createdBy = 'ENV NPM_TOKEN=t0p';
    const entry = { id: '', created: 0, createdBy, size: 0, tags: [], comment: '' };
    const content = layers(ledger, [entry]);
    assert(content.tab === 'layers');
    const [layer] = content.layers;
    assert.equal(layer?.instruction.text, 'ENV NPM_TOKEN=***');
    assert.equal(ledger.heldOf(layer.instruction.secret ?? -1), createdBy);
  });
});

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
    assert.deepEqual(from.ledger.linkOf(nodes[3]?.link ?? -1), {
      kind: 'object',
      object: 'container',
      id: 'c1',
      name: 'web',
    });
  });
});

describe('A volume’s overview', () => {
  it('tells driver, place and users, and the size when it is known', () => {
    const json = { Name: 'data', Driver: 'local', Scope: 'local', Mountpoint: '/v/data', Options: { type: 'nfs' } };
    const mount = { type: 'volume', volume: 'data', source: '', readOnly: true };
    const users = [user({ mounts: [{ ...mount, destination: '/a' }] })];
    const from = source(json, { users });
    const { sections } = content('volume', 'overview', from);
    assert.deepEqual(factsOf(sections, 'Volume'), {
      Name: 'data',
      Driver: 'local',
      Scope: 'local',
      'Mount point': '/v/data [link]',
      Size: 'being measured [quiet]',
    });
    assert.deepEqual(rowsOf(sections, 'Containers'), [['web [link]', 'running [good]', '/a', 'read-only']]);
    assert.deepEqual(factsOf(sections, 'Options'), { type: 'nfs' });
    from.notes.set('size', '5MB');
    const facts = factsOf(content('volume', 'overview', from).sections, 'Volume');
    assert.equal(facts['Size'], '5MB | Measure Anew [link]');
  });
});
