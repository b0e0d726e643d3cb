import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runContainer } from '../../../support/engines/rawEngine';
import { startSshServer } from '../../../support/engines/sshServer';
import { until } from '../../../support/until';
import { connected, overSsh, parallel, ping } from './overSsh';

/** A login takes at least as many requests’ time; dockerode’s own ssh logs in for each. */
const requestsOfLogin = 3;

overSsh(on => {
  it(`carries ${parallel} requests at once, a stream and an upgraded connection over one TCP connection`, async () => {
    const before = on.server.connections();
    const connection = await connected(on.begin());
    const events = await connection.client.stream({ method: 'GET', path: '/events' });
    await Promise.all(Array.from({ length: parallel }, () => ping(connection)));
    const id = await runContainer(on.engine.api);
    const exec = (await connection.client.call({
      method: 'POST',
      path: `/containers/${id}/exec`,
      body: { Cmd: ['cat'], AttachStdin: true, AttachStdout: true, Tty: true },
    })) as { Id: string };
    const shell = await connection.client.upgrade({
      method: 'POST',
      path: `/exec/${exec.Id}/start`,
      body: { Detach: false, Tty: true },
    });
    shell.write('over ssh\n');
    let echoed = '';
    shell.on('data', chunk => (echoed += String(chunk)));
    await until('the shell echoes', () => echoed.includes('over ssh\r\nover ssh'));
    shell.destroy();
    events.destroy();
    await on.engine.api('DELETE', `/containers/${id}?force=1`);
    assert.equal(on.server.connections() - before, 1);
  });

  it('answers in a fraction of the time that a login takes', async () => {
    const begun = performance.now();
    const connection = await connected(on.begin());
    const login = performance.now() - begun;
    const times: number[] = [];
    for (let count = 0; count < 20; count++) {
      const start = performance.now();
      await ping(connection);
      times.push(performance.now() - start);
    }
    const median = times.sort((a, b) => a - b)[10] ?? Infinity;
    assert.ok(median * requestsOfLogin < login, `${median} ms, and ${login} ms to log in`);
  });

  it('goes by docker’s command on the host where sockets are not forwarded, over the same TCP connection', async () => {
    const strict = await startSshServer({
      config: ['AllowStreamLocalForwarding no'],
      path: `${dirname(on.engine.client)}:/usr/bin:/bin`,
    });
    try {
      await strict.authorize(on.key.publicKey);
      await writeFile(on.home.knownHosts, `${strict.hostLine}\n`);
      await on.home.configure({ build: [`Port ${strict.port}`, `IdentityFile ${on.key.path}`] });
      const connection = await connected(on.begin());
      await Promise.all(Array.from({ length: 5 }, () => ping(connection)));
      assert.equal(strict.connections(), 1);
    } finally {
      await strict.dispose();
    }
  });
});
