import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentContext, listContexts } from '../../../src/engine/endpoints/contexts';
import { watchContexts } from '../../../src/engine/endpoints/contextWatch';
import { endpointCandidates } from '../../../src/engine/endpoints/endpoint';
import type { Environment } from '../../../src/engine/endpoints/environment';
import { run } from '../../support/processes';
import { saying, sentenceOf } from '../../support/sentence';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder';
import { type DockerVersion, installDocker } from '../../support/tools/dockerEngine';
import { until } from '../../support/until';

const versions: readonly DockerVersion[] = ['20.10', '28'];
const created: [name: string, ...options: string[]][] = [
  ['plain', '--docker', 'host=unix:///run/other.sock', '--description', 'The plain “one”'],
  ['far.away', '--docker', 'host=tcp://10.0.0.1:2376,skip-tls-verify=true'],
  ['by_ssh', '--docker', 'host=ssh://ada@build:2222'],
];

for (const version of versions) {
  describe(`Contexts that docker ${version} wrote`, () => {
    let folder: TemporaryFolder;
    let around: Environment;
    let program: string;
    let libraries: NodeJS.ProcessEnv;

    before(async () => {
      ({ docker: program, env: libraries } = await installDocker(version));
    });
    beforeEach(async () => {
      folder = temporaryFolder('docker');
      around = { env: { DOCKER_CONFIG: folder.path }, platform: process.platform, home: '/nowhere' };
      for (const [name, ...options] of created) await docker({}, 'context', 'create', name, ...options);
    });
    afterEach(() => folder.remove());

    const docker = (env: Record<string, string>, ...args: string[]): Promise<string> => {
      const { PATH, LD_LIBRARY_PATH } = libraries; // Whatever docker's variables are on this machine.
      return run(program, args, { env: { PATH, LD_LIBRARY_PATH, DOCKER_CONFIG: folder.path, ...env } });
    };
    /** Name and address of the context that docker's command takes, and whether it finds it. */
    const chosenByDocker = async (env: Record<string, string> = {}): Promise<string> => {
      const lines = await docker(env, 'context', 'ls', '--format', '{{.Current}} {{.DockerEndpoint}}');
      return /^true (\S*)/m.exec(lines)?.[1] ?? 'none';
    };
    const chosenHere = async (env: Record<string, string> = {}): Promise<string | undefined> => {
      const context = { ...around, setting: '', env: { ...around.env, ...env } };
      return (await endpointCandidates(context))[0]?.url;
    };

    it('are the same as docker context ls shows', async () => {
      const format = ['--format', '{{.Name}}|{{.Description}}|{{.DockerEndpoint}}'];
      const theirs = (await docker({}, 'context', 'ls', ...format)).trim().split('\n').sort();
      const ours = (await listContexts(around)).good.map(one => `${one.name}|${one.description}|${one.url}`);
      assert.deepEqual(
        ours,
        theirs.filter(line => !line.startsWith('default')),
      );
      assert.equal(ours.length, created.length);
    });

    it('lead to the same choice', async () => {
      const environments = [{}, { DOCKER_CONTEXT: 'far.away' }, { DOCKER_HOST: 'tcp://h:1', DOCKER_CONTEXT: 'plain' }];
      for (const name of ['plain', 'by_ssh', 'default']) {
        await docker({}, 'context', 'use', name);
        for (const env of environments) {
          assert.equal(
            await chosenHere(env as Record<string, string>),
            await chosenByDocker(env as Record<string, string>),
          );
        }
      }
    });

    it('are missed by both when they are gone', async () => {
      const env = { DOCKER_CONTEXT: 'gone' };
      await assert.rejects(docker(env, 'ps'), /context "?gone"?|context not found/i);
      await assert.rejects(chosenHere(env), saying(/There is no docker context “gone”/));
    });

    it('are followed as the command changes them', async () => {
      const read = async (): Promise<string> =>
        JSON.stringify([await currentContext(around), (await listContexts(around)).good]);
      let told = '';
      const watch = watchContexts(around, () => void read().then(state => (told = state)));
      try {
        await watch.whenWatching();
        const changes = [
          ['use', 'plain'],
          ['update', 'plain', '--docker', 'host=unix:///run/third.sock'],
          ['create', 'fourth', '--docker', 'host=unix:///run/fourth.sock'],
          ['use', 'fourth'],
          ['rm', '--force', 'fourth'],
        ];
        for (const change of changes) {
          const before = await read();
          await docker({}, 'context', ...change);
          const after = await read();
          assert.notEqual(after, before);
          await until(`docker context ${change.join(' ')} is told`, () => told === after);
        }
      } finally {
        watch.dispose();
      }
    });

    it('stay usable beside one that was broken by hand, which is named', async () => {
      const id = createHash('sha256').update('broken').digest('hex');
      await mkdir(join(folder.path, 'contexts', 'meta', id));
      await writeFile(
        join(folder.path, 'contexts', 'meta', id, 'meta.json'),
        '{"Name":"broken","Endpoints":{"docker":{"Host":7',
      );
      await assert.rejects(docker({ DOCKER_CONTEXT: 'broken' }, 'version'));
      const { good, broken } = await listContexts(around);
      assert.equal(good.length, created.length);
      assert.match(sentenceOf(broken[0]?.error), /is not JSON$/);
    });
  });
}
