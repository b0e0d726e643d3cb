import fc from 'fast-check';
import assert from 'node:assert/strict';
import { record } from '../../../src/base/read';
import type { EngineEvent } from '../../../src/engine/connection/events';
import { containerKind } from '../../../src/engine/objects/containers/kind';
import { type Container, containerRow } from '../../../src/engine/objects/containers/row';
import { imageKind, imageRow } from '../../../src/engine/objects/images/kind';
import { imageId, splitReference } from '../../../src/engine/objects/images/reference';
import { networkKind, networkRow } from '../../../src/engine/objects/networks';
import { volumeKind, volumeRow } from '../../../src/engine/objects/volumes';

const now = 1_700_000_000_000;
const none = { id: '', name: '', image: '', imageId: '', command: '', created: 0, labels: {}, compose: undefined };

/** Labels have no prototype; here only their content counts. */
const plain = (row: object): unknown => JSON.parse(JSON.stringify(row));

describe('containerRow', () => {
  it('reads what Docker lists', () => {
    const row = containerRow(
      {
        Id: 'c1',
        Names: ['/other/alias', '/web'],
        Image: 'nginx:1.27',
        ImageID: 'sha256:i1',
        Command: "/entry.sh 'nginx -g'",
        Created: 1_699_999_000,
        State: 'running',
        Status: 'Up 5 minutes (healthy)',
        Ports: [
          { PrivatePort: 443, Type: 'tcp' },
          { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
          { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
          { IP: '0.0.0.0', PrivatePort: 53, PublicPort: 53, Type: 'udp' },
        ],
        Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
        NetworkSettings: {
          Networks: {
            shop: { NetworkID: 'n2', IPAddress: '172.18.0.2', GlobalIPv6Address: 'fd00::2' },
            front: { NetworkID: 'n1', IPAddress: '172.19.0.2' },
          },
        },
        Mounts: [
          { Type: 'volume', Name: 'data', Source: '/v/data', Destination: '/data', RW: true },
          { Type: 'bind', Source: '/etc', Destination: '/conf', RW: false },
        ],
      },
      now,
    );
    assert.deepEqual(plain(row), {
      id: 'c1',
      name: 'web',
      image: 'nginx:1.27',
      imageId: 'sha256:i1',
      command: "/entry.sh 'nginx -g'",
      created: 1_699_999_000_000,
      state: 'running',
      health: 'healthy',
      since: now - 5 * 60_000,
      ports: [
        { ip: '0.0.0.0', privatePort: 53, publicPort: 53, protocol: 'udp' },
        { ip: '::', privatePort: 80, publicPort: 8080, protocol: 'tcp' },
        { ip: '0.0.0.0', privatePort: 80, publicPort: 8080, protocol: 'tcp' },
        { privatePort: 443, protocol: 'tcp' },
      ],
      networks: [
        { network: 'front', networkId: 'n1', address: '172.19.0.2', address6: '' },
        { network: 'shop', networkId: 'n2', address: '172.18.0.2', address6: 'fd00::2' },
      ],
      mounts: [
        { type: 'bind', volume: '', source: '/etc', destination: '/conf', readOnly: true },
        { type: 'volume', volume: 'data', source: '/v/data', destination: '/data', readOnly: false },
      ],
      labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
      compose: { project: 'shop', service: 'web', number: '', oneOff: false, workingDir: '', configFiles: [] },
    });
  });

  it('reads what Podman lists', () => {
    const row = containerRow(
      {
        Id: 'c1',
        Names: ['/db'],
        Image: 'localhost/busybox:latest',
        ImageID: 'sha256:i1',
        Command: ['sleep', '1000'],
        Created: '2023-11-14T22:13:20Z',
        State: 'exited',
        Status: '',
        ExitCode: 3,
        StartedAt: 1_699_999_990,
        Ports: null,
        Labels: { 'io.podman.compose.project': 'shop' },
        Mounts: null,
      },
      now,
    );
    assert.equal(row.command, 'sleep 1000');
    assert.equal(row.created, now);
    assert.equal(row.exitCode, 3);
    assert.equal(row.since, 1_699_999_990_000);
    assert.equal(row.compose?.project, 'shop');
    assert.deepEqual([row.ports, row.networks, row.mounts], [[], [], []]);
  });

  const statuses: [state: string, status: string, expected: Partial<Container>][] = [
    ['created', 'Created', { state: 'created', exitCode: undefined, since: undefined }],
    ['running', 'Up Less than a second', { state: 'running', since: now }],
    ['running', 'Up 3 seconds (health: starting)', { health: 'starting', since: now - 3_000 }],
    ['running', 'Up 2 hours (unhealthy)', { health: 'unhealthy' }],
    ['paused', 'Up 4 hours (Paused)', { state: 'paused', health: undefined, since: now - 4 * 3_600_000 }],
    ['restarting', 'Restarting (1) 4 seconds ago', { state: 'restarting', exitCode: 1, since: now - 4_000 }],
    ['exited', 'Exited (137) 2 weeks ago', { state: 'exited', exitCode: 137, since: now - 14 * 86_400_000 }],
    ['exited', 'Exited (0) Less than a second ago', { exitCode: 0, since: now }],
    ['dead', 'Dead', { state: 'dead', exitCode: undefined, since: undefined }],
    ['removing', 'Removal In Progress', { state: 'removing' }],
    ['running (healthy) (nonsense)', 'Up', { state: 'created' }],
  ];
  for (const [state, status, expected] of statuses) {
    it(`reads the state “${state}” with “${status}”`, () => {
      const row = containerRow({ State: state, Status: status }, now);
      for (const [key, value] of Object.entries(expected)) assert.equal(row[key as keyof Container], value, key);
    });
  }

  it('gives the same row in whatever order the engine lists ports, mounts and networks', () => {
    const Ports = [
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 1, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 2, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 1, Type: 'udp' },
      { IP: '::', PrivatePort: 80, PublicPort: 1, Type: 'tcp' },
      { PrivatePort: 9, Type: 'tcp' },
    ];
    const Mounts = ['/a', '/b', '/c'].map(Destination => ({ Destination, Type: 'volume', Name: 'v' }));
    const networks = ['a', 'b', 'c'].map(name => [name, { NetworkID: name }] as const);
    const shuffled = <T>(all: readonly T[]): fc.Arbitrary<T[]> =>
      fc.shuffledSubarray([...all], { minLength: all.length });
    const row = (ports: unknown, mounts: unknown, attached: (readonly [string, object])[]): unknown =>
      containerRow({ Ports: ports, Mounts: mounts, NetworkSettings: { Networks: Object.fromEntries(attached) } }, now);
    fc.assert(
      fc.property(shuffled(Ports), shuffled(Mounts), shuffled(networks), (ports, mounts, attached) => {
        assert.deepEqual(row(ports, mounts, attached), row(Ports, Mounts, networks));
      }),
    );
  });

  it('gives an empty row for nothing', () => {
    const row = plain(containerRow({}, now));
    assert.deepEqual(
      { ...none, ...(row as object) },
      {
        ...none,
        state: 'created',
        ports: [],
        networks: [],
        mounts: [],
      },
    );
  });
});

describe('A container’s row listed again', () => {
  const row = (status: string, state = 'running'): Container =>
    containerRow({ Id: 'c', State: state, Status: status }, Date.now());
  const merge = (before: Container, after: Container): Container => containerKind.merge?.(before, after) ?? after;
  const ago = (ms: number): Container => ({ ...row('Up 1 second'), since: Date.now() - ms });

  const kept: [name: string, rows: () => [before: Container, after: Container]][] = [
    ['as fresh', () => [ago(5_000), row('Up 5 seconds')]],
    ['of nearly two minutes, which is told as about one', () => [ago(119_000), row('Up About a minute')]],
    ['of minutes', () => [ago(239_000), row('Up 3 minutes')]],
    ['of hours, which are rounded up too', () => [ago(89 * 60_000), row('Up About an hour')]],
    ['of days', () => [ago(71 * 3_600_000), row('Up 2 days')]],
    ['of weeks', () => [ago(20.9 * 86_400_000), row('Up 2 weeks')]],
    ['that is paused', () => [ago(119_000), row('Up About a minute (Paused)', 'paused')]],
  ];
  for (const [name, rows] of kept) {
    it(`keeps the exact start ${name}`, () => {
      const [before, after] = rows();
      assert.equal(merge(before, after).since, before.since);
    });
  }

  const taken: [name: string, rows: () => [before: Container, after: Container]][] = [
    ['that was started anew', () => [ago(20_000), row('Up 2 seconds')]],
    ['that was started anew minutes ago', () => [ago(900_000), row('Up 10 minutes')]],
    ['that stopped', () => [ago(5_000), row('Exited (0) 5 seconds ago', 'exited')]],
  ];
  for (const [name, rows] of taken) {
    it(`takes the new start of one ${name}`, () => {
      const [before, after] = rows();
      assert.equal(merge(before, after).since, after.since);
    });
  }
});

describe('imageRow', () => {
  it('reads what Docker lists', () => {
    const entry = {
      Id: 'sha256:i',
      ParentId: 'sha256:p',
      RepoTags: ['b:2', 'a:1'],
      RepoDigests: ['b@sha256:2', 'a@sha256:1'],
      Created: 1_700_000_000,
      Size: 42,
      Labels: { k: 'v' },
    };
    assert.deepEqual(plain(imageRow(entry)), {
      id: 'sha256:i',
      tags: ['a:1', 'b:2'],
      parent: 'sha256:p',
      digests: ['a@sha256:1', 'b@sha256:2'],
      created: now,
      size: 42,
      labels: { k: 'v' },
    });
  });

  for (const RepoTags of [null, [], ['<none>:<none>'], undefined]) {
    it(`takes an image with the tags ${JSON.stringify(RepoTags)} for dangling`, () => {
      const row = imageRow({ Id: 'i', RepoTags, RepoDigests: ['<none>@<none>'] });
      assert.deepEqual([row.tags, row.digests], [[], []]);
    });
  }

  it('writes ids with their algorithm', () => {
    assert.deepEqual(['', 'abc', 'sha256:abc'].map(imageId), ['', 'sha256:abc', 'sha256:abc']);
  });

  const references: [reference: string, repository: string, tag: string][] = [
    ['nginx', 'nginx', ''],
    ['nginx:1.27', 'nginx', '1.27'],
    ['host:5000/team/name', 'host:5000/team/name', ''],
    ['host:5000/team/name:tag', 'host:5000/team/name', 'tag'],
  ];
  for (const [reference, repository, tag] of references) {
    it(`splits ${reference}`, () => assert.deepEqual(splitReference(reference), { repository, tag }));
  }
});

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

describe('Rows of hostile answers', () => {
  const rows = {
    containerRow: (entry: unknown) => containerRow(record(entry), now),
    imageRow,
    networkRow: (entry: unknown) => networkRow(record(entry), 'docker'),
    volumeRow,
  };
  const keys = [
    ...['Id', 'Names', 'Image', 'ImageID', 'Command', 'Created', 'State', 'Status', 'Ports', 'Labels', 'Mounts'],
    ...[
      'NetworkSettings',
      'RepoTags',
      'RepoDigests',
      'Size',
      'Name',
      'Driver',
      'IPAM',
      'Options',
      'CreatedAt',
      'Scope',
    ],
  ];
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.anything(),
      fc.string(),
      fc.double(),
      fc.constantFrom('__proto__', 'running', 'Up 99999999999999999999 years', '<none>:<none>', null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, '__proto__', 'Networks', 'Config', 'PrivatePort', 'IP'), tie('value')),
    ),
  }));
  const entry = fc.dictionary(fc.constantFrom(...keys), value);
  for (const [name, row] of Object.entries(rows)) {
    it(`${name} never throws, and its fields have the types that they should`, () => {
      const types = JSON.stringify(typesOf(row({})));
      fc.assert(
        fc.property(entry, hostile => {
          const made = row(hostile);
          assert.equal(JSON.stringify(typesOf(made)), types);
        }),
        { numRuns: 500 },
      );
    });
  }

  /** The types of the fields that are never undefined. */
  function typesOf(row: object): string[] {
    const fields = Object.entries(row).filter(([key]) => !['health', 'exitCode', 'since', 'compose'].includes(key));
    return fields.map(([key, field]) => `${key}: ${Array.isArray(field) ? 'array' : typeof field}`);
  }
});

