import assert from 'node:assert/strict';
import { ShellMemory } from '../../../../../src/ui/commands/processes/shellMemory';

describe('The memory of what was last opened in containers', () => {
  let secrets: Map<string, string>;
  let isLocked: boolean;
  let warnings: string[];
  let memory: ShellMemory;

  beforeEach(() => {
    secrets = new Map();
    isLocked = false;
    warnings = [];
    const unlocked = <T>(work: () => T): Promise<T> =>
      isLocked ? Promise.reject(new Error('the keyring is locked')) : Promise.resolve(work());
    memory = new ShellMemory(
      {
        get: key => unlocked(() => secrets.get(key)),
        store: (key, value) => unlocked(() => void secrets.set(key, value)),
      },
      { warn: text => void warnings.push(text) },
    );
  });

  it('is by image', async () => {
    const choice = { command: 'psql', user: 'me', env: ['PGPASSWORD=geheim', 'A=b'] };
    await memory.remember('postgres', choice);
    await memory.remember('busybox', { shell: 'ash' });
    assert.deepEqual(await memory.recall('postgres'), choice);
    assert.deepEqual(await memory.recall('busybox'), { shell: 'ash' });
    assert.equal(await memory.recall('nginx'), undefined);
  });

  it('keeps nothing but the last choice', async () => {
    await memory.remember('postgres', { command: 'psql --password=geheim', env: ['A=1'] });
    await memory.remember('postgres', { shell: 'sh' });
    assert.deepEqual(await memory.recall('postgres'), { shell: 'sh' });
    assert.doesNotMatch([...secrets.values()].join(), /geheim|A=1/);
  });

  it('forgets all but the last fifty images', async () => {
    for (let index = 0; index < 60; index++) await memory.remember(`image-${index}`, { env: [`A=${index}`] });
    assert.equal(await memory.recall('image-9'), undefined);
    assert.deepEqual(await memory.recall('image-10'), { env: ['A=10'] });
    assert.doesNotMatch([...secrets.values()].join(), /image-9"/);
  });

  it('also has the command that was last run', async () => {
    assert.equal(await memory.recallCommand(), '');
    await memory.rememberCommand('mysql -pgeheim');
    assert.equal(await memory.recallCommand(), 'mysql -pgeheim');
  });

  it('is empty if the secrets cannot be stored or read, which is logged', async () => {
    isLocked = true;
    await memory.remember('postgres', { user: 'me' });
    await memory.rememberCommand('ls');
    assert.equal(await memory.recall('postgres'), undefined);
    assert.equal(await memory.recallCommand(), '');
    assert.match(warnings.join(), /kept among the secrets: Error: the keyring is locked/);
    assert.match(warnings.join(), /read from the secrets: Error: the keyring is locked/);
  });

  it('is never quoted in the log', async () => {
    secrets.set('shell.choices', 'geheim');
    assert.equal(await memory.recall('postgres'), undefined);
    assert.deepEqual(warnings.length, 1);
    assert.doesNotMatch(warnings.join(), /geheim/);
  });
});
