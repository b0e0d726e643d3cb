import assert from 'node:assert/strict';
import { endProcess } from '../../../src/engine/processes/end';
import { inspectExec } from '../../../src/engine/processes/exec';
import { startCommand, startShell } from '../../../src/engine/processes/start';
import { loadShellless } from '../../support/engines/shellless';
import { until } from '../../support/until';
import { engineOf } from '../engineOf';
import { onEngines } from '../engines';
import { processOf, Reader, shellIn } from './processes';

describe('Processes in containers', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    const programs = async (id: string): Promise<string> =>
      JSON.stringify(await on.test.api('GET', `/containers/${id}/top?ps_args=-eo%20pid,stat,args`));

    it('ends a shell and all that it began, except jobs that were told to outlive it', async () => {
      const id = await on.run('box');
      const shell = await shellIn(on, id);
      const seen = new Reader(shell.output);
      shell.stream.write(
        '(trap "" HUP; exec sleep 1111) &\nsleep 2222 &\nsh -c \'trap "" HUP INT TERM; sleep 3333\'\n',
      );
      await until('all run', async () => (await programs(id)).includes('sleep 3333'));
      assert.equal(await endProcess(on.engine, shell), true);
      await seen.end;
      const left = await programs(id);
      assert.match(left, /sleep 1111/);
      assert.doesNotMatch(left, /sleep 2222|sleep 3333/);
      assert.equal(await endProcess(on.engine, shell), true, 'there is nothing to be done');
    });

    it('ends processes of other users, and a command without a terminal', async () => {
      const id = await on.run('box');
      const { execId, ...command } = processOf(
        await startCommand(on.engine, id, 'trap "" HUP; sleep 4444 | sleep 5555', { tty: false, user: '65534' }),
      );
      await until('it runs', async () => (await programs(id)).includes('sleep 5555'));
      // As after su: the user who is asked to end it may not do so.
      const pretended = { ...command, execId, user: '12345' };
      assert.equal(await endProcess(on.engine, pretended), true);
      assert.doesNotMatch(await programs(id), /sleep (4444|5555)/);
      assert.equal(await endProcess(on.engine, { ...pretended, containerId: 'f'.repeat(64) }), true);
    });

    it('ends a process even if its engine’s client is closed, before or meanwhile', async () => {
      const id = await on.run('box');
      for (const closeFirst of [true, false]) {
        const engine = await engineOf(on.test);
        const shell = processOf(await startShell(engine, id));
        const seen = new Reader(shell.output);
        seen.end.catch(() => undefined);
        shell.stream.write('sleep 6666\n');
        await until('it runs', async () => (await programs(id)).includes('sleep 6666'));
        if (closeFirst) engine.client.close();
        const ending = endProcess(engine, shell);
        engine.client.close();
        assert.equal(await ending, true);
        assert.doesNotMatch(await programs(id), /sleep 6666/);
      }
    });

    it('tells a process that was killed with its container', async () => {
      const id = await on.run('box');
      const shell = await shellIn(on, id);
      const seen = new Reader(shell.output);
      await on.test.api('POST', `/containers/${id}/kill`);
      await seen.end;
      assert.equal(await endProcess(on.engine, shell), true);
    });

    it('ends a shell even if there is no sh', async () => {
      await loadShellless(on.test.api, 'ashonly', ['ash']);
      const extra = { Env: ['PATH=/'] };
      const id = await on.run('ashes', { image: 'ashonly', command: ['/sleep', '1000000'], extra });
      const shell = await shellIn(on, id);
      const seen = new Reader(shell.output);
      shell.stream.write('echo $((6*7)); sleep 7777\n');
      await seen.shows(/^42\r$/m);
      assert.equal(await endProcess(on.engine, shell), true);
      await seen.end;
      assert.equal((await inspectExec(on.engine, shell.execId)).running, false);
    });

    it('ends a shell that has not told its id if an engine on this machine tells it', async () => {
      const id = await on.run('box');
      const shell = await shellIn(on, id);
      const seen = new Reader(shell.output);
      assert.equal(await endProcess(on.engine, { ...shell, pid: undefined, shell: undefined }), on.isDocker);
      if (!on.isDocker) await endProcess(on.engine, shell);
      await seen.end;
      assert.equal((await inspectExec(on.engine, shell.execId)).running, false);
    });
  });
});
