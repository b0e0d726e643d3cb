import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { EngineError, isEngineError } from '../../../../src/engine/errors';
import { compiled } from '../../../support/compiled';
import { sendSignal } from '../../../support/processes';
import { sentenceOf } from '../../../support/sentence';
import { until } from '../../../support/until';
import { answering, connected, overSsh, passphrase, ping } from './overSsh';

overSsh(on => {
  it('is reached again after its restart over the same login, and soon while somebody watches', async () => {
    const before = on.server.connections();
    const connection = on.begin({ times: { firstRetry: 60_000, lastRetry: 60_000, watchedRetry: 50 } });
    const watching = connection.watch();
    const first = await connected(connection);
    const reasons: (string | undefined)[] = [];
    connection.onDidChangeState(
      state => state.kind === 'unreachable' && reasons.push(sentenceOf(state.attempts[0]?.error)),
    );
    await on.engine.stop();
    await assert.rejects(ping(first), isEngineError);
    connection.reportDoubt(first, new EngineError('unreachable', { said: 'It was stopped' }));
    await until('it is missed', () => reasons.length > 2);
    await on.engine.start();
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    watching.dispose();
    assert.equal(on.server.connections() - before, 1);
    assert.deepEqual(
      new Set(reasons),
      new Set([`No engine listens at ${on.engine.socket} on build, or the login may not use that socket`]),
    );
    connection.dispose();
    await until('the login has ended', () => on.sshProcesses().length === 0, { interval: 20 });
  });

  it('is not logged in to anew while it hangs', async () => {
    const before = on.server.connections();
    const connection = on.begin();
    const first = await connected(connection);
    on.engine.pause();
    try {
      connection.reportDoubt(first, new EngineError('unreachable', { said: 'It says nothing' }));
      await until(
        'it is seen to hang',
        () => connection.state.kind === 'unreachable' && connection.state.reason === 'hung',
        { timeout: 20_000 },
      );
    } finally {
      on.engine.resume();
    }
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    assert.equal(on.server.connections() - before, 1);
  });

  it('is reached by a new login when the one that reached it has fallen silent', async () => {
    const before = on.server.connections();
    const connection = on.begin();
    const first = await connected(connection);
    on.server.silence();
    connection.reportDoubt(first, new EngineError('unreachable', { said: 'It says nothing' }));
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    assert.equal(on.server.connections() - before, 2);
  });

  it('is reached by a client that is opened anew over the same login, and by another once that is left', async () => {
    await on.login(on.protectedKey);
    const prompter = answering(() => passphrase);
    const before = on.server.connections();
    const connection = on.begin({ prompter });
    const first = await connected(connection);
    first.client.close();
    const version = async (): Promise<unknown> => {
      const client = first.reopen();
      try {
        return await client.read({ path: '/version' });
      } finally {
        client.close();
      }
    };
    assert.ok(await version());
    assert.equal(on.server.connections() - before, 1);
    connection.dispose();
    assert.ok(await version());
    assert.deepEqual([on.server.connections() - before, prompter.asked.length], [2, 1]);
  });

  it('leaves no ssh behind a process that crashes', async () => {
    const script = `
      const { Connection } = require(${JSON.stringify(compiled('engine/connection/connection'))});
      const { parseEndpoint } = require(${JSON.stringify(compiled('engine/endpoints/endpoint'))});
      const endpoint = parseEndpoint(${JSON.stringify(`ssh://build${on.engine.socket}`)}, 'setting');
      const connection = new Connection({ candidates: () => [endpoint], ssh: { arguments: ${JSON.stringify(on.home.arguments)} } });
      connection.onDidChangeState(({ kind }) => console.log(kind));
      connection.start();
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      assert.ok(on.sshProcesses().length > 0);
    } finally {
      sendSignal(child.pid, 'SIGKILL');
    }
    await until('its ssh has ended', () => on.sshProcesses().length === 0, { interval: 20 });
  });

  it('fails with an EngineError when it is disposed while it logs in', async () => {
    await writeFile(on.home.knownHosts, '');
    const aborted: unknown[] = [];
    const connection = on.begin({
      prompter: {
        prompt: (_, signal) =>
          new Promise(resolve => {
            signal.addEventListener('abort', () => resolve(void aborted.push(signal.reason)));
            connection.dispose();
          }),
      },
    });
    await until('the question is withdrawn', () => aborted.length > 0);
    assert.ok(connection.state.kind !== 'connected' && !isEngineError(connection.state));
  });
});
