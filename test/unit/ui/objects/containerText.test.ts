import assert from 'node:assert/strict';
import { type Container, containerRow } from '../../../../src/engine/objects/containers/row';
import type * as ContainerTextModule from '../../../../src/ui/objects/containerText';
import { l10n, loadAnew } from '../vscodeStub';

const { containerContextValue, fillContainerTemplate, portText, publishedPorts, stateIcon, statusText } = loadAnew(
  ['objects/ageText'],
  'objects/containerText',
  { l10n },
) as typeof ContainerTextModule;

const now = Date.UTC(2026, 0, 31);

function container(entry: Record<string, unknown>): Container {
  return containerRow(
    { Id: 'a'.repeat(64), Names: ['/web'], Image: 'nginx:1', State: 'running', Status: 'Up 5 minutes', ...entry },
    now,
  );
}

describe('The texts of a container’s row', () => {
  const statuses: [state: string, status: string][] = [
    ['running', 'Up Less than a second'],
    ['running', 'Up 42 seconds'],
    ['running', 'Up About a minute (healthy)'],
    ['running', 'Up 3 hours (unhealthy)'],
    ['running', 'Up 2 weeks (health: starting)'],
    ['paused', 'Up About an hour (Paused)'],
    ['exited', 'Exited (137) 4 months ago'],
    ['restarting', 'Restarting (1) 7 seconds ago'],
    ['created', 'Created'],
    ['dead', 'Dead'],
    ['removing', 'Removal In Progress'],
  ];
  for (const [state, status] of statuses) {
    it(`say “${status}” as docker does`, () => {
      assert.equal(statusText(container({ State: state, Status: status }), now), status);
    });
  }

  it('are empty for fields that are none, also where every object has such a one', () => {
    const named = ['nothing', '__proto__', 'constructor', 'toString', 'label:__proto__'].map(name => `\${${name}}`);
    assert.equal(fillContainerTemplate(`${named.join(' ')} · \${name}`, container({}), now), 'web');
  });

  it('age as time passes', () => {
    assert.equal(statusText(container({ Status: 'Up 58 seconds' }), now + 2_000), 'Up About a minute');
    assert.equal(statusText(container({ Status: 'Up 5 minutes' }), now + 60_000), 'Up 6 minutes');
  });

  it('name a port once that is published for IPv4 and IPv6', () => {
    const port = { PrivatePort: 80, PublicPort: 8080, Type: 'tcp' };
    const row = container({
      Ports: [
        { ...port, IP: '0.0.0.0' },
        { ...port, IP: '::' },
        { PrivatePort: 81, Type: 'udp' },
      ],
    });
    assert.deepEqual(publishedPorts(row).map(portText), ['8080→80/tcp']);
    assert.equal(
      fillContainerTemplate('${image} · ${status} · ${ports}', row, now),
      'nginx:1 · Up 5 minutes · 8080→80/tcp',
    );
  });

  it('leave out the parts of a template that are empty or unknown', () => {
    const row = container({ Labels: { owner: 'me' } });
    assert.equal(fillContainerTemplate('${ports} · ${label:owner} · ${nonsense} · x${health}', row, now), 'me · x');
  });

  it('fill in figures where there are some, and leave them out where there are none', () => {
    const row = container({});
    const sample = {
      time: 0,
      cpuPercent: 51.234,
      memoryBytes: 2_134_016,
      memoryLimitBytes: 64 * 1024 * 1024,
      processes: 3,
      ...{ receivedBytes: 0, sentBytes: 0, readBytes: 0, writtenBytes: 0 },
      ...{ receivedRate: 1_234_567, sentRate: 0.4, readRate: undefined, writtenRate: 12 },
    };
    const all = '${cpu} · ${memory}/${memoryLimit} · ${processes} · ${received} · ${sent} · ${read} · ${written}';
    assert.equal(fillContainerTemplate(all, row, now, sample), '51.23% · 2.035MiB/64MiB · 3 · 1.23MB/s · 0B/s · 12B/s');
    assert.equal(fillContainerTemplate('${image} · ${cpu} · ${memory}', row, now), row.image);
  });

  it('tell each state and health apart by the icon’s shape', () => {
    const rows = statuses.map(([state, status]) => container({ State: state, Status: status }));
    rows.push(container({ State: 'exited', Status: 'Exited (0) 1 second ago' }));
    const shapes = new Set(rows.map(row => `${row.state} ${row.health ?? ''} ${row.exitCode === 0}`));
    assert.equal(new Set(rows.map(row => stateIcon(row).icon)).size, shapes.size);
  });

  it('carry the words that menus match', () => {
    const labels = { 'com.docker.compose.project': 'shop' };
    const ports = [{ PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }];
    const row = container({ Status: 'Up 1 second (healthy)', Labels: labels, Ports: ports });
    assert.equal(containerContextValue(row), 'container running healthy compose published addressed');
  });

  it('tell menus of a page to open only for TCP, and of an address where there is one', () => {
    const udp = [{ PrivatePort: 53, PublicPort: 5353, Type: 'udp' }];
    assert.equal(containerContextValue(container({ Ports: udp })), 'container running addressed');
    const attached = { Networks: { bridge: { IPAddress: '172.17.0.2' } } };
    assert.equal(containerContextValue(container({ NetworkSettings: attached })), 'container running addressed');
    const host = { Networks: { host: { IPAddress: '' } } };
    assert.equal(containerContextValue(container({ NetworkSettings: host })), 'container running');
  });
});
