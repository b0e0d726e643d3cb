import assert from 'node:assert/strict';
import type { Section } from '../../../../../../src/ui/inspector/protocol';
import { content, factsOf, source } from '../../models';

function overview(json: object): readonly Section[] {
  return content('container', 'overview', source(json)).sections;
}

describe('A container’s overview', () => {
  const states: readonly (readonly [what: string, json: object, facts: Record<string, string>])[] = [
    [
      'that runs',
      {
        State: { Status: 'running', Running: true, Pid: 42, ExitCode: 0, FinishedAt: '0001-01-01T00:00:00Z' },
        RestartCount: 2,
        HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 } },
      },
      {
        State: 'running [good]',
        Restarts: '2',
        'Restart policy': 'on-failure, at most 5 times',
        'Main process': '42 on the engine’s machine',
      },
    ],
    [
      'that ran out of memory',
      { State: { Status: 'exited', ExitCode: 137, OOMKilled: true, FinishedAt: '2026-01-31T12:00:00Z' } },
      { State: 'exited [bad]', 'Exit code': '137 (it ran out of memory) [bad]' },
    ],
    [
      'that a signal ended',
      { State: { Status: 'exited', ExitCode: 143, FinishedAt: '2026-01-31T12:00:00Z' } },
      { 'Exit code': '143 (ended by SIGTERM) [bad]' },
    ],
    [
      'that ended well',
      { State: { Status: 'exited', ExitCode: 0, FinishedAt: '2026-01-31T12:00:00Z' } },
      { State: 'exited [quiet]', 'Exit code': '0 [quiet]' },
    ],
    [
      'whose command is missing',
      {
        State: {
          Status: 'created',
          ExitCode: 127,
          Error: 'exec: "nosuch": not found',
          FinishedAt: '0001-01-01T00:00:00Z',
        },
      },
      {
        State: 'created [bad]',
        'Exit code': '127 (the command was not found) [bad]',
        Error: 'exec: "nosuch": not found [bad]',
      },
    ],
    ['that is paused', { State: { Status: 'paused', Running: true, Paused: true } }, { State: 'paused [warning]' }],
    [
      'that restarts',
      { State: { Status: 'restarting', Running: true, Restarting: true, ExitCode: 1 } },
      { State: 'restarting [warning]', 'Exit code': '1 [bad]' },
    ],
    ['that is dead', { State: { Status: 'dead', Dead: true } }, { State: 'dead [bad]' }],
  ];
  for (const [what, json, expected] of states) {
    it(`tells the state of one ${what}`, () => {
      const facts = factsOf(overview(json), 'State');
      for (const [name, value] of Object.entries(expected)) assert.equal(facts[name], value, name);
    });
  }

  it('tells no exit code while there is none', () => {
    const running = { State: { Status: 'running', Running: true, ExitCode: 137, FinishedAt: '2026-01-31T12:00:00Z' } };
    assert.equal(factsOf(overview(running), 'State')['Exit code'], undefined);
    const created = { State: { Status: 'created', ExitCode: 0, FinishedAt: '0001-01-01T00:00:00Z' } };
    assert.equal(factsOf(overview(created), 'State')['Exit code'], undefined);
  });

  it('tells the health and the checks, the oldest first', () => {
    const json = {
      State: {
        Status: 'running',
        Running: true,
        Health: {
          Status: 'unhealthy',
          FailingStreak: 3,
          Log: [
            { Start: '2026-01-31T12:00:00.5Z', End: '2026-01-31T12:00:01Z', ExitCode: 0, Output: 'fine\n' },
            { Start: '2026-01-31T12:00:30Z', End: '2026-01-31T12:00:31Z', ExitCode: 1, Output: '\u001b[31mno\n' },
            { Start: 'never', ExitCode: 1 },
          ],
        },
      },
      Config: { Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost || exit 1'], Interval: 5e9, Retries: 1 } },
    };
    const { sections, health } = content('container', 'overview', source(json));
    assert.deepEqual(factsOf(sections, 'Health'), {
      Health: 'unhealthy [bad]',
      'Failed in a row': '3 [bad]',
      Check: 'curl -f localhost || exit 1',
      Every: '5 s',
      'Fails after': '30 s',
      'Unhealthy after': '1 failure',
    });
    const at = Date.UTC(2026, 0, 31, 12);
    assert.deepEqual(health, [
      { start: at + 500, end: at + 1_000, exitCode: 0, output: 'fine\n' },
      { start: at + 30_000, end: at + 31_000, exitCode: 1, output: '\u001b[31mno\n' },
    ]);
  });

  const unchecked = [{ Test: ['NONE'] }, { Test: [''] }, {}, undefined];
  for (const Healthcheck of unchecked) {
    it(`tells no health where the check is ${JSON.stringify(Healthcheck)}`, () => {
      const json = { State: { Health: { Status: '', Log: null } }, Config: { Healthcheck } };
      assert.deepEqual(factsOf(overview(json), 'Health'), {});
    });
  }

  it('tells the ports, as links where they can be reached', () => {
    const Ports = {
      '443/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8443' },
        { HostIp: '::', HostPort: '8443' },
      ],
      '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
      '53/udp': [{ HostIp: '', HostPort: '5353' }],
      '9000/tcp': null,
    };
    const json = { NetworkSettings: { Ports } };
    const from = source(json);
    const { sections } = content('container', 'overview', from);
    assert.deepEqual(factsOf(sections, 'Ports'), {
      '53/udp': '*:5353',
      '80/tcp': '127.0.0.1:8080 [link]',
      '443/tcp': '0.0.0.0:8443 [link] | [::]:8443 [link]',
      '9000/tcp': '– [quiet]',
    });
    const links = [0, 1].map(link => from.handles.linkOf(link));
    assert.deepEqual(links, [
      { kind: 'url', url: 'http://127.0.0.1:8080' },
      { kind: 'url', url: 'https://localhost:8443' },
    ]);
    const remote = source(json, { address: { kind: 'ssh', host: 'far' } });
    assert.equal(factsOf(content('container', 'overview', remote).sections, 'Ports')['80/tcp'], '127.0.0.1:8080');
  });

  it('tells the limits, in the units of docker', () => {
    const HostConfig = {
      Memory: 512 * 1024 * 1024,
      MemorySwap: -1,
      NanoCpus: 1.5e9,
      PidsLimit: 100,
      CpusetCpus: '0-1',
      ShmSize: 64 * 1024 * 1024,
      Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 2048 }],
    };
    assert.deepEqual(factsOf(overview({ HostConfig }), 'Limits'), {
      Memory: '512MiB',
      'Memory and swap': 'no limit [quiet]',
      CPUs: '1.5',
      Processes: '100',
      'Runs on CPUs': '0-1',
      'Shared memory': '64MiB',
      Ulimits: 'nofile=1024:2048',
    });
    const quota = { HostConfig: { CpuQuota: 50_000, CpuPeriod: 0, PidsLimit: null } };
    assert.deepEqual(factsOf(overview(quota), 'Limits'), {
      Memory: 'no limit [quiet]',
      CPUs: '0.5',
      Processes: 'no limit [quiet]',
    });
  });

  it('tells image and command, as they would be typed', () => {
    const json = {
      Image: 'sha256:0123456789abcdef',
      Config: { Image: 'nginx:1', Entrypoint: ['/start'], Cmd: ['a b', '$x'], WorkingDir: '/srv', User: 'ada' },
    };
    const facts = factsOf(overview(json), 'Image and command');
    assert.deepEqual(facts, {
      Image: 'nginx:1 [link]',
      'Image ID': 'sha256:0123456789abcdef',
      'Entry point': '/start',
      Command: `'a b' '$x'`,
      'Working directory': '/srv',
      User: 'ada',
    });
  });

  it('links a Compose file that may be on this machine, and no share', () => {
    const labels = (files: string): object => ({
      Config: {
        Labels: {
          'com.docker.compose.project': 'shop',
          'com.docker.compose.service': 'web',
          'com.docker.compose.project.working_dir': '/srv/shop',
          'com.docker.compose.project.config_files': files,
        },
      },
    });
    const facts = factsOf(overview(labels('/srv/shop/compose.yaml,//share/x.yaml')), 'Compose');
    assert.equal(facts['Files'], '/srv/shop/compose.yaml [link] | //share/x.yaml');
    assert.equal(facts['Project'], 'shop');
    assert.deepEqual(factsOf(overview({}), 'Compose'), {});
  });

  it('warns of a container that may do all', () => {
    const HostConfig = { Privileged: true, CapAdd: ['NET_ADMIN'], ReadonlyRootfs: true };
    assert.deepEqual(factsOf(overview({ HostConfig }), 'Rights'), {
      Privileged: 'yes: it may do all on its host [warning]',
      'Capabilities added': 'NET_ADMIN',
      'Root file system': 'read-only',
    });
  });

  it('sends the beginning of a long value, and the whole when it is asked for', () => {
    const long = '👍'.repeat(500_000);
    const from = source({ Config: { Labels: { long, short: 'x' } } });
    const { sections } = content('container', 'overview', from);
    assert(JSON.stringify(sections).length < 3_000);
    const [fact] = sections.flatMap(section => ('facts' in section && section.title === 'Labels' ? section.facts : []));
    assert.equal(fact?.values[0]?.text, `${'👍'.repeat(250)}…`);
    assert.equal(from.handles.heldOf(fact.values[0].cut ?? -1), long);
  });

  it('sends a thousand labels at the most', () => {
    const Labels = Object.fromEntries(Array.from({ length: 1_010 }, (_, index) => [`k${index + 10_000}`, 'v']));
    const facts = factsOf(overview({ Config: { Labels } }), 'Labels');
    assert.equal(Object.keys(facts).length, 1_001);
    assert.equal(facts['…'], '10 more: see Raw');
  });
});
