import assert from 'node:assert/strict';
import * as containers from '../../../src/engine/objects/containers/operations';
import { type ContainerOptions, untilPrinted } from '../../support/engines/rawEngine';
import { until } from '../../support/until';
import { engineOf } from '../engineOf';
import { cancels, fails, onEngines } from '../engines';

/** Ends by SIGKILL alone. */
const stubborn = { command: ['sh', '-c', "trap '' TERM; echo trapped; while :; do sleep 1; done"] };
/** Ends by SIGTERM with a code of its own. */
const obedient = { command: ['sh', '-c', "trap 'exit 7' TERM; echo trapped; while :; do sleep 0.1; done"] };
const absent = 'f'.repeat(64);

describe('Operations on containers', () => {
  onEngines(['20.10', 'podman'], on => {
    const runTrapping = async (options: ContainerOptions): Promise<string> => {
      const id = await on.run('box', options);
      await untilPrinted(on.test.api, id, 'trapped');
      return id;
    };
    const isGone = (id: string): Promise<void> =>
      assert.rejects(on.test.api('GET', `/containers/${id}/json`), { status: 404 });
    const status = async (id: string): Promise<string> => (await on.inspect(id)).State.Status;

    describe('start', () => {
      it('starts a created container, and changes nothing about one that runs', async () => {
        const id = await on.create('box');
        await containers.start(on.engine, id);
        const { State } = await on.inspect(id);
        assert.equal(State.Status, 'running');
        await containers.start(on.engine, id);
        assert.equal((await on.inspect(id)).State.StartedAt, State.StartedAt);
      });

      it('takes a name for an id', async () => {
        await on.create('by-name');
        await containers.start(on.engine, 'by-name');
        assert.equal(await status('by-name'), 'running');
      });

      it('fails for a container that is gone', () =>
        fails(containers.start(on.engine, absent), 'notFound', /no (such )?container/i));

      it('fails for a command that is not there, with the engine’s reason', async () => {
        const id = await on.create('box', { command: ['nosuchcommand'] });
        await fails(containers.start(on.engine, id), on.isDocker ? 'invalid' : 'failed', /nosuchcommand/);
      });

      if (on.isDocker) {
        it('fails for a port that is taken', async () => {
          const host = { PortBindings: { '80/tcp': [{ HostPort: '18080' }] } };
          const extra = { ExposedPorts: { '80/tcp': {} } };
          await on.run('first', { host, extra });
          const id = await on.create('second', { host, extra });
          await fails(containers.start(on.engine, id), 'failed', /port is already allocated/);
        });

        it('fails for a network that is gone', async () => {
          await on.test.docker('network', 'create', 'gone');
          const id = await on.create('box', { host: { NetworkMode: 'gone' } });
          await on.test.docker('network', 'rm', 'gone');
          await assert.rejects(containers.start(on.engine, id), /network gone not found/);
        });
      }
    });

    describe('stop', () => {
      it('stops a container and returns when it has stopped', async () => {
        const id = await runTrapping(obedient);
        await containers.stop(on.engine, id);
        const { State } = await on.inspect(id);
        assert.deepEqual([State.Status, State.ExitCode], ['exited', 7]);
      });

      it('kills a stubborn one after the timeout', async () => {
        const id = await runTrapping(stubborn);
        const start = performance.now();
        await containers.stop(on.engine, id, { timeout: 1 });
        const took = performance.now() - start;
        assert.ok(took >= 900 && took < 8_000, `${took} ms`);
        assert.equal((await on.inspect(id)).State.ExitCode, 137);
      });

      it('kills at once with a timeout of 0', async () => {
        const id = await runTrapping({ ...stubborn, extra: { StopTimeout: 60 } });
        await containers.stop(on.engine, id, { timeout: 0 });
        assert.equal(await status(id), 'exited');
      });

      it('changes nothing about one that does not run', async () => {
        const id = await on.create('box');
        await containers.stop(on.engine, id);
        assert.equal(await status(id), 'created');
      });

      it('can be canceled while it lasts', async () => {
        const id = await runTrapping(stubborn);
        await cancels(signal => containers.stop(on.engine, id, { timeout: 30, signal }));
        await on.test.api('POST', `/containers/${id}/kill`).catch(() => undefined);
      });

      it('fails for a container that is gone', () => fails(containers.stop(on.engine, absent), 'notFound'));
    });

    describe('restart', () => {
      it('starts a running container anew', async () => {
        const id = await runTrapping(obedient);
        const before = (await on.inspect(id)).State.StartedAt;
        await containers.restart(on.engine, id, { timeout: 5 });
        const { State } = await on.inspect(id);
        assert.equal(State.Status, 'running');
        assert.notEqual(State.StartedAt, before);
      });

      it('starts one that does not run', async () => {
        const id = await on.create('box');
        await containers.restart(on.engine, id);
        assert.equal(await status(id), 'running');
      });

      it('fails for a container that is gone', () => fails(containers.restart(on.engine, absent), 'notFound'));
    });

    describe('pause and unpause', () => {
      it('pause and go on', async () => {
        const id = await on.run('box');
        await containers.pause(on.engine, id);
        assert.equal(await status(id), 'paused');
        await containers.unpause(on.engine, id);
        assert.equal(await status(id), 'running');
      });

      it('fail in the wrong state', async () => {
        const id = await on.create('box');
        const kinds = on.isDocker ? (['conflict', 'failed'] as const) : (['failed', 'failed'] as const);
        await fails(containers.pause(on.engine, id), kinds[0]);
        await fails(containers.unpause(on.engine, id), kinds[1]);
      });

      if (on.isDocker) {
        it('fail for a container that is paused already', async () => {
          const id = await on.run('box');
          await containers.pause(on.engine, id);
          await fails(containers.pause(on.engine, id), 'conflict', /already paused/);
          await containers.unpause(on.engine, id);
        });
      }
    });

    describe('kill', () => {
      it('kills, and returns at once', async () => {
        const id = await runTrapping(stubborn);
        await containers.kill(on.engine, id);
        await containers.wait(on.engine, id);
        assert.equal((await on.inspect(id)).State.ExitCode, 137);
      });

      for (const unixSignal of ['SIGTERM', 'TERM', '15']) {
        it(`sends the signal ${unixSignal}`, async () => {
          const id = await runTrapping(obedient);
          await containers.kill(on.engine, id, { unixSignal });
          assert.equal(await containers.wait(on.engine, id), 7);
        });
      }

      it('fails for a signal that there is not', async () => {
        const id = await on.run('box');
        await fails(
          containers.kill(on.engine, id, { unixSignal: 'SIGFOO' }),
          on.isDocker ? 'invalid' : 'failed',
          /FOO/,
        );
      });

      it('fails for a container that does not run', async () => {
        const id = await on.create('box');
        await fails(containers.kill(on.engine, id), on.isDocker ? 'conflict' : 'failed');
      });
    });

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
        await isGone(id);
      });

      it('fails for a running one, unless forced', async () => {
        const id = await on.run('box');
        await fails(containers.remove(on.engine, id), on.isDocker ? 'conflict' : 'failed', /running/);
        await containers.remove(on.engine, id, { force: true });
        await isGone(id);
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
        const id = await runTrapping(stubborn);
        await Promise.all(Array.from({ length: 5 }, () => containers.remove(on.engine, id, { force: true })));
        await until('it is gone', () =>
          isGone(id).then(
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
        assert.equal(await status(id), 'running');
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
        assert.equal(await status(running), 'running');
      });

      it('tells that there was nothing', async () => {
        assert.deepEqual(await containers.prune(on.engine), { removed: [], reclaimed: 0 });
      });
    });

    it('A cancel before the request leaves everything as it was', async () => {
      const id = await on.create('box');
      const signal = AbortSignal.abort();
      await fails(containers.start(on.engine, id, { signal }), 'canceled');
      await fails(containers.remove(on.engine, id, { signal }), 'canceled');
      assert.equal(await status(id), 'created');
    });
  });
});
