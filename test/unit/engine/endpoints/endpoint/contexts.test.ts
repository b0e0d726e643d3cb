import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointCandidates, type EndpointContext, knownEndpoints } from '../../../../../src/engine/endpoints/endpoint';
import { saying, sentenceOf } from '../../../../support/sentence';
import { DockerHome, idOf, replace } from '../dockerHome';

describe('docker contexts', () => {
  let home: DockerHome;

  beforeEach(() => {
    home = new DockerHome();
  });
  afterEach(() => home.remove());

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
        for (const context of ['aa', 'bb']) home.write(context, `unix:///${context}.sock`);
        if (current) home.use(current);
        const chosen = endpointCandidates(home.around(more)).then(([first]) => `${first?.source} ${first?.url}`);
        if (typeof expected === 'string') assert.equal(await chosen, expected);
        else await assert.rejects(chosen, saying(expected));
      });
    }

    it('DOCKER_CONFIG moves all of it', async () => {
      home.write('aa', 'unix:///aa.sock');
      home.use('aa');
      const moved = join(home.path, 'moved');
      renameSync(home.docker, moved);
      const [endpoint] = await endpointCandidates(home.around({ env: { DOCKER_CONFIG: moved } }));
      assert.equal(endpoint?.url, 'unix:///aa.sock');
    });

    it('a configuration that cannot be read chooses nothing, and is named', async () => {
      writeFileSync(join(home.docker, 'config.json'), '{"currentContext":');
      assert.equal((await endpointCandidates(home.around()))[0]?.source, 'default');
      const [named] = (await knownEndpoints(home.around())).filter(({ error }) => error);
      assert.match(sentenceOf(named?.error), /config\.json is not JSON$/);
    });
  });

  it('are known beside what was added by hand, DOCKER_HOST and sockets that exist, each with its choice', async () => {
    home.write('aa', 'unix:///aa.sock');
    home.write('shared', `unix://${home.path}/.rd/docker.sock`);
    replace(home.metaFile('bad'), '{');
    for (const socket of [
      '.rd/docker.sock',
      '.orbstack/run/docker.sock',
      '.colima/default/docker.sock',
      '.colima/big/docker.sock',
    ]) {
      mkdirSync(join(home.path, socket, '..'), { recursive: true });
      writeFileSync(join(home.path, socket), '');
    }
    const context = home.around({
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
});
