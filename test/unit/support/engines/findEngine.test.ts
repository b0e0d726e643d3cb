import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, engineCandidates, findEngine } from '../../../support/engines/findEngine';

const contextUrl = 'unix:///run/other/docker.sock';

describe('The engine that npm start finds', () => {
  let home: string;
  const candidates = async (env: Record<string, string>): Promise<string[]> => {
    const found = await engineCandidates({ env, platform: 'linux', home });
    return found.filter(({ source }) => source !== 'a default socket').map(({ url, source }) => `${source}: ${url}`);
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'quayside-home-'));
    await writeContext(join(home, '.docker'), 'work', contextUrl);
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('may be named by DOCKER_HOST, then by the current docker context', async () => {
    await writeConfiguration(join(home, '.docker'), { currentContext: 'work' });
    assert.deepEqual(await candidates({ DOCKER_HOST: 'tcp://10.0.0.1:2375' }), [
      'DOCKER_HOST: tcp://10.0.0.1:2375',
      `the docker context work: ${contextUrl}`,
    ]);
  });

  const contexts = [
    { name: 'of the configuration file', configuration: { currentContext: 'work' }, env: {}, isFound: true },
    { name: 'of DOCKER_CONTEXT', configuration: {}, env: { DOCKER_CONTEXT: 'work' }, isFound: true },
    { name: 'that is the default', configuration: { currentContext: 'default' }, env: {}, isFound: false },
    { name: 'that is not there', configuration: { currentContext: 'gone' }, env: {}, isFound: false },
    { name: 'of a broken configuration file', configuration: '{', env: {}, isFound: false },
  ];
  for (const { name, configuration, env, isFound } of contexts) {
    it(`${isFound ? 'heeds' : 'passes over'} a context ${name}`, async () => {
      await writeConfiguration(join(home, '.docker'), configuration);
      assert.deepEqual(await candidates(env), isFound ? [`the docker context work: ${contextUrl}`] : []);
    });
  }

  it('is looked for where DOCKER_CONFIG says', async () => {
    const folder = join(home, 'elsewhere');
    await writeContext(folder, 'work', 'unix:///elsewhere.sock');
    await writeConfiguration(folder, { currentContext: 'work' });
    assert.deepEqual(await candidates({ DOCKER_CONFIG: folder }), ['the docker context work: unix:///elsewhere.sock']);
  });

  it('is the first of them that answers', async () => {
    await writeConfiguration(join(home, '.docker'), { currentContext: 'work' });
    await writeContext(join(home, '.docker'), 'work', `unix://${join(home, 'docker.sock')}`);
    const server = await listen(join(home, 'docker.sock'));
    try {
      const env = { DOCKER_HOST: `unix://${join(home, 'nobody.sock')}` };
      const found = await findEngine({ env, platform: 'linux', home });
      assert.equal(found?.source, 'the docker context work');
    } finally {
      server.close();
    }
  });

  it('does not answer at an address that cannot be read', async () => {
    assert.equal(await answers('carrier-pigeon://roof'), false);
  });
});

async function writeConfiguration(folder: string, configuration: unknown): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
  await writeFile(join(folder, 'config.json'), text);
}

/** A context as the docker client keeps it: in a folder named by the hash of its name. */
async function writeContext(folder: string, name: string, host: string): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  await mkdir(join(folder, 'contexts', 'meta', id), { recursive: true });
  const meta = { Name: name, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  await writeFile(join(folder, 'contexts', 'meta', id, 'meta.json'), JSON.stringify(meta));
}

function listen(path: string): Promise<Server> {
  const server = createServer((_, answer) => answer.end('OK'));
  return new Promise(resolve => {
    server.listen(path, () => resolve(server));
  });
}
