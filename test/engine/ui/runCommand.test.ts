import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { type Json, record, texts } from '../../../src/base/read';
import * as containers from '../../../src/engine/objects/containers/operations';
import * as images from '../../../src/engine/objects/images/operations';
import * as system from '../../../src/engine/objects/system';
import { runCommand } from '../../../src/engine/runCommand';
import { asDockerTells } from '../../../src/engine/runCommand/podman';
import type { ContainerOptions } from '../../support/engines/rawEngine';
import { onEngines } from '../engines';

const run = promisify(execFile);

/** What the engine gives each container anew. */
const ownFields = new Set(['Hostname', 'CreateCommand', 'ContainerIDFile', 'ConsoleSize']);

/** What a person chose, as the engine itself tells it. */
function chosen({ Id, Config, HostConfig, NetworkSettings }: Json): Json {
  const kept = (some: unknown): Json =>
    Object.fromEntries(
      Object.entries(record(some)).filter(([key, value]) => !ownFields.has(key) && !isNoRestart(value)),
    );
  const short = String(Id).slice(0, 12);
  const networks = Object.entries(record(record(NetworkSettings)['Networks'])).map(([name, endpoint]) => [
    name,
    texts(record(endpoint)['Aliases']).filter(alias => alias !== short),
  ]);
  const config = kept(Config);
  return { config: { ...config, Env: texts(config['Env']).sort() }, host: kept(HostConfig), networks: networks.sort() };
}

/** Podman writes that nothing restarts a container as `no`, or not at all. */
function isNoRestart(value: unknown): boolean {
  const { Name, MaximumRetryCount } = record(value);
  return MaximumRetryCount === 0 && (Name === '' || Name === 'no');
}

describe('A docker run command', () => {
  onEngines(['podman'], on => {
    const copied = async (name: string): Promise<string> => {
      const container = await containers.inspect(on.engine, name);
      const image = await images.inspect(on.engine, String(container['Image']));
      return runCommand({ container: asDockerTells(container), image, info: await system.info(on.engine) });
    };

    const inShell = async (command: string): Promise<void> => {
      const PATH = `${dirname(on.test.client)}:${process.env['PATH'] ?? ''}`;
      const env = { ...process.env, PATH, DOCKER_HOST: on.test.host };
      await run('bash', ['-c', command], { env, timeout: 30_000 });
    };

    const kinds: [what: string, options: ContainerOptions][] = [
      ['nothing chosen', { host: {} }],
      [
        'much chosen',
        {
          command: ['sh', '-c', `echo 'a b' "$HOME"`],
          labels: { owner: 'me and you' },
          host: {
            NetworkMode: 'own',
            PortBindings: { '80/tcp': [{ HostPort: '18095' }] },
            Binds: ['data:/data', '/tmp:/work:ro'],
            RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
            Memory: 64 * 1024 * 1024,
            CapAdd: ['NET_ADMIN'],
          },
          extra: { Env: ['A=1 2', 'B=c'], ExposedPorts: { '80/tcp': {} } },
        },
      ],
      ['the host’s namespaces', { host: { NetworkMode: 'host', PidMode: 'host', IpcMode: 'host', UTSMode: 'host' } }],
      ['no network', { host: { NetworkMode: 'none' } }],
    ];
    for (const [what, options] of kinds) {
      it(`makes a container with ${what} anew`, async () => {
        await on.test.api('POST', '/networks/create', { Name: 'own' });
        await on.create('original', options);
        const original = await containers.inspect(on.engine, 'original');
        const command = await copied('original');
        await on.test.api('DELETE', '/containers/original?force=1');
        const created = command.replace(/^docker run([\s\\]+)--detach/, 'docker create');
        assert.notEqual(created, command);
        await inShell(created);
        assert.deepEqual(chosen(await containers.inspect(on.engine, 'original')), chosen(original), command);
        assert.equal(await copied('original'), command);
      });
    }

    it('connects further networks, and tells none of Podman’s own defaults', async () => {
      for (const Name of ['own', 'second']) await on.test.api('POST', '/networks/create', { Name });
      await on.create('original', { host: { NetworkMode: 'own' } });
      const second = { Container: 'original', EndpointConfig: { Aliases: ['side'] } };
      await on.test.api('POST', '/networks/second/connect', second);
      const words = (await copied('original')).replace(/\s+\\\n\s+/g, ' ').replace(/ --ulimit \S+/g, '');
      assert.match(
        words,
        /^docker run --detach --name original --stop-timeout 1 --network own --pids-limit \d+ \S*busybox:latest sleep \S+ && docker network connect --alias side second original$/,
      );
    });
  });
});
