import assert from 'node:assert/strict';
import { EngineClient } from '../../../src/engine/client/client';
import { openEvents, remembersEvents } from '../../../src/engine/connection/events';
import { eventsOf, kinds } from '../../../src/engine/mirror/kinds';
import * as system from '../../../src/engine/objects/system';
import { until } from '../../support/until';
import { cancels, fails, onEngines } from '../engines';

const sources = eventsOf(kinds);

/** A size as docker prints it (go-units HumanSize). */
function humanSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
  return `${Number((bytes / 1000 ** step).toPrecision(4))}${units[step] ?? ''}`;
}

describe('Operations on the engine itself', () => {
  onEngines(['20.10', 'podman'], on => {
    const ended = new AbortController();
    after(() => ended.abort());

    it('info gives what the engine says of itself', async () => {
      const given = await system.info(on.engine);
      const raw = (await on.test.api('GET', '/info')) as Record<string, unknown>;
      // Podman makes its ID up each time.
      for (const key of [...(on.isDocker ? ['ID'] : []), 'Name', 'ServerVersion', 'Driver', 'NCPU'])
        assert.deepEqual(given[key], raw[key], key);
    });

    it('version gives the engine’s version', async () => {
      assert.equal((await system.version(on.engine))['Version'], on.test.version);
    });

    it('remembers the events between two times, and ends with them', async () => {
      const { begun } = await openEvents(
        on.engine,
        sources,
        { onEvent: () => undefined, onGap: () => undefined },
        ended.signal,
      );
      await on.create('remembered');
      const { signal } = ended;
      await until(
        'it is remembered',
        () => remembersEvents(on.engine, sources, { since: begun - 1_000, until: Date.now() }, signal),
        { timeout: 20_000, interval: 100 },
      );
      const before = begun - 86_400_000;
      assert.equal(await remembersEvents(on.engine, sources, { since: before, until: before + 60_000 }, signal), false);
      assert.equal(
        await remembersEvents(on.engine, sources, { since: Date.now(), until: Date.now() + 999 }, signal),
        false,
      );
    });

    it('identify tells engine, version and API', async () => {
      const pinger = new EngineClient(on.engine.endpoint.address);
      const identity = await system.identify(pinger);
      pinger.close();
      assert.equal(identity.flavour, on.isDocker ? 'docker' : 'podman');
      assert.ok(on.test.version.startsWith(identity.version.split('+')[0] ?? '-'), identity.version);
      const { ApiVersion } = (await on.test.api('GET', '/version')) as { ApiVersion: string };
      assert.equal(identity.apiVersion, ApiVersion);
    });

    if (on.isDocker) {
      it('diskUse sums as docker system df does', async () => {
        await on.run('running', { command: ['sh', '-c', 'head -c 200000 /dev/zero > /file; sleep 1000'] });
        const ended = await on.run('ended', { command: ['sh', '-c', 'head -c 100000 /dev/zero > /file'] });
        await on.test.api('POST', `/containers/${ended}/wait`);
        const filled = ['sh', '-c', 'head -c 300000 /dev/zero > /data/file'];
        const filling = await on.run('filling', { command: filled, host: { Binds: ['used:/data'] } });
        await on.test.api('POST', `/containers/${filling}/wait`);
        await on.test.docker('volume', 'create', 'unused');
        await on.test.api('POST', '/commit?container=ended&repo=own&tag=1', {});

        const use = await system.diskUse(on.engine);
        const printed = await on.test.docker(
          'system',
          'df',
          '--format',
          '{{.Type}}|{{.TotalCount}}|{{.Size}}|{{.Reclaimable}}',
        );
        const told = Object.entries({
          Images: use.images,
          Containers: use.containers,
          'Local Volumes': use.volumes,
        }).map(
          ([type, { count, size, reclaimable }]) => `${type}|${count}|${humanSize(size)}|${humanSize(reclaimable)}`,
        );
        const lines = printed.split('\n').map(line => line.replace(/ \(\d+%\)$/, ''));
        for (const line of told) assert.ok(lines.includes(line), `${line} is not in\n${printed}`);
        assert.ok(use.volumes.size >= 300_000 && use.volumes.reclaimable === 0);
        assert.equal(use.buildCache.count, 0);
        await on.test.api('DELETE', '/images/own:1');
      });
    } else {
      it('diskUse sums what there is', async () => {
        await on.create('created');
        const use = await system.diskUse(on.engine);
        assert.equal(use.containers.count, 1);
        assert.equal(use.images.count, 1);
        assert.ok(use.images.size > 0);
      });
    }

    it('each can be canceled', async () => {
      const signal = AbortSignal.abort();
      await fails(system.info(on.engine, { signal }), 'canceled');
      await fails(system.diskUse(on.engine, { signal }), 'canceled');
    });

    if (on.isDocker) {
      it('a read of an engine that hangs can be canceled', async () => {
        on.test.pause();
        try {
          await cancels(signal => system.info(on.engine, { signal }));
        } finally {
          on.test.resume();
        }
      });
    }
  });
});
