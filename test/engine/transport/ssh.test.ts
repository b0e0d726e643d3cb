import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Connection, type ConnectionOptions } from '../../../src/engine/connection/connection';
import type { Engine } from '../../../src/engine/connection/engine';
import { parseEndpoint } from '../../../src/engine/endpoints/endpoint';
import { EngineError, isEngineError } from '../../../src/engine/errors';
import type { Prompter, Question } from '../../../src/engine/transport/ssh';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import {
  makeKey,
  makeSshHome,
  type SshHome,
  type SshKey,
  type SshServer,
  startAgent,
  startSshServer,
} from '../../support/engines/sshServer';
import { processTable, sendSignal } from '../../support/processes';
import { until } from '../../support/until';

const parallel = 30;
/** A login takes at least as many requests' time; dockerode's own ssh logs in for each. */
const requestsOfLogin = 3;
const passphrase = 'open sesame';

describe('An engine over ssh', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  let server: SshServer;
  let home: SshHome;
  let key: SshKey;
  let protectedKey: SshKey;
  let connections: Connection[];

  before(async () => {
    engine = await startEngine();
    await engine.loadBusybox();
    server = await startSshServer({ path: `${dirname(engine.client)}:/usr/bin:/bin` });
  });
  after(async () => {
    await server.dispose();
    await engine.dispose();
  });
  beforeEach(async () => {
    connections = [];
    home = await makeSshHome();
    key = await makeKey(home.folder.path, 'key');
    protectedKey = await makeKey(home.folder.path, 'protected', passphrase);
    for (const { publicKey } of [key, protectedKey]) await server.authorize(publicKey);
    await writeFile(home.knownHosts, `${server.hostLine}\n`);
    await login(key);
  });
  afterEach(async () => {
    for (const connection of connections) connection.dispose();
    await until('no ssh is left', () => sshProcesses().length === 0, { interval: 20 });
    home.folder.remove();
  });

  /** The processes of this test's configuration. */
  const sshProcesses = (): unknown[] =>
    processTable().filter(({ command }) => command.includes(join(home.folder.path, 'config')));

  /** Has ssh log in to the host `build` with a key. */
  const login = ({ path }: SshKey, ...more: string[]): Promise<void> =>
    home.configure({ build: [`Port ${server.port}`, `IdentityFile ${path}`, 'IdentityAgent none', ...more] });

  const begin = (
    prompter?: Prompter,
    times: ConnectionOptions['times'] = { firstRetry: 50, lastRetry: 100 },
    url = `ssh://build${engine.socket}`,
  ): Connection => {
    const endpoint = parseEndpoint(url, 'setting');
    const connection = new Connection({
      candidates: () => [endpoint],
      ssh: { arguments: home.arguments, ...(prompter && { prompter }) },
      times,
    });
    connections.push(connection);
    connection.start();
    return connection;
  };
  const connected = (connection: Connection): Promise<Engine> =>
    until('it is connected', () => connection.engine, { timeout: 20_000 });
  const refused = (connection: Connection): Promise<EngineError> =>
    until(
      'it is refused',
      () => (connection.state.kind === 'unreachable' ? connection.state.attempts[0]?.error : undefined),
      {
        timeout: 20_000,
      },
    );
  const answering = (answers: (question: Question) => string | undefined): Prompter & { asked: Question[] } => {
    const asked: Question[] = [];
    return {
      asked,
      prompt: question => {
        asked.push(question);
        return Promise.resolve(answers(question));
      },
    };
  };
  const ping = ({ client }: Engine): Promise<unknown> => client.read({ path: '/version' });

  it(`carries ${parallel} requests at once, a stream and an upgraded connection over one TCP connection`, async () => {
    const before = server.connections();
    const connection = await connected(begin());
    const events = await connection.client.stream({ method: 'GET', path: '/events' });
    await Promise.all(Array.from({ length: parallel }, () => ping(connection)));
    const id = await runContainer(engine.api);
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
    await engine.api('DELETE', `/containers/${id}?force=1`);
    assert.equal(server.connections() - before, 1);
  });

  it('answers in a fraction of the time that a login takes', async () => {
    const begun = performance.now();
    const connection = await connected(begin());
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

  it('asks for a key’s passphrase once, though the connection is lost, and again when it was wrong', async () => {
    await login(protectedKey);
    const answers = ['wrong', passphrase];
    const prompter = answering(() => answers.shift());
    const connection = begin(prompter);
    const first = await connected(connection);
    const asked = prompter.asked.map(({ kind, subject, again }) => ({ kind, subject, again }));
    const question = { kind: 'passphrase', subject: protectedKey.path };
    assert.deepEqual(asked, [
      { ...question, again: false },
      { ...question, again: true },
    ]);
    server.cut();
    connection.reportDoubt(
      first,
      (await until('it is noticed', () =>
        ping(first).then(
          () => undefined,
          (error: unknown) => error,
        ),
      )) as EngineError,
    );
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    assert.equal(prompter.asked.length, 2);
  });

  it('is reached again after its restart over the same login, and soon while somebody watches', async () => {
    const before = server.connections();
    const connection = begin(undefined, { firstRetry: 60_000, lastRetry: 60_000, watchedRetry: 50 });
    const watching = connection.watch();
    const first = await connected(connection);
    const reasons: (string | undefined)[] = [];
    connection.onDidChangeState(
      state => state.kind === 'unreachable' && reasons.push(state.attempts[0]?.error.message),
    );
    await engine.stop();
    await assert.rejects(ping(first), isEngineError);
    connection.reportDoubt(first, new EngineError('unreachable', 'It was stopped'));
    await until('it is missed', () => reasons.length > 2);
    await engine.start();
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    watching.dispose();
    assert.equal(server.connections() - before, 1);
    assert.deepEqual(
      new Set(reasons),
      new Set([`No engine listens at ${engine.socket} on build, or the login may not use that socket`]),
    );
    connection.dispose();
    await until('the login has ended', () => sshProcesses().length === 0, { interval: 20 });
  });

  it('is not logged in to anew while it hangs', async () => {
    const before = server.connections();
    const connection = begin();
    const first = await connected(connection);
    engine.pause();
    try {
      connection.reportDoubt(first, new EngineError('unreachable', 'It says nothing'));
      await until(
        'it is seen to hang',
        () => connection.state.kind === 'unreachable' && connection.state.reason === 'hung',
        { timeout: 20_000 },
      );
    } finally {
      engine.resume();
    }
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    assert.equal(server.connections() - before, 1);
  });

  it('is reached by a new login when the one that reached it has fallen silent', async () => {
    const before = server.connections();
    const connection = begin();
    const first = await connected(connection);
    server.silence();
    connection.reportDoubt(first, new EngineError('unreachable', 'It says nothing'));
    await until('it is connected again', () => connection.engine && connection.engine !== first, { timeout: 20_000 });
    assert.equal(server.connections() - before, 2);
  });

  it('is reached by a client that is opened anew over the same login, and by another once that is left', async () => {
    await login(protectedKey);
    const prompter = answering(() => passphrase);
    const before = server.connections();
    const connection = begin(prompter);
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
    assert.equal(server.connections() - before, 1);
    connection.dispose();
    assert.ok(await version());
    assert.deepEqual([server.connections() - before, prompter.asked.length], [2, 1]);
  });

  it('logs in by an agent', async () => {
    const agent = await startAgent(home.folder.path, key);
    try {
      await home.configure({
        build: [`Port ${server.port}`, `IdentityFile ${key.path}.pub`, `IdentityAgent ${agent.socket}`],
      });
      await writeFile(`${key.path}.pub`, key.publicKey);
      await writeFile(key.path, '');
      await connected(begin());
    } finally {
      await agent.dispose();
    }
  });

  describe('behind a jump host', () => {
    let jump: SshServer;

    beforeEach(async () => {
      jump = await startSshServer();
      await writeFile(home.knownHosts, `${server.hostLine}\n${jump.hostLine}\n`);
    });
    afterEach(() => jump.dispose());

    /** Has ssh log in to both hosts with a key. */
    const loginThrough = async ({ path, publicKey }: SshKey, ...more: string[]): Promise<void> => {
      await jump.authorize(publicKey);
      const identity = [`IdentityFile ${path}`, 'IdentityAgent none'];
      await home.configure({
        build: [`Port ${server.port}`, ...identity, 'ProxyJump jump'],
        jump: [`Port ${jump.port}`, ...identity, ...more],
      });
    };

    it('is reached over one connection to each host', async () => {
      await loginThrough(key);
      const [before, jumped] = [server.connections(), jump.connections()];
      const connection = await connected(begin());
      await Promise.all(Array.from({ length: parallel }, () => ping(connection)));
      assert.deepEqual([server.connections() - before, jump.connections() - jumped], [1, 1]);
    });

    it('that is not known or lets nobody in, is not taken for the engine’s host', async () => {
      await loginThrough(key);
      await writeFile(home.knownHosts, `${server.hostLine}\n`);
      const unknown = await refused(begin());
      assert.equal(unknown.message, 'The host key of a host on the way to build is not known, and was not accepted');
      await writeFile(home.knownHosts, `${server.hostLine}\n${jump.hostLine}\n`);
      await loginThrough(key, 'User nobody');
      const denied = await refused(begin());
      assert.match(denied.message, /^nobody@127\.0\.0\.1 on the way to build accepts none of the keys/);
    });

    it('needs the passphrase of a key that both hosts take only once', async () => {
      await loginThrough(protectedKey);
      const prompter = answering(() => passphrase);
      await connected(begin(prompter));
      assert.deepEqual(
        prompter.asked.map(({ kind, again }) => [kind, again]),
        [['passphrase', false]],
      );
    });
  });

  it('asks whether an unknown host is the right one, with its fingerprint, and remembers a yes', async () => {
    await writeFile(home.knownHosts, '');
    const prompter = answering(() => 'yes');
    await connected(begin(prompter));
    assert.deepEqual(
      prompter.asked.map(({ kind, fingerprint, keyType }) => ({ kind, fingerprint, keyType })),
      [{ kind: 'hostKey', fingerprint: server.fingerprint, keyType: 'ED25519' }],
    );
    assert.match(await readFile(home.knownHosts, 'utf8'), /ssh-ed25519/);
  });

  const declined: [name: string, answer: string | undefined][] = [
    ['a no', 'no'],
    ['no answer', undefined],
  ];
  for (const [name, answer] of declined) {
    it(`to an unknown host ${name} refuses it, and asks no more until the person tries again`, async () => {
      await writeFile(home.knownHosts, '');
      const prompter = answering(() => answer);
      const before = server.connections();
      const connection = begin(prompter);
      const error = await refused(connection);
      assert.equal(error.kind, 'unauthorized');
      assert.match(error.message, answer ? /host key of build is not known, and was not accepted/ : /was not answered/);
      let attempts = 0;
      connection.onDidChangeState(() => attempts++);
      await until('it is tried again', () => attempts > 2, { timeout: 10_000 });
      assert.deepEqual([prompter.asked.length, server.connections() - before], [1, 1]);
      connection.retry();
      await until('it is asked again', () => prompter.asked.length === 2, { timeout: 10_000 });
    });
  }

  it('refuses an unknown host, and asks nothing, where ssh’s configuration says so', async () => {
    await writeFile(home.knownHosts, '');
    await login(key, 'StrictHostKeyChecking yes');
    const prompter = answering(() => 'yes');
    assert.match((await refused(begin(prompter))).message, /is not known, and was not accepted/);
    assert.deepEqual(prompter.asked, []);
  });

  it('refuses an unknown host when there is nobody to ask', async () => {
    await writeFile(home.knownHosts, '');
    assert.match((await refused(begin())).message, /is not known, and was not accepted/);
  });

  it('refuses a host whose key is another than before, and asks nothing', async () => {
    const other = await makeKey(home.folder.path, 'other');
    await writeFile(home.knownHosts, `[127.0.0.1]:${server.port} ${other.publicKey}\n`);
    await login(key, 'StrictHostKeyChecking no');
    const prompter = answering(() => 'yes');
    const error = await refused(begin(prompter));
    assert.equal(error.kind, 'unauthorized');
    assert.match(error.message, /^The host key of build is another than before/);
    assert.deepEqual(prompter.asked, []);
  });

  it('goes by docker’s command on the host where sockets are not forwarded, over the same TCP connection', async () => {
    const strict = await startSshServer({
      config: ['AllowStreamLocalForwarding no'],
      path: `${dirname(engine.client)}:/usr/bin:/bin`,
    });
    try {
      await strict.authorize(key.publicKey);
      await writeFile(home.knownHosts, `${strict.hostLine}\n`);
      await home.configure({ build: [`Port ${strict.port}`, `IdentityFile ${key.path}`] });
      const connection = await connected(begin());
      await Promise.all(Array.from({ length: 5 }, () => ping(connection)));
      assert.equal(strict.connections(), 1);
    } finally {
      await strict.dispose();
    }
  });

  const failures: [name: string, url: string, kind: EngineError['kind'], message: RegExp, config: string[]][] = [
    ['no engine', 'ssh://build/nowhere.sock', 'unreachable', /^No engine listens at \/nowhere\.sock on build, or/, []],
    [
      'a port where nobody listens',
      'ssh://build:1',
      'unreachable',
      /^No ssh connection to 127\.0\.0\.1 port 1: connection refused$/,
      [],
    ],
    [
      'a host that does not exist',
      'ssh://nowhere.invalid',
      'unreachable',
      /^There is no host “nowhere\.invalid”/,
      ['x'],
    ],
    [
      'a login that is not let in',
      'ssh://nobody@build',
      'unauthorized',
      /^nobody@build accepts none of the keys and passwords offered \(publickey\)$/,
      [],
    ],
    [
      'a configuration that ssh does not understand',
      'ssh://build',
      'invalid',
      /option it does not know: nonsense$/,
      ['Nonsense yes'],
    ],
  ];
  for (const [name, url, kind, message, more] of failures) {
    it(`tells ${name} in a sentence`, async () => {
      if (more[0] === 'x') await home.configure({ 'nowhere.invalid': ['HostName nowhere.invalid'] });
      else await login(key, ...more);
      const error = await refused(begin(undefined, undefined, url));
      assert.match(error.message, message);
      assert.equal(error.kind, kind);
    });
  }

  it('leaves no ssh behind a process that crashes', async () => {
    const script = `
      const { Connection } = require(${JSON.stringify(join(__dirname, '../../src/engine/connection/connection.js'))});
      const { parseEndpoint } = require(${JSON.stringify(join(__dirname, '../../src/engine/endpoints/endpoint.js'))});
      const endpoint = parseEndpoint(${JSON.stringify(`ssh://build${engine.socket}`)}, 'setting');
      const connection = new Connection({ candidates: () => [endpoint], ssh: { arguments: ${JSON.stringify(home.arguments)} } });
      connection.onDidChangeState(({ kind }) => console.log(kind));
      connection.start();
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      assert.ok(sshProcesses().length > 0);
    } finally {
      sendSignal(child.pid, 'SIGKILL');
    }
    await until('its ssh has ended', () => sshProcesses().length === 0, { interval: 20 });
  });

  it('asks nothing of a program that stands for ssh’s own questions when nobody listens', async () => {
    const askpass = join(__dirname, '../../src/engine/transport/ssh/askpass.js');
    const env = { ...process.env, QUAYSIDE_ASKPASS: join(home.folder.path, 'gone') };
    await assert.rejects(promisify(execFile)(process.execPath, [askpass, 'Password:'], { env }), { code: 1 });
  });

  it('fails with an EngineError when it is disposed while it logs in', async () => {
    await writeFile(home.knownHosts, '');
    const aborted: unknown[] = [];
    const connection = begin({
      prompt: (_, signal) =>
        new Promise(resolve => {
          signal.addEventListener('abort', () => resolve(void aborted.push(signal.reason)));
          connection.dispose();
        }),
    });
    await until('the question is withdrawn', () => aborted.length > 0);
    assert.ok(connection.state.kind !== 'connected' && !isEngineError(connection.state));
  });
});
