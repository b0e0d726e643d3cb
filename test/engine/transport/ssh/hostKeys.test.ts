import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { makeKey } from '../../../support/engines/sshServer';
import { sentenceOf } from '../../../support/sentence';
import { until } from '../../../support/until';
import { answering, connected, overSsh, refused } from './overSsh';

overSsh(on => {
  it('asks whether an unknown host is the right one, with its fingerprint, and remembers a yes', async () => {
    await writeFile(on.home.knownHosts, '');
    const prompter = answering(() => 'yes');
    await connected(on.begin({ prompter }));
    assert.deepEqual(
      prompter.asked.map(({ kind, fingerprint, keyType }) => ({ kind, fingerprint, keyType })),
      [{ kind: 'hostKey', fingerprint: on.server.fingerprint, keyType: 'ED25519' }],
    );
    assert.match(await readFile(on.home.knownHosts, 'utf8'), /ssh-ed25519/);
  });

  const declined: [name: string, answer: string | undefined][] = [
    ['a no', 'no'],
    ['no answer', undefined],
  ];
  for (const [name, answer] of declined) {
    it(`to an unknown host ${name} refuses it, and asks no more until the person tries again`, async () => {
      await writeFile(on.home.knownHosts, '');
      const prompter = answering(() => answer);
      const before = on.server.connections();
      const connection = on.begin({ prompter });
      const error = await refused(connection);
      assert.equal(error.kind, 'unauthorized');
      assert.match(
        sentenceOf(error),
        answer ? /host key of build is not known, and was not accepted/ : /was not answered/,
      );
      let attempts = 0;
      connection.onDidChangeState(() => attempts++);
      await until('it is tried again', () => attempts > 2, { timeout: 10_000 });
      assert.deepEqual([prompter.asked.length, on.server.connections() - before], [1, 1]);
      connection.retry();
      await until('it is asked again', () => prompter.asked.length === 2, { timeout: 10_000 });
    });
  }

  it('refuses an unknown host, and asks nothing, where ssh’s configuration says so', async () => {
    await writeFile(on.home.knownHosts, '');
    await on.login(on.key, 'StrictHostKeyChecking yes');
    const prompter = answering(() => 'yes');
    assert.match(sentenceOf(await refused(on.begin({ prompter }))), /is not known, and was not accepted/);
    assert.deepEqual(prompter.asked, []);
  });

  it('refuses an unknown host when there is nobody to ask', async () => {
    await writeFile(on.home.knownHosts, '');
    assert.match(sentenceOf(await refused(on.begin())), /is not known, and was not accepted/);
  });

  it('refuses a host whose key is another than before, and asks nothing', async () => {
    const other = await makeKey(on.home.folder.path, 'other');
    await writeFile(on.home.knownHosts, `[127.0.0.1]:${on.server.port} ${other.publicKey}\n`);
    await on.login(on.key, 'StrictHostKeyChecking no');
    const prompter = answering(() => 'yes');
    const error = await refused(on.begin({ prompter }));
    assert.equal(error.kind, 'unauthorized');
    assert.match(sentenceOf(error), /^The host key of build is another than before/);
    assert.deepEqual(prompter.asked, []);
  });
});
