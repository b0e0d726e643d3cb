import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Json } from '../../../../src/base/read';
import { runCommand } from '../../../../src/engine/runCommand';

const id = '0123456789abcdef'.repeat(4);
const image = {
  Config: {
    Env: ['PATH=/usr/bin', 'LANG=C'],
    Entrypoint: ['/entry'],
    Cmd: ['serve'],
    Labels: { maintainer: 'me' },
    WorkingDir: '/srv',
    User: 'app',
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/data': {} },
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 30e9 },
  },
};
const info = { DefaultRuntime: 'runc', CgroupVersion: '1', LoggingDriver: 'json-file' };

interface Given {
  config?: Json;
  host?: Json;
  networks?: Json;
  more?: Json;
}

function command({ config, host, networks, more }: Given): string {
  const container = {
    Id: id,
    Name: '/web',
    Config: { ...image.Config, Image: 'nginx:1.27', Hostname: id.slice(0, 12), ...config },
    HostConfig: {
      NetworkMode: 'default',
      IpcMode: 'private',
      CgroupnsMode: 'host',
      ShmSize: 67108864,
      Runtime: 'runc',
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      LogConfig: { Type: 'json-file', Config: {} },
      ...host,
    },
    NetworkSettings: { Networks: networks ?? { bridge: {} } },
    ...more,
  };
  return runCommand({ container, image, info });
}

