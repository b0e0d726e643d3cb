import assert from 'node:assert/strict';
import * as containers from '../../../src/engine/objects/containers/operations';
import { cancels, fails, onEngines } from '../engines';
import { absent, obedient, runTrapping, status, stubborn } from './containers';

describe('Operations on the state of containers', () => {
  onEngines(['20.10', 'podman'], on => {
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
        assert.equal(await status(on, 'by-name'), 'running');
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
        const id = await runTrapping(on, obedient);
        await containers.stop(on.engine, id);
        const { State } = await on.inspect(id);
        assert.deepEqual([State.Status, State.ExitCode], ['exited', 7]);
      });

      it('kills a stubborn one after the timeout', async () => {
        const id = await runTrapping(on, stubborn);
        const start = performance.now();
        await containers.stop(on.engine, id, { timeout: 1 });
        const took = performance.now() - start;
        assert.ok(took >= 900 && took < 8_000, `${took} ms`);
        assert.equal((await on.inspect(id)).State.ExitCode, 137);
      });

      it('kills at once with a timeout of 0', async () => {
        const id = await runTrapping(on, { ...stubborn, extra: { StopTimeout: 60 } });
        await containers.stop(on.engine, id, { timeout: 0 });
        assert.equal(await status(on, id), 'exited');
      });

      it('changes nothing about one that does not run', async () => {
        const id = await on.create('box');
        await containers.stop(on.engine, id);
        assert.equal(await status(on, id), 'created');
      });

      it('can be canceled while it lasts', async () => {
        const id = await runTrapping(on, stubborn);
        await cancels(signal => containers.stop(on.engine, id, { timeout: 30, signal }));
        await on.test.api('POST', `/containers/${id}/kill`).catch(() => undefined);
      });

      it('fails for a container that is gone', () => fails(containers.stop(on.engine, absent), 'notFound'));
    });

    describe('restart', () => {
      it('starts a running container anew', async () => {
        const id = await runTrapping(on, obedient);
        const before = (await on.inspect(id)).State.StartedAt;
        await containers.restart(on.engine, id, { timeout: 5 });
        const { State } = await on.inspect(id);
        assert.equal(State.Status, 'running');
        assert.notEqual(State.StartedAt, before);
      });

      it('starts one that does not run', async () => {
        const id = await on.create('box');
        await containers.restart(on.engine, id);
        assert.equal(await status(on, id), 'running');
      });

      it('fails for a container that is gone', () => fails(containers.restart(on.engine, absent), 'notFound'));
    });

    describe('pause and unpause', () => {
      it('pause and go on', async () => {
        const id = await on.run('box');
        await containers.pause(on.engine, id);
        assert.equal(await status(on, id), 'paused');
        await containers.unpause(on.engine, id);
        assert.equal(await status(on, id), 'running');
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
        const id = await runTrapping(on, stubborn);
        await containers.kill(on.engine, id);
        await containers.wait(on.engine, id);
        assert.equal((await on.inspect(id)).State.ExitCode, 137);
      });

      for (const unixSignal of ['SIGTERM', 'TERM', '15']) {
        it(`sends the signal ${unixSignal}`, async () => {
          const id = await runTrapping(on, obedient);
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

    it('A cancel before the request leaves everything as it was', async () => {
      const id = await on.create('box');
      const signal = AbortSignal.abort();
      await fails(containers.start(on.engine, id, { signal }), 'canceled');
      await fails(containers.remove(on.engine, id, { signal }), 'canceled');
      assert.equal(await status(on, id), 'created');
    });
  });
});
