import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EngineError } from '../../../../src/engine/errors';
import { compiled } from '../../../support/compiled';
import { type SshKey, type SshServer, startAgent, startSshServer } from '../../../support/engines/sshServer';
import { sentenceOf } from '../../../support/sentence';
import { until } from '../../../support/until';
import { answering, connected, overSsh, parallel, passphrase, ping, refused } from './overSsh';

overSsh(on => {
  it('asks for a key’s passphrase once, though the connection is lost, and again when it was wrong', async () => {
    await on.login(on.protectedKey);
    const answers = ['wrong', passphrase];
    const prompter = answering(() => answers.shift());
    const connection = on.begin({ prompter });
    const first = await connected(connection);
    const asked = prompter.asked.map(({ kind, subject, again }) => ({ kind, subject, again }));
    const question = { kind: 'passphrase', subject: on.protectedKey.path };
    assert.deepEqual(asked, [
      { ...question, again: false },
      { ...question, again: true },
    ]);
    on.server.cut();
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

  it('logs in by an agent', async () => {
    const agent = await startAgent(on.home.folder.path, on.key);
    try {
      await on.home.configure({
        build: [`Port ${on.server.port}`, `IdentityFile ${on.key.path}.pub`, `IdentityAgent ${agent.socket}`],
      });
      await writeFile(`${on.key.path}.pub`, on.key.publicKey);
      await writeFile(on.key.path, '');
      await connected(on.begin());
    } finally {
      await agent.dispose();
    }
  });

  describe('behind a jump host', () => {
    let jump: SshServer;

    beforeEach(async () => {
      jump = await startSshServer();
      await writeFile(on.home.knownHosts, `${on.server.hostLine}\n${jump.hostLine}\n`);
    });
    afterEach(() => jump.dispose());

    /** Has ssh log in to both hosts with a on.key. */
    const loginThrough = async ({ path, publicKey }: SshKey, ...more: string[]): Promise<void> => {
      await jump.authorize(publicKey);
      const identity = [`IdentityFile ${path}`, 'IdentityAgent none'];
      await on.home.configure({
        build: [`Port ${on.server.port}`, ...identity, 'ProxyJump jump'],
        jump: [`Port ${jump.port}`, ...identity, ...more],
      });
    };

    it('is reached over one connection to each host', async () => {
      await loginThrough(on.key);
      const [before, jumped] = [on.server.connections(), jump.connections()];
      const connection = await connected(on.begin());
      await Promise.all(Array.from({ length: parallel }, () => ping(connection)));
      assert.deepEqual([on.server.connections() - before, jump.connections() - jumped], [1, 1]);
    });

    it('that is not known or lets nobody in, is not taken for the engine’s host', async () => {
      await loginThrough(on.key);
      await writeFile(on.home.knownHosts, `${on.server.hostLine}\n`);
      const unknown = await refused(on.begin());
      assert.equal(
        sentenceOf(unknown),
        'The host key of a host on the way to build is not known, and was not accepted',
      );
      await writeFile(on.home.knownHosts, `${on.server.hostLine}\n${jump.hostLine}\n`);
      await loginThrough(on.key, 'User nobody');
      const denied = await refused(on.begin());
      assert.match(sentenceOf(denied), /^nobody@127\.0\.0\.1 on the way to build accepts none of the keys/);
    });

    it('needs the passphrase of a key that both hosts take only once', async () => {
      await loginThrough(on.protectedKey);
      const prompter = answering(() => passphrase);
      await connected(on.begin({ prompter }));
      assert.deepEqual(
        prompter.asked.map(({ kind, again }) => [kind, again]),
        [['passphrase', false]],
      );
    });
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
      if (more[0] === 'x') await on.home.configure({ 'nowhere.invalid': ['HostName nowhere.invalid'] });
      else await on.login(on.key, ...more);
      const error = await refused(on.begin({ url }));
      assert.match(sentenceOf(error), message);
      assert.equal(error.kind, kind);
    });
  }

  it('asks nothing of a program that stands for ssh’s own questions when nobody listens', async () => {
    const askpass = compiled('engine/transport/ssh/askpass');
    const env = { ...process.env, QUAYSIDE_ASKPASS: join(on.home.folder.path, 'gone') };
    await assert.rejects(promisify(execFile)(process.execPath, [askpass, 'Password:'], { env }), { code: 1 });
  });
});
