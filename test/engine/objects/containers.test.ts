import assert from 'node:assert/strict';
import * as containers from '../../../src/engine/objects/containers/operations';
import { until } from '../../support/until';
import { engineOf } from '../engineOf';
import { cancels, fails, onEngines } from '../engines';
import { absent, isGone, runTrapping, status, stubborn } from './containers';

describe('Operations on containers', () => {
  onEngines(['20.10', 'podman'], on => {
    describe('rename', () => {
      it('renames', async () => {
        const id = await on.create('box');
        await containers.rename(on.engine, id, { name: 'renamed' });
        assert.equal((await on.inspect(id)).Name.replace('/', ''), 'renamed');
      });

      it('fails for a name that is taken', async () => {
        await on.create('taken');
        const id = await on.create('box');
        const work = containers.rename(on.engine, id, { name: 'taken' });
        await fails(work, 'conflict', /taken/);
      });

      it('fails for a name that is none', async () => {
        const id = await on.create('box');
        const work = containers.rename(on.engine, id, { name: 'a b' });
        await fails(work, on.isDocker ? 'invalid' : 'failed');
      });
    });

    describe('remove', () => {
      it('removes a stopped container', async () => {
        const id = await on.create('box');
        await containers.remove(on.engine, id);
        await isGone(on, id);
      });

      it('fails for a running one, unless forced', async () => {
        const id = await on.run('box');
        await fails(containers.remove(on.engine, id), on.isDocker ? 'conflict' : 'failed', /running/);
        await containers.remove(on.engine, id, { force: true });
        await isGone(on, id);
      });

      it('removes anonymous volumes when it is told to, and never a named one', async () => {
        const extra = { Volumes: { '/anonymous': {} } };
        const id = await on.create('box', { extra, host: { Binds: ['named:/named'] } });
        await containers.remove(on.engine, id, { volumes: true });
        assert.equal(await on.test.docker('volume', 'ls', '-q'), 'named\n');
      });

      it('returns when the container is gone already', async () => {
        await containers.remove(on.engine, absent);
        await containers.remove(on.engine, absent, { force: true });
      });

      it('returns for each of many who remove the same at once', async () => {
        const id = await runTrapping(on, stubborn);
        await Promise.all(Array.from({ length: 5 }, () => containers.remove(on.engine, id, { force: true })));
        await until('it is gone', () =>
          isGone(on, id).then(
            () => true,
            () => false,
          ),
        );
      });
    });

    describe('inspect', () => {
      it('gives what docker inspect prints', async () => {
        const id = await on.run('box', { labels: { 'k"e\'y': 'välue' } });
        const printed = await on.inspect(id);
        const given = await containers.inspect(on.engine, id);
        for (const key of ['Id', 'Name', 'Created', 'Path', 'Args', 'Image', 'Config', 'Mounts']) {
          assert.deepEqual(given[key], printed[key], key);
        }
        assert.equal(given['SizeRw'], undefined);
        const sized = await containers.inspect(on.engine, id, { size: true });
        assert.equal(typeof sized['SizeRootFs'], 'number');
      });

      it('fails for a container that is gone', () => fails(containers.inspect(on.engine, absent), 'notFound'));
    });

    describe('wait', () => {
      it('gives the exit code of a container that ends', async () => {
        const id = await on.run('box', { command: ['sh', '-c', 'sleep 0.3; exit 42'] });
        assert.equal(await containers.wait(on.engine, id), 42);
        assert.equal(await containers.wait(on.engine, id), 42);
      });

      if (on.isDocker) {
        it('waits for the next end, also of a container that has not started', async () => {
          const id = await on.create('box', { command: ['sh', '-c', 'exit 3'] });
          const waiting = containers.wait(on.engine, id, { condition: 'next-exit' });
          await new Promise(resolve => setTimeout(resolve, 100));
          await containers.start(on.engine, id);
          assert.equal(await waiting, 3);
        });

        it('waits for the removal', async () => {
          const id = await on.run('box');
          const waiting = containers.wait(on.engine, id, { condition: 'removed' });
          await new Promise(resolve => setTimeout(resolve, 100));
          await containers.remove(on.engine, id, { force: true });
          assert.equal(await waiting, 137);
        });
      }

      it('can be canceled', async () => {
        const id = await on.run('box');
        await cancels(signal => containers.wait(on.engine, id, { signal }));
        assert.equal(await status(on, id), 'running');
      });

      it('fails for a container that is gone', () => fails(containers.wait(on.engine, absent), 'notFound'));

      if (on.isDocker) {
        it('fails when the engine crashes meanwhile', async () => {
          const id = await on.run('box');
          const engine = await engineOf(on.test);
          const waiting = containers.wait(engine, id);
          const failing = fails(waiting, 'unreachable');
          await new Promise(resolve => setTimeout(resolve, 200));
          await on.test.stop('SIGKILL');
          await failing;
          engine.client.close();
          await on.test.start();
        });
      }
    });

    describe('prune', () => {
      it('removes what does not run, and tells its ids and bytes', async () => {
        const running = await on.run('running');
        const ended = await on.run('ended', { command: ['sh', '-c', 'head -c 100000 /dev/zero > /file'] });
        const created = await on.create('created');
        await containers.wait(on.engine, ended);
        const { removed, reclaimed } = await containers.prune(on.engine);
        const expected = on.isDocker ? [created, ended] : [...removed];
        assert.deepEqual([...removed].sort(), expected.sort());
        assert.ok(removed.includes(ended));
        assert.ok(reclaimed >= 100_000, `${reclaimed} bytes`);
        assert.equal(await status(on, running), 'running');
      });

      it('tells that there was nothing', async () => {
        assert.deepEqual(await containers.prune(on.engine), { removed: [], reclaimed: 0 });
      });
    });
  });
});