/** The words that a shell makes of a command. */
function wordsOf(line: string): string[] {
  return execFileSync('bash', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

const start = 'docker run --detach --name web';

describe('runCommand', () => {
  const cases: [name: string, given: Given, flags: string, after?: string][] = [
    ['nothing but the name and the image when all else is the image’s', {}, ''],
    ['terminal and input', { config: { Tty: true, OpenStdin: true } }, '--interactive --tty'],
    ['a host name', { config: { Hostname: 'box', Domainname: 'lan' } }, '--hostname box --domainname lan'],
    ['user and folder', { config: { User: '1000:1000', WorkingDir: '/tmp' } }, '--user 1000:1000 --workdir /tmp'],
    ['only its own variables', { config: { Env: ['PATH=/usr/bin', 'LANG=de', 'A=b=c'] } }, '--env LANG=de --env A=b=c'],
    [
      'only its own labels',
      { config: { Labels: { maintainer: 'me', 'com.docker.compose.project': 'p', tier: 'web', 'a=b': 'c' } } },
      '--label tier=web',
    ],
    [
      'another check',
      { config: { Healthcheck: { Test: ['CMD', 'curl', '-f', 'a b'], Interval: 90e9, Timeout: 1.5e9, Retries: 3 } } },
      String.raw`--health-cmd 'curl -f '\''a b'\''' --health-interval 90s --health-timeout 1500ms --health-retries 3`,
    ],
    ['no check', { config: { Healthcheck: { Test: ['NONE'] } } }, '--no-healthcheck'],
    ['how it stops', { config: { StopSignal: 'SIGINT', StopTimeout: 0 } }, '--stop-signal SIGINT --stop-timeout 0'],
    [
      'ports',
      {
        host: {
          PortBindings: {
            '80/tcp': [
              { HostIp: '', HostPort: '8080' },
              { HostIp: '::1', HostPort: '8081' },
            ],
            '53/udp': [{ HostIp: '127.0.0.1', HostPort: '' }],
            '9000/tcp': null,
          },
        },
        config: { ExposedPorts: { '80/tcp': {}, '53/udp': {}, '9000/tcp': {}, '7/tcp': {}, '9/udp': {} } },
      },
      "--publish 8080:80 --publish '[::1]:8081:80' --publish 127.0.0.1::53/udp --publish 9000 --expose 7 --expose 9/udp",
    ],
    [
      'binds, and volumes without a name',
      { host: { Binds: ['/a:/b:ro', 'data:/c'] }, config: { Volumes: { '/data': {}, '/own': {} } } },
      '--volume /a:/b:ro --volume data:/c --volume /own',
    ],
    [
      'mounts',
      {
        host: {
          Mounts: [
            { Type: 'bind', Source: '/a,b', Target: '/x"y', ReadOnly: true, BindOptions: { Propagation: 'rshared' } },
            { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1048576, Mode: 0o1777 } },
            {
              Type: 'volume',
              Target: '/v',
              VolumeOptions: {
                NoCopy: true,
                Labels: { a: 'b' },
                DriverConfig: { Name: 'nfs', Options: { o: 'addr=1,rw' } },
              },
            },
          ],
          Tmpfs: { '/run': 'size=64m', '/tmp': '' },
          ReadonlyRootfs: true,
        },
      },
      `--mount 'type=bind,"source=/a,b","target=/x""y",readonly,bind-propagation=rshared' ` +
        '--mount type=tmpfs,target=/t,tmpfs-size=1048576,tmpfs-mode=1777 ' +
        `--mount 'type=volume,target=/v,volume-nocopy,volume-label=a=b,volume-driver=nfs,"volume-opt=o=addr=1,rw"' ` +
        '--tmpfs /run:size=64m --tmpfs /tmp --read-only',
    ],
    [
      'its network',
      {
        host: { NetworkMode: 'back' },
        networks: {
          back: { Aliases: ['db', id.slice(0, 12)], IPAMConfig: { IPv4Address: '172.28.0.9', IPv6Address: 'fd00::9' } },
        },
      },
      '--network back --network-alias db --ip 172.28.0.9 --ip6 fd00::9',
    ],
    [
      'further networks',
      { host: { NetworkMode: 'n1' }, networks: { n1: { NetworkID: 'n1' }, 'b c': { Aliases: ['x'] } } },
      '--network n1',
      " && docker network connect --alias x 'b c' web",
    ],
    [
      'a network by its id',
      { host: { NetworkMode: 'f00' }, networks: { back: { NetworkID: 'f00' } } },
      '--network back',
    ],
    [
      'another’s network',
      { host: { NetworkMode: 'container:db' }, networks: {}, config: { Hostname: 'db' } },
      '--network container:db',
    ],
    ['links', { host: { Links: ['/db:/web/store'] } }, '--link db:store'],
    [
      'names',
      { host: { Dns: ['1.1.1.1'], DnsSearch: ['lan'], ExtraHosts: ['a:1.2.3.4'] } },
      '--dns 1.1.1.1 --dns-search lan --add-host a:1.2.3.4',
    ],
    [
      'limits',
      {
        host: {
          Memory: 67108864,
          MemorySwap: 134217728,
          NanoCpus: 1.5e9,
          PidsLimit: 100,
          Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
          ShmSize: 1024,
        },
      },
      '--memory 67108864 --shm-size 1024 --cpus 1.5 --pids-limit 100 --ulimit nofile=1:2',
    ],
    ['swap of its own', { host: { Memory: 10, MemorySwap: -1 } }, '--memory 10 --memory-swap -1'],
    ['restarts', { host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } } }, '--restart on-failure:3'],
    [
      'rights',
      {
        host: {
          Privileged: true,
          CapAdd: ['NET_ADMIN'],
          CapDrop: ['ALL'],
          SecurityOpt: ['label=disable', 'no-new-privileges'],
        },
      },
      '--privileged --cap-add NET_ADMIN --cap-drop ALL --security-opt no-new-privileges',
    ],
    ['open system paths', { host: { MaskedPaths: [], ReadonlyPaths: [] } }, '--security-opt systempaths=unconfined'],
    ['namespaces', { host: { PidMode: 'host', IpcMode: 'host', UTSMode: 'host' } }, '--pid host --ipc host --uts host'],
    [
      'devices',
      { host: { Devices: [{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'rw' }] } },
      '--device /dev/a:/dev/b:rw',
    ],
    ['all graphics processors', { host: { DeviceRequests: [{ Count: -1, Capabilities: [['gpu']] }] } }, '--gpus all'],
    [
      'some graphics processors',
      { host: { DeviceRequests: [{ DeviceIDs: ['0', '1'], Capabilities: [['compute', 'gpu']] }] } },
      `--gpus '"device=0,1",capabilities=compute'`,
    ],
    [
      'devices of the CDI',
      { host: { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['a.com/b=c'] }] } },
      '--device a.com/b=c',
    ],
    [
      'logs',
      { host: { LogConfig: { Type: 'local', Config: { 'max-size': '1m' } } } },
      '--log-driver local --log-opt max-size=1m',
    ],
    ['its end', { host: { AutoRemove: true, Init: true } }, '--rm --init'],
    [
      'another entrypoint',
      { config: { Entrypoint: ['/bin/sh', '-c'], Cmd: ['a b'] } },
      '--entrypoint /bin/sh',
      " -c 'a b'",
    ],
    ['no entrypoint', { config: { Entrypoint: null, Cmd: ['top'] } }, "--entrypoint ''", ' top'],
    ['another command', { config: { Cmd: ['-v', ''] } }, '', " -v ''"],
    ['no command', { config: { Cmd: null } }, '--entrypoint /entry', ''],
  ];
  for (const [name, given, flags, after = ''] of cases) {
    it(`tells ${name}`, () => {
      assert.equal(command(given).replaceAll(' \\\n  ', ' '), `${start}${flags && ` ${flags}`} nginx:1.27${after}`);
    });
  }

  it('runs in the foreground what was attached', () => {
    assert.ok(command({ config: { AttachStdout: true } }).startsWith('docker run --name web'));
  });

  it('folds a long command, a flag in each line', () => {
    const lines = command({ config: { Env: ['A=1', `B=${'x'.repeat(100)}`] } }).split('\n');
    assert.deepEqual(lines.slice(0, 4), ['docker run \\', '  --detach \\', '  --name web \\', '  --env A=1 \\']);
  });

  it('lets nothing that a container says become anything but a word', () => {
    const hostile = [`';reboot;'`, '$(id)', '`id`', '"', '\\', 'a\nb', '\x1b[201~\r', '\u202e', '--rm', '!!', ''];
    const line = command({
      config: {
        Env: hostile.map(text => `E=${text}`),
        Labels: Object.fromEntries(hostile.map((text, n) => [`l${n}`, text])),
        Cmd: hostile,
        User: hostile.join(''),
      },
      networks: { bridge: {}, [hostile.join(' ')]: { Aliases: hostile } },
    });
    const words = wordsOf(line.replace(' && ', ' '));
    for (const text of hostile) assert.ok(words.includes(`E=${text}`) && words.includes(text), JSON.stringify(text));
    assert.ok(words.includes(hostile.join('')) && words.includes(hostile.join(' ')));
  });

  it('says all when the image is gone, and fails on no answer however strange', () => {
    assert.equal(runCommand({ container: {}, image: {}, info: {} }), "docker run --detach ''");
    const strange = {
      Config: 3,
      HostConfig: { PortBindings: [], Mounts: 'x', Ulimits: [null] },
      NetworkSettings: null,
    };
    assert.doesNotThrow(() => runCommand({ container: strange, image: strange, info: strange }));
  });
});
