import fc from 'fast-check';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentContext, environmentTls, listContexts, readContext } from '../../../../src/engine/endpoints/contexts';
import { endpointCandidates } from '../../../../src/engine/endpoints/endpoint';
import { isEngineError } from '../../../../src/engine/errors';
import { saying, sentenceOf } from '../../../support/sentence';
import { DockerHome, replace } from './dockerHome';

describe('docker contexts', () => {
  let home: DockerHome;

  beforeEach(() => {
    home = new DockerHome();
  });
  afterEach(() => home.remove());

  it('are read by name, with their description, address and certificates', async () => {
    home.write('far', 'tcp://10.0.0.1:2376');
    const tls = home.writeCertificates('far', 'ca', 'cert', 'key');
    home.write('lax', 'tcp://10.0.0.2', { SkipTLSVerify: true });
    home.write('colima', 'unix:///home/ada/.colima/default/docker.sock', { SkipTLSVerify: true });
    home.writeCertificates('colima', 'ca');
    home.write('login', 'ssh://ada@build:2222/run/user/1/docker.sock');
    assert.deepEqual(
      (await listContexts(home.around())).good.map(({ name, description, address }) => ({
        name,
        description,
        address,
      })),
      [
        {
          name: 'colima',
          description: 'the colima',
          address: { kind: 'unix', path: '/home/ada/.colima/default/docker.sock' },
        },
        {
          name: 'far',
          description: 'the far',
          address: {
            kind: 'tcp',
            host: '10.0.0.1',
            port: 2376,
            tls: {
              ca: join(tls, 'ca.pem'),
              cert: join(tls, 'cert.pem'),
              key: join(tls, 'key.pem'),
              skipVerify: false,
            },
          },
        },
        {
          name: 'lax',
          description: 'the lax',
          address: { kind: 'tcp', host: '10.0.0.2', port: 2376, tls: { skipVerify: true } },
        },
        {
          name: 'login',
          description: 'the login',
          address: { kind: 'ssh', user: 'ada', host: 'build', port: 2222, path: '/run/user/1/docker.sock' },
        },
      ],
    );
  });

  const broken: [name: string, content: string, reason: RegExp][] = [
    ['is not JSON', '{"Name":', /is not JSON/],
    ['is empty', '', /is not JSON/],
    ['is a list', '[]', /lies in a folder that is not its own/],
    ['is another one’s', JSON.stringify({ Name: 'other', Endpoints: {} }), /“other” lies in a folder/],
    [
      'has no docker endpoint',
      JSON.stringify({ Name: 'one', Endpoints: { kubernetes: {} } }),
      /has no docker endpoint/,
    ],
    [
      'has an address that cannot be read',
      JSON.stringify({ Name: 'one', Endpoints: { docker: { Host: 'fd://3' } } }),
      /“one” cannot be used: “fd:\/\/3”: endpoints of kind fd:\/\/ are not supported/,
    ],
    [
      'names it by its prototype',
      '{"Name":"one","__proto__":{"Endpoints":{"docker":{"Host":"tcp://evil:1"}}}}',
      /has no docker endpoint/,
    ],
    ['is huge', ' '.repeat(5_000_000), /is too large/],
  ];
  for (const [name, content, reason] of broken) {
    it(`one whose file ${name} is named with the reason, and hides no other`, async () => {
      replace(home.metaFile('one'), content);
      home.write('two', 'unix:///two.sock');
      mkdirSync(join(home.docker, 'contexts', 'meta', 'no-file'), { recursive: true });
      writeFileSync(join(home.docker, 'contexts', 'meta', 'stray'), '{}');
      const contexts = await listContexts(home.around());
      assert.deepEqual(
        contexts.good.map(one => one.name),
        ['two'],
      );
      assert.equal(contexts.broken.length, 1);
      assert.match(sentenceOf(contexts.broken[0]?.error), reason);
      await assert.rejects(readContext(home.around(), 'one'), saying(reason));
    });
  }

  it('those that are pipes, and a configuration that is one, are named as no files and hold nothing up', async () => {
    mkdirSync(join(home.metaFile('one'), '..'), { recursive: true });
    for (const path of [home.metaFile('one'), join(home.docker, 'config.json')]) execFileSync('mkfifo', [path]);
    await assert.rejects(readContext(home.around(), 'one'), saying(/is not a file$/));
    await assert.rejects(currentContext(home.around()), saying(/config\.json is not a file$/));
  });

  it('any file at all gives contexts or reasons', async () => {
    const metas = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({
          Name: fc.constant('one'),
          Endpoints: fc.dictionary(fc.constantFrom('docker', '__proto__'), fc.object()),
        })
        .map(value => JSON.stringify(value)),
      fc.string().map(Host => JSON.stringify({ Name: 'one', Endpoints: { docker: { Host } } })),
    );
    await fc.assert(
      fc.asyncProperty(metas, fc.json(), async (meta, config) => {
        replace(home.metaFile('one'), meta);
        replace(join(home.docker, 'config.json'), config);
        const { good, broken: bad } = await listContexts(home.around());
        assert.equal(good.length + bad.length, 1);
        await endpointCandidates(home.around()).catch((error: unknown) =>
          assert.ok(isEngineError(error), String(error)),
        );
      }),
      { numRuns: 150 },
    );
    assert.equal(({} as { Host?: string }).Host, undefined);
  });

  it('TLS of the environment: verified by DOCKER_TLS_VERIFY, even 0, and not by DOCKER_TLS', async () => {
    writeFileSync(join(home.docker, 'cert.pem'), '');
    const tls = (env: Record<string, string>): unknown => environmentTls(home.around({ env }));
    const ca = join(home.docker, 'ca.pem');
    const cert = join(home.docker, 'cert.pem');
    assert.equal(tls({}), undefined);
    assert.equal(tls({ DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: home.docker }), undefined);
    assert.deepEqual(tls({ DOCKER_TLS_VERIFY: '0' }), { ca, cert, skipVerify: false });
    assert.deepEqual(tls({ DOCKER_TLS: '1' }), { cert, skipVerify: true });
    assert.deepEqual(tls({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/elsewhere' }), {
      ca: '/elsewhere/ca.pem',
      skipVerify: false,
    });
    const env = { DOCKER_HOST: 'tcp://h', DOCKER_TLS: '1' };
    const [endpoint] = await endpointCandidates(home.around({ env }));
    assert.deepEqual(endpoint?.address, { kind: 'tcp', host: 'h', port: 2376, tls: { cert, skipVerify: true } });
  });
});
