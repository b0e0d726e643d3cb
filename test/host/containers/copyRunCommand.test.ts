import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { ContainerOptions } from '../../support/engines/rawEngine';
import { withPerson } from '../person';
import { api, call, containerIn, containerNode, emptyEngine, type State } from '../setup';

const run = promisify(execFile);
const client = process.env['QUAYSIDE_TEST_CLIENT'] ?? '';

/** Runs a copied command as a person would: in a shell, with docker's own client against the same engine. */
async function inShell(command: string): Promise<string> {
  const env = { ...process.env, PATH: `${dirname(client)}:${process.env['PATH'] ?? ''}` };
  return (await run('bash', ['-c', command], { env, timeout: 30_000 })).stdout;
}

interface Inspected extends Record<string, unknown> {
  Id: string;
  Config: Record<string, unknown>;
  HostConfig: Record<string, unknown>;
  State: { Status: string };
  NetworkSettings: { Networks: Record<string, Record<string, unknown>> };
  Mounts: Record<string, unknown>[];
}

/** How the creating client was attached, and what it puts down for itself. */
const notChosen = new Set([
  'AttachStdin',
  'AttachStdout',
  'AttachStderr',
  'StdinOnce',
  'OnBuild',
  'ConsoleSize',
  'ContainerIDFile',
]);

/** What a person chose for a container: all but what the engine gives each container anew. */
function chosen({ Id, Config, HostConfig, NetworkSettings, Mounts }: Inspected): unknown {
  const short = Id.slice(0, 12);
  const endpoints = Object.entries(NetworkSettings.Networks).map(([name, endpoint]) => {
    const { Aliases, IPAMConfig, Links, DriverOpts } = endpoint;
    const aliases = ((Aliases ?? []) as string[]).filter(alias => alias !== short).sort();
    return { name, aliases, IPAMConfig, Links, DriverOpts };
  });
  const mounts = Mounts.map(({ Type, Name = '', Destination, RW }) => {
    const name = /^[0-9a-f]{64}$/.test(Name as string) ? 'anonymous' : Name;
    return JSON.stringify([Type, name, Destination, RW]);
  });
  // The command line takes one word of an entrypoint; the rest begins the command.
  const { Entrypoint, Cmd, Env, ...rest } = Config;
  const words = [Entrypoint, Cmd].flatMap(list => (list ?? []) as string[]);
  const config = Object.entries(rest).filter(([key, value]) => !notChosen.has(key) && value !== short);
  const host = Object.entries(HostConfig).filter(([key, value]) => !notChosen.has(key) && !isNoRestart(value));
  const env = [...((Env ?? []) as string[])].sort();
  const facts = {
    words: JSON.stringify(words),
    env,
    config: Object.fromEntries(config),
    // Docker's own client sends its volumes in the random order of a map.
    host: { ...Object.fromEntries(host), Binds: [...((HostConfig['Binds'] ?? []) as string[])].sort() },
    endpoints,
    mounts: mounts.sort(),
  };
  return JSON.parse(JSON.stringify(facts, emptyAsAbsent)) as unknown;
}

/** The API takes an empty name for the usual policy, and the client writes it out. */
function isNoRestart(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Name' in value && (value.Name === 'no' || value.Name === '');
}

/** The client sends empty lists and zeros where the API may leave a field out. */
function emptyAsAbsent(_key: string, value: unknown): unknown {
  const isEmpty =
    value === null || value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return undefined;
  const isObject = typeof value === 'object' && !Array.isArray(value);
  return isObject && Object.values(value).every(item => emptyAsAbsent('', item) === undefined) ? undefined : value;
}