describe('What an event touches', () => {
  const event = (type: EngineEvent['type'], action: string, id = 'x', attributes = {}): EngineEvent => ({
    type,
    action,
    id,
    attributes,
  });
  const kinds = { container: containerKind, image: imageKind, network: networkKind, volume: volumeKind };
  const cases: [kind: keyof typeof kinds, event: EngineEvent, touched: readonly string[] | 'all'][] = [
    ['container', event('container', 'start'), ['x']],
    ['container', event('container', 'destroy'), ['x']],
    ['container', event('container', 'prune', ''), []],
    ['container', event('network', 'connect', 'n', { container: 'x' }), ['x']],
    ['container', event('network', 'disconnect', 'x'), ['x']],
    ['container', event('network', 'create'), []],
    ['container', event('volume', 'create'), []],
    ['image', event('image', 'untag'), 'all'],
    ['image', event('container', 'commit'), 'all'],
    ['image', event('container', 'start'), []],
    ['network', event('network', 'create'), ['x']],
    ['network', event('network', 'prune', ''), 'all'],
    ['network', event('network', 'connect', 'x', { container: 'c' }), []],
    ['network', event('container', 'start'), []],
    ['volume', event('volume', 'create', 'data'), ['data']],
    ['volume', event('volume', 'prune', ''), 'all'],
    ['volume', event('volume', 'mount', 'data'), []],
    ['volume', event('volume', 'create', ''), []],
  ];
  for (const [kind, happened, touched] of cases) {
    it(`${happened.type} ${happened.action} of “${happened.id}” touches ${JSON.stringify(touched)} of the ${kind}s`, () => {
      assert.deepEqual(kinds[kind].touchedBy(happened), touched);
    });
  }
});
