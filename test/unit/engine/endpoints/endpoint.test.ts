import fc from 'fast-check';
import assert from 'node:assert/strict';
import { endpointCandidates, type EndpointContext, parseEndpoint } from '../../../../src/engine/endpoints/endpoint';
import { EngineError, type EngineErrorKind } from '../../../../src/engine/errors';
import { sentenceOf } from '../../../support/sentence';

const context = (more: Partial<EndpointContext>): EndpointContext => ({
  setting: '',
  env: {},
  platform: 'linux',
  home: '/home/ada',
  ...more,
});

describe('parseEndpoint', () => {
  const good: [text: string, address: object, url: string][] = [
    ['unix:///var/run/docker.sock', { kind: 'unix', path: '/var/run/docker.sock' }, 'unix:///var/run/docker.sock'],
    ['/run/my docker.sock', { kind: 'unix', path: '/run/my docker.sock' }, 'unix:///run/my docker.sock'],
    [
      'npipe:////./pipe/docker_engine',
      { kind: 'npipe', path: '//./pipe/docker_engine' },
      'npipe:////./pipe/docker_engine',
    ],
    ['tcp://10.0.0.1:2375', { kind: 'tcp', host: '10.0.0.1', port: 2375 }, 'tcp://10.0.0.1:2375'],
    ['http://build.local:80', { kind: 'tcp', host: 'build.local', port: 80 }, 'tcp://build.local:80'],
    ['http://build.local:8080/', { kind: 'tcp', host: 'build.local', port: 8080 }, 'tcp://build.local:8080/'],
    ['tcp://build.local', { kind: 'tcp', host: 'build.local', port: 2375 }, 'tcp://build.local'],
    ['build.local:1234', { kind: 'tcp', host: 'build.local', port: 1234 }, 'tcp://build.local:1234'],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }, 'tcp://[::1]:2375'],
  ];
  for (const [text, address, url] of good) {
    it(`reads ${text}`, () => {
      const { name, ...endpoint } = parseEndpoint(text, 'setting');
      assert.deepEqual(endpoint, { address, url, source: 'setting', id: `url:${url}` });
      assert.ok(name.includes('path' in address ? (address.path as string) : (address as { host: string }).host), name);
    });
  }

  const bad: [text: string, kind: EngineErrorKind, sentence: string][] = [
    ['unix://run/docker.sock', 'invalid', 'a socket needs an absolute path, e.g. unix:///var/run/docker.sock'],
    ['unix://', 'invalid', 'a socket needs an absolute path, e.g. unix:///var/run/docker.sock'],
    ['npipe://', 'invalid', 'a pipe needs a name, e.g. npipe:////./pipe/docker_engine'],
    ['tcp://', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['tcp://host:port', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['tcp://host:99999', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['tcp://user:secret@host:2375', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['tcp://host:2375/path', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['tcp://host:2375?x', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['docker sock', 'invalid', 'a TCP endpoint is written tcp://host:port'],
    ['fd://3', 'unsupported', 'endpoints of kind fd:// are not supported'],
  ];
  for (const [text, kind, sentence] of bad) {
    it(`refuses ${text} with a sentence that names it`, () => {
      assert.throws(
        () => parseEndpoint(text, 'setting'),
        (error: unknown) => {
          assert.ok(error instanceof EngineError);
          assert.equal(error.kind, kind);
          assert.ok(sentenceOf(error).startsWith(`“${text}”`), sentenceOf(error));
          assert.ok(sentenceOf(error).endsWith(sentence), sentenceOf(error));
          return true;
        },
      );
    });
  }

  it('gives an endpoint or an EngineError for any text', () => {
    const urls = fc.oneof(
      fc.string(),
      fc.string().map(rest => `tcp://${rest}`),
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(urls, text => {
        try {
          const { address } = parseEndpoint(text, 'setting');
          assert.ok('host' in address ? address.host !== '' && (address.port ?? 1) <= 65_535 : address.path !== '');
        } catch (error) {
          assert.ok(error instanceof EngineError, String(error));
        }
      }),
    );
  });
});

describe('endpointCandidates', () => {
  const urls = async (more: Partial<EndpointContext>): Promise<string[]> =>
    (await endpointCandidates(context(more))).map(({ url }) => url);

  it('tries the setting alone when it names an endpoint', async () => {
    const [only, ...others] = await endpointCandidates(
      context({ setting: ' tcp://a:1 ', env: { DOCKER_HOST: 'tcp://b:2' } }),
    );
    assert.deepEqual(only?.address, { kind: 'tcp', host: 'a', port: 1 });
    assert.equal(only.source, 'setting');
    assert.deepEqual(others, []);
  });

  it('tries DOCKER_HOST alone when there is no setting', async () => {
    const [only, ...others] = await endpointCandidates(context({ env: { DOCKER_HOST: 'unix:///x.sock' } }));
    assert.equal(only?.source, 'environment');
    assert.equal(only.url, 'unix:///x.sock');
    assert.deepEqual(others, []);
  });

  it('rejects a setting or a DOCKER_HOST that cannot be read, rather than try another', async () => {
    await assert.rejects(urls({ setting: 'tcp://' }), EngineError);
    await assert.rejects(urls({ env: { DOCKER_HOST: 'fd://3' } }), EngineError);
  });

  const defaults: [name: string, context: Partial<EndpointContext>, urls: string[]][] = [
    [
      'Linux with a runtime folder',
      { env: { XDG_RUNTIME_DIR: '/run/user/1000' } },
      [
        'unix:///var/run/docker.sock',
        'unix:///run/user/1000/docker.sock',
        'unix:///home/ada/.docker/desktop/docker.sock',
        'unix:///run/user/1000/podman/podman.sock',
        'unix:///run/podman/podman.sock',
      ],
    ],
    [
      'Linux that does not tell the runtime folder of the user',
      { uid: 1000 },
      [
        'unix:///var/run/docker.sock',
        'unix:///run/user/1000/docker.sock',
        'unix:///home/ada/.docker/desktop/docker.sock',
        'unix:///run/user/1000/podman/podman.sock',
        'unix:///run/podman/podman.sock',
      ],
    ],
    [
      'Linux without a runtime folder, and with an empty DOCKER_HOST',
      { env: { DOCKER_HOST: ' ' } },
      ['unix:///var/run/docker.sock', 'unix:///home/ada/.docker/desktop/docker.sock', 'unix:///run/podman/podman.sock'],
    ],
    [
      'macOS',
      { platform: 'darwin', home: '/Users/ada', uid: 501 },
      [
        'unix:///var/run/docker.sock',
        'unix:///Users/ada/.docker/run/docker.sock',
        'unix:///Users/ada/.local/share/containers/podman/machine/podman.sock',
      ],
    ],
    [
      'Windows',
      { platform: 'win32', home: 'C:\\Users\\ada' },
      [
        'npipe:////./pipe/docker_engine',
        'npipe:////./pipe/dockerDesktopLinuxEngine',
        'npipe:////./pipe/podman-machine-default',
      ],
    ],
  ];
  for (const [name, more, expected] of defaults) {
    it(`tries the default sockets in order: ${name}`, async () => {
      assert.deepEqual(await urls(more), expected);
      assert.ok((await endpointCandidates(context(more))).every(({ source }) => source === 'default'));
    });
  }
});