const kinds: readonly (readonly [what: string, options: ContainerOptions, state?: State])[] = [
  ['nothing but a command', {}],
  [
    'ports on addresses, of both protocols, and only exposed',
    {
      host: {
        PortBindings: {
          '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18090' }],
          '443/tcp': [{ HostIp: '', HostPort: '18091' }],
          '53/udp': [{ HostIp: '', HostPort: '18092' }],
        },
      },
      extra: { ExposedPorts: { '80/tcp': {}, '443/tcp': {}, '53/udp': {}, '9000/tcp': {} } },
    },
  ],
  [
    'binds, volumes, mounts and anonymous volumes',
    {
      host: {
        Binds: ['/tmp:/host:ro', 'named:/named', 'other:/other:ro'],
        Mounts: [
          { Type: 'volume', Source: 'third', Target: '/third', ReadOnly: true },
          { Type: 'tmpfs', Target: '/fast', TmpfsOptions: { SizeBytes: 1048576, Mode: 0o1777 } },
        ],
      },
      extra: { Volumes: { '/anonymous': {} } },
    },
  ],
  [
    'an environment with quotes, lines, dollars and other scripts',
    {
      extra: {
        Env: [
          'PATH=/bin',
          'QUOTES=it\'s "quoted"',
          'LINES=one\ntwo\n',
          'SHELL_WORDS=$HOME `id` $(id) !! \\ ; & | < >',
          'UNICODE=čaj 茶 🐳',
          'RTL=a\u202eb',
          'ESCAPE=\u001b[31mred\u0007',
          'EMPTY=',
          'SPACES=  a  b  ',
        ],
      },
    },
  ],
  [
    'an entrypoint of several words and a command with quotes',
    { command: ["it's", '', '$(id)', 'a b'], extra: { Entrypoint: ['sh', '-c', 'sleep 100000', 'arg "0"'] } },
  ],
  ['a user, a folder and a signal', { extra: { User: '65534:65534', WorkingDir: '/tmp/a b', StopTimeout: 7 } }],
  [
    'limits',
    {
      host: {
        Memory: 64 * 1024 * 1024,
        MemoryReservation: 32 * 1024 * 1024,
        MemorySwap: 128 * 1024 * 1024,
        NanoCpus: 500_000_000,
        CpuShares: 512,
        PidsLimit: 50,
        OomScoreAdj: 100,
        ShmSize: 8 * 1024 * 1024,
      },
    },
  ],
  [
    'capabilities, security options and devices',
    {
      host: {
        CapAdd: ['NET_ADMIN', 'SYS_TIME'],
        CapDrop: ['MKNOD'],
        SecurityOpt: ['no-new-privileges'],
        Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/nothing', CgroupPermissions: 'r' }],
        ReadonlyRootfs: true,
        Init: true,
      },
    },
  ],
  ['a restart policy', { host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } } }],
  ['another restart policy', { host: { RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 } } }],
  [
    'a network of its own with aliases and an address',
    {
      host: { NetworkMode: 'own' },
      extra: {
        NetworkingConfig: {
          EndpointsConfig: { own: { Aliases: ['db', 'store.local'], IPAMConfig: { IPv4Address: '10.126.0.77' } } },
        },
      },
    },
  ],
  [
    'a health check',
    {
      extra: {
        Healthcheck: {
          Test: ['CMD-SHELL', 'test -e "/tmp/it\'s" || exit 1'],
          Interval: 90_000_000_000,
          Timeout: 1_500_000_000,
          StartPeriod: 5_000_000_000,
          Retries: 4,
        },
      },
    },
  ],
  [
    'labels of all sorts',
    { labels: { 'a.b/c': 'd', empty: '', quotes: "it's = “x”", markup: '[a](command:b) $(c)', lines: 'a\nb' } },
  ],
  ['temporary file systems', { host: { Tmpfs: { '/run': 'size=1m,mode=755', '/plain': '' } } }],
  [
    'user limits and kernel settings',
    {
      host: {
        Ulimits: [
          { Name: 'nofile', Soft: 100, Hard: 200 },
          { Name: 'nproc', Soft: 50, Hard: 50 },
        ],
        Sysctls: { 'net.ipv4.ip_forward': '1' },
      },
    },
  ],
  [
    'names of hosts and servers',
    {
      host: {
        ExtraHosts: ['db:10.0.0.9', 'v6:fd00::9'],
        Dns: ['10.0.0.53'],
        DnsSearch: ['example.org'],
        DnsOptions: ['ndots:2'],
      },
      extra: { Hostname: 'web-1', Domainname: 'example.org' },
    },
  ],
  ['a log driver', { host: { LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } } } }],
  ['the host’s namespaces', { host: { NetworkMode: 'host', PidMode: 'host', IpcMode: 'host', UTSMode: 'host' } }],
  ['no network', { host: { NetworkMode: 'none' } }],
  ['a terminal', { extra: { Tty: true, OpenStdin: true }, host: { Privileged: true } }],
];

describe('quayside.container.copyRunCommand', () => {
  beforeEach(async () => {
    await emptyEngine();
    await api('POST', '/networks/create', { Name: 'own', IPAM: { Config: [{ Subnet: '10.126.0.0/24' }] } });
  });
  after(emptyEngine);

  for (const [what, options, state = 'created'] of kinds) {
    it(`makes a container with ${what} anew`, async () => {
      const { host = {} } = options;
      const id = await containerIn(state, { ...options, host, name: 'original' });
      await call('quayside.container.copyRunCommand', id);
      const command = await vscode.env.clipboard.readText();
      const original = (await api('GET', `/containers/${id}/json`)) as Inspected;
      await api('DELETE', `/containers/${id}?force=1`);
      const created = command.replace(/^docker run([\s\\]+)--detach/, 'docker create');
      assert.notEqual(created, command);
      await inShell(created);
      const copy = (await api('GET', '/containers/original/json')) as Inspected;
      assert.deepEqual(chosen(copy), chosen(original), command);
    });
  }

  it('leaves out a label that the command line cannot say', async () => {
    const labels = { 'with space': 'a', 'with=sign': 'b', kept: 'c' };
    const id = await containerIn('created', { name: 'original', labels, host: {} });
    const command = String(await call('quayside.container.copyRunCommand', id));
    await api('DELETE', `/containers/${id}?force=1`);
    await inShell(command);
    const { Config } = (await api('GET', '/containers/original/json')) as Inspected;
    assert.deepEqual(Config['Labels'], { kept: 'c' });
  });

  it('runs it as it is, detached and in all of its networks', async () => {
    await api('POST', '/networks/create', { Name: 'second' });
    const id = await containerIn('running', { name: 'original', host: { NetworkMode: 'own' } });
    await api('POST', '/networks/second/connect', { Container: id, EndpointConfig: { Aliases: ['side'] } });
    const shown = await withPerson({}, () => call('quayside.container.copyRunCommand', containerNode(id)));
    assert.deepEqual(shown.errors, []);
    const command = await vscode.env.clipboard.readText();
    const original = (await api('GET', `/containers/${id}/json`)) as Inspected;
    await api('DELETE', `/containers/${id}?force=1`);
    await inShell(command);
    const copy = (await api('GET', '/containers/original/json')) as Inspected;
    assert.equal(copy.State.Status, 'running');
    assert.deepEqual(chosen(copy), chosen(original), command);
  });
});
