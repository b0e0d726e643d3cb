import fc from 'fast-check';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delay } from '../../../../src/base/abort';
import { currentContext, environmentTls, listContexts, readContext } from '../../../../src/engine/endpoints/contexts';
import { watchContexts } from '../../../../src/engine/endpoints/contextWatch';
import { endpointCandidates, type EndpointContext, knownEndpoints } from '../../../../src/engine/endpoints/endpoint';
import { isEngineError } from '../../../../src/engine/errors';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder';
import { until } from '../../../support/until';

describe('docker contexts', () => {
  let home: TemporaryFolder;
  let docker: string;

  beforeEach(() => {
    home = temporaryFolder('home');
    docker = join(home.path, '.docker');
    mkdirSync(docker);
  });
  afterEach(() => home.remove());

  const around = (more: Partial<EndpointContext> = {}): EndpointContext => ({
    setting: '',
    env: {},
    platform: 'linux',
    home: home.path,
    ...more,
  });
  const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
  const metaFile = (name: string): string => join(docker, 'contexts', 'meta', idOf(name), 'meta.json');
  /** As docker's command does: a new file, renamed. */
  const replace = (file: string, text: string): void => {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  const write = (name: string, host: string, more: object = {}): void =>
    replace(
      metaFile(name),
      JSON.stringify({
        Name: name,
        Metadata: { Description: `the ${name}` },
        Endpoints: { docker: { Host: host, ...more } },
      }),
    );
  const use = (name: string): void => replace(join(docker, 'config.json'), JSON.stringify({ currentContext: name }));
  const writeCertificates = (name: string, ...parts: string[]): string => {
    const folder = join(docker, 'contexts', 'tls', idOf(name), 'docker');
    mkdirSync(folder, { recursive: true });
    for (const part of parts) writeFileSync(join(folder, `${part}.pem`), part);
    return folder;
  };

  it('are read by name, with their description, address and certificates', async () => {
    write('far', 'tcp://10.0.0.1:2376');
    const tls = writeCertificates('far', 'ca', 'cert', 'key');
    write('lax', 'tcp://10.0.0.2', { SkipTLSVerify: true });
    write('colima', 'unix:///home/ada/.colima/default/docker.sock', { SkipTLSVerify: true });
    writeCertificates('colima', 'ca');
    write('login', 'ssh://ada@build:2222/run/user/1/docker.sock');
    assert.deepEqual(
      (await listContexts(around())).good.map(({ name, description, address }) => ({ name, description, address })),
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
      replace(metaFile('one'), content);
      write('two', 'unix:///two.sock');
      mkdirSync(join(docker, 'contexts', 'meta', 'no-file'), { recursive: true });
      writeFileSync(join(docker, 'contexts', 'meta', 'stray'), '{}');
      const contexts = await listContexts(around());
      assert.deepEqual(
        contexts.good.map(one => one.name),
        ['two'],
      );
      assert.equal(contexts.broken.length, 1);
      assert.match(contexts.broken[0]?.error.message ?? '', reason);
      await assert.rejects(readContext(around(), 'one'), reason);
    });
  }

  it('those that are pipes, and a configuration that is one, are named as no files and hold nothing up', async () => {
    mkdirSync(join(metaFile('one'), '..'), { recursive: true });
    for (const path of [metaFile('one'), join(docker, 'config.json')]) execFileSync('mkfifo', [path]);
    await assert.rejects(readContext(around(), 'one'), /is not a file$/);
    await assert.rejects(currentContext(around()), /config\.json is not a file$/);
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
        replace(metaFile('one'), meta);
        replace(join(docker, 'config.json'), config);
        const { good, broken: bad } = await listContexts(around());
        assert.equal(good.length + bad.length, 1);
        await endpointCandidates(around()).catch((error: unknown) => assert.ok(isEngineError(error), String(error)));
      }),
      { numRuns: 150 },
    );
    assert.equal(({} as { Host?: string }).Host, undefined);
  });

  describe('choose the endpoint as docker’s own command does', () => {
    const rows: [name: string, expected: string | RegExp, more: Partial<EndpointContext>, current?: string][] = [
      ['the default sockets without anything', 'default unix:///var/run/docker.sock', {}],
      ['the current context', 'context unix:///aa.sock', {}, 'aa'],
      ['a current context named default is none', 'default unix:///var/run/docker.sock', {}, 'default'],
      ['DOCKER_CONTEXT before the current one', 'context unix:///bb.sock', { env: { DOCKER_CONTEXT: 'bb' } }, 'aa'],
      [
        'DOCKER_CONTEXT=default before the current one',
        'default unix:///var/run/docker.sock',
        { env: { DOCKER_CONTEXT: 'default' } },
        'aa',
      ],
      [
        'DOCKER_HOST before both',
        'environment tcp://h:1',
        { env: { DOCKER_HOST: 'tcp://h:1', DOCKER_CONTEXT: 'bb' } },
        'aa',
      ],
      ['an empty DOCKER_HOST is none', 'context unix:///aa.sock', { env: { DOCKER_HOST: '' } }, 'aa'],
      [
        'the setting before all',
        'setting tcp://s:1',
        { setting: 'tcp://s:1', env: { DOCKER_HOST: 'tcp://h:1' } },
        'aa',
      ],
      [
        'a context in the setting',
        'context unix:///bb.sock',
        { setting: 'bb', env: { DOCKER_HOST: 'tcp://h:1' } },
        'aa',
      ],
      ['“default” in the setting', 'default unix:///var/run/docker.sock', { setting: 'default' }, 'aa'],
      [
        'one added by hand in the setting',
        'added tcp://hand:1',
        { setting: 'bb', added: [{ name: 'bb', url: 'tcp://hand:1' }] },
      ],
      ['a missing context is no fallback', /There is no docker context “gone”/, {}, 'gone'],
      ['a missing DOCKER_CONTEXT neither', /no docker context “gone”/, { env: { DOCKER_CONTEXT: 'gone' } }, 'aa'],
      ['a missing context in the setting neither', /no docker context “gone”/, { setting: 'gone' }, 'aa'],
      ['a name that leads elsewhere is none', /no docker context “..\/..\/x”/, { env: { DOCKER_CONTEXT: '../../x' } }],
    ];
    for (const [name, expected, more, current] of rows) {
      it(name, async () => {
        for (const context of ['aa', 'bb']) write(context, `unix:///${context}.sock`);
        if (current) use(current);
        const chosen = endpointCandidates(around(more)).then(([first]) => `${first?.source} ${first?.url}`);
        if (typeof expected === 'string') assert.equal(await chosen, expected);
        else await assert.rejects(chosen, expected);
      });
    }

    it('DOCKER_CONFIG moves all of it', async () => {
      write('aa', 'unix:///aa.sock');
      use('aa');
      const moved = join(home.path, 'moved');
      renameSync(docker, moved);
      const [endpoint] = await endpointCandidates(around({ env: { DOCKER_CONFIG: moved } }));
      assert.equal(endpoint?.url, 'unix:///aa.sock');
    });

    it('a configuration that cannot be read chooses nothing, and is named', async () => {
      writeFileSync(join(docker, 'config.json'), '{"currentContext":');
      assert.equal((await endpointCandidates(around()))[0]?.source, 'default');
      const [named] = (await knownEndpoints(around())).filter(({ error }) => error);
      assert.match(named?.error?.message ?? '', /config\.json is not JSON$/);
    });
  });

  it('TLS of the environment: verified by DOCKER_TLS_VERIFY, even 0, and not by DOCKER_TLS', async () => {
    writeFileSync(join(docker, 'cert.pem'), '');
    const tls = (env: Record<string, string>): unknown => environmentTls(around({ env }));
    const ca = join(docker, 'ca.pem');
    const cert = join(docker, 'cert.pem');
    assert.equal(tls({}), undefined);
    assert.equal(tls({ DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: docker }), undefined);
    assert.deepEqual(tls({ DOCKER_TLS_VERIFY: '0' }), { ca, cert, skipVerify: false });
    assert.deepEqual(tls({ DOCKER_TLS: '1' }), { cert, skipVerify: true });
    assert.deepEqual(tls({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/elsewhere' }), {
      ca: '/elsewhere/ca.pem',
      skipVerify: false,
    });
    const env = { DOCKER_HOST: 'tcp://h', DOCKER_TLS: '1' };
    const [endpoint] = await endpointCandidates(around({ env }));
    assert.deepEqual(endpoint?.address, { kind: 'tcp', host: 'h', port: 2376, tls: { cert, skipVerify: true } });
  });

  it('are known beside what was added by hand, DOCKER_HOST and sockets that exist, each with its choice', async () => {
    write('aa', 'unix:///aa.sock');
    write('shared', `unix://${home.path}/.rd/docker.sock`);
    replace(metaFile('bad'), '{');
    for (const socket of [
      '.rd/docker.sock',
      '.orbstack/run/docker.sock',
      '.colima/default/docker.sock',
      '.colima/big/docker.sock',
    ]) {
      mkdirSync(join(home.path, socket, '..'), { recursive: true });
      writeFileSync(join(home.path, socket), '');
    }
    const context = around({
      env: { DOCKER_HOST: 'tcp://h:1' },
      added: [
        { name: 'mine', url: 'ssh://far' },
        { name: 'odd', url: 'x://' },
      ],
    });
    const known = (await knownEndpoints(context)).filter(({ choice }) => !/unix:\/\/\/(var\/)?run\//.test(choice));
    assert.deepEqual(
      known.map(({ id, name, choice, error }) => [id, name, choice, error?.kind]),
      [
        ['added:mine', 'mine', 'mine', undefined],
        ['added:odd', 'odd', 'odd', 'unsupported'],
        ['url:tcp://h:1', 'h:1', 'tcp://h:1', undefined],
        ['context:aa', 'aa', 'aa', undefined],
        ['context:shared', 'shared', 'shared', undefined],
        [`context:${idOf('bad').slice(0, 12)}`, idOf('bad').slice(0, 12), idOf('bad').slice(0, 12), 'invalid'],
        ...['.orbstack/run', '.colima/big', '.colima/default'].map((folder, index) => {
          const url = `unix://${home.path}/${folder}/docker.sock`;
          return [`url:${url}`, ['OrbStack', 'Colima (big)', 'Colima'][index], url, undefined];
        }),
      ],
    );
    for (const { choice, endpoint, id } of known) {
      if (!endpoint) continue;
      const [chosen] = await endpointCandidates({ ...context, setting: choice });
      assert.deepEqual([chosen?.id, chosen?.address], [id, endpoint.address]);
    }
  });

  describe('are followed:', () => {
    const changes: [name: string, change: () => void][] = [
      ['another current one', () => use('bb')],
      ['a new one', () => write('cc', 'unix:///cc.sock')],
      ['a changed one', () => write('aa', 'unix:///other.sock')],
      ['one that breaks', () => replace(metaFile('aa'), '{')],
      ['one that goes', () => rmSync(join(metaFile('aa'), '..'), { recursive: true })],
      ['a new certificate', () => replace(join(docker, 'contexts', 'tls', idOf('far'), 'docker', 'cert.pem'), 'new')],
    ];
    for (const [name, change] of changes) {
      it(name, async () => {
        for (const context of ['aa', 'bb']) write(context, `unix:///${context}.sock`);
        write('far', 'tcp://far:2376');
        writeCertificates('far', 'cert');
        use('aa');
        let [count, reads] = [0, 0];
        const counting = {
          ...around(),
          get env() {
            reads++;
            return {};
          },
        };
        const watch = watchContexts(counting, () => count++);
        try {
          await watch.whenWatching();
          const before = reads;
          replace(join(docker, 'other.json'), '{}');
          replace(join(docker, 'config.json'), JSON.stringify({ currentContext: 'aa', auths: {} }));
          await until('they are looked at again', () => reads > before);
          await watch.whenWatching();
          assert.equal(count, 0, 'what does not concern contexts is told');
          change();
          await until('it is told', () => count === 1);
        } finally {
          watch.dispose();
        }
      });
    }

    it('the current one, but not while its file is being written', async () => {
      for (const context of ['aa', 'bb']) write(context, `unix:///${context}.sock`);
      use('aa');
      const config = join(docker, 'config.json');
      const whole = readFileSync(config, 'utf8');
      const told: string[] = [];
      const watch = watchContexts(around(), () => told.push(readFileSync(config, 'utf8')));
      try {
        await watch.whenWatching();
        writeFileSync(config, '');
        await delay(20);
        writeFileSync(config, whole);
        use('bb');
        const changed = whole.replace('aa', 'bb');
        await until('it is told', () => told.includes(changed));
        assert.deepEqual(told, [changed]);
      } finally {
        watch.dispose();
      }
    });

    it('the current one in a configuration that lies elsewhere, and is linked to', async () => {
      for (const context of ['aa', 'bb']) write(context, `unix:///${context}.sock`);
      const elsewhere = join(home.path, 'dotfiles', 'docker.json');
      replace(elsewhere, JSON.stringify({ currentContext: 'aa' }));
      symlinkSync(elsewhere, join(docker, 'config.json'));
      let count = 0;
      const watch = watchContexts(around(), () => count++);
      try {
        await watch.whenWatching();
        replace(elsewhere, JSON.stringify({ currentContext: 'bb' }));
        await until('it is told', () => count === 1);
      } finally {
        watch.dispose();
      }
    });

    it('the first of all, and the folder that it needs', async () => {
      rmSync(docker, { recursive: true });
      let count = 0;
      const watch = watchContexts(around(), () => count++);
      try {
        await watch.whenWatching();
        write('aa', 'unix:///aa.sock');
        await until('the context is told', () => count > 0);
        count = 0;
        use('aa');
        await until('the choice is told', () => count > 0);
      } finally {
        watch.dispose();
      }
    });
  });
});
