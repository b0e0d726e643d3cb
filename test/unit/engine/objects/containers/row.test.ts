import fc from 'fast-check';
import assert from 'node:assert/strict';
import { type Container, containerRow } from '../../../../../src/engine/objects/containers/row';

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
