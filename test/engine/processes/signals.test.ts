import assert from 'node:assert/strict';
import * as containers from '../../../src/engine/objects/containers/operations';
import { top } from '../../../src/engine/objects/containers/top';
import { isMainProcess, reachableProcesses, signalProcess } from '../../../src/engine/processes/signals';
import { untilPrinted } from '../../support/engines/rawEngine';
import { until } from '../../support/until';
import { fails, onEngines } from '../engines';

/** A main process that obeys SIGTERM, with a child process. */
const family = { command: ['sh', '-c', "trap 'exit 7' TERM; echo trapped; sleep 4321 & while :; do sleep 0.1; done"] };

describe('Signals to processes', () => {
  onEngines(['20.10', 'podman'], on => {
    /** The id of the process that runs a command, as `top` tells it. */
    const pidOf = async (id: string, command: RegExp): Promise<string | undefined> => {
      const { titles, rows } = await top(on.engine, id);
      return rows.find(cells => command.test(cells.at(-1) ?? ''))?.[titles.indexOf('PID')];
    };
    const started = async (id: string, command: RegExp): Promise<string> => {
      await until('it runs', async () => (await pidOf(id, command)) !== undefined, { timeout: 10_000, interval: 50 });
      return (await pidOf(id, command)) ?? assert.fail('it has ended');
    };

    const modes = [['with ids of its own', {}] as const, ['with the ids of its machine', { PidMode: 'host' }] as const];
    // If the ids are shared, Podman tells all processes of the machine.
    for (const [what, host] of on.isDocker ? modes : modes.slice(0, 1)) {
      it(`reach any process of a container ${what}, and no other`, async () => {
        const id = await on.run('family', { ...family, host });
        const other = await on.run('other', { command: ['sleep', '4321'] });
        const container = await containers.inspect(on.engine, id);
        const pid = await started(id, /^sleep 4321/);
        assert.equal(await reachableProcesses(on.engine, container), 'all');
        assert.equal(isMainProcess(on.engine, container, pid), false);
        await signalProcess(on.engine, container, { pid, unixSignal: 'SIGKILL' });
        await until('it has ended', async () => (await pidOf(id, /^sleep 4321/)) === undefined, { timeout: 10_000 });
        assert.equal((await on.inspect(id)).State.Status, 'running');
        assert.ok(await pidOf(other, /^sleep 4321/));
      });
    }

    if (!on.isDocker) {
      it('reach only the main process of a container with the ids of its machine', async () => {
        const id = await on.run('family', { ...family, host: { PidMode: 'host' } });
        const container = await containers.inspect(on.engine, id);
        const pid = await started(id, /^sleep 4321/);
        assert.equal(await reachableProcesses(on.engine, container), 'main');
        await fails(signalProcess(on.engine, container, { pid, unixSignal: 'SIGKILL' }), 'unsupported', /./);
        assert.equal(await pidOf(id, /^sleep 4321/), pid);
      });
    }

    it('reach the main process through the engine', async () => {
      const id = await on.run('family', family);
      const container = await containers.inspect(on.engine, id);
      await untilPrinted(on.test.api, id, 'trapped');
      const pid = await started(id, /trap/);
      assert.equal(isMainProcess(on.engine, container, pid), true);
      await signalProcess(on.engine, container, { pid, unixSignal: 'SIGTERM' });
      await until('it has ended', async () => (await on.inspect(id)).State.Status === 'exited', { timeout: 10_000 });
      assert.equal((await on.inspect(id)).State.ExitCode, 7);
    });

    it('fail for a process that does not belong to the container', async () => {
      const id = await on.run('family', family);
      const container = await containers.inspect(on.engine, id);
      const signalled = signalProcess(on.engine, container, { pid: '4194300', unixSignal: 'SIGKILL' });
      await fails(signalled, on.isDocker ? 'unsupported' : 'notFound', /./);
    });

    if (on.isDocker) {
      it('reach only the main process if the engine is on another machine', async () => {
        const id = await on.run('family', family);
        const container = await containers.inspect(on.engine, id);
        const endpoint = { ...on.engine.endpoint, address: { kind: 'ssh', host: 'far' } as const };
        assert.equal(await reachableProcesses({ ...on.engine, endpoint }, container), 'main');
      });
    }
  });
});
