import assert from 'node:assert/strict';
import { ShellMemory } from '../../../src/ui/commands/shellMemory';

describe('The last choices of what to open in a container', () => {
  let state: Map<string, unknown>;
  let secrets: Map<string, string>;
  let isLocked: boolean;
  let warnings: string[];
  let memory: ShellMemory;

  beforeEach(() => {
    state = new Map();
    secrets = new Map();
    isLocked = false;
    warnings = [];
    const store = async (key: string, value: string): Promise<void> => {
      if (isLocked) throw new Error('the keyring is locked');
      secrets.set(key, value);
      return Promise.resolve();
    };
    const context = {
      workspaceState: {
        get: (key: string) => state.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
      },
      secrets: {
        get: (key: string) => Promise.resolve(secrets.get(key)),
        store,
        delete: (key: string) => Promise.resolve(void secrets.delete(key)),
      },
    } as unknown as ConstructorParameters<typeof ShellMemory>[0];
    memory = new ShellMemory(context, { warn: text => void warnings.push(text) });
  });

  it('are remembered by image, the values of variables among the secrets alone', async () => {
    const choice = { command: 'psql', user: 'me', env: ['PGPASSWORD=geheim', 'A=b'] };
    await memory.remember('postgres', choice);
    await memory.remember('busybox', { shell: 'ash' });
    assert.deepEqual(await memory.recall('postgres'), choice);
    assert.deepEqual(await memory.recall('busybox'), { shell: 'ash' });
    assert.equal(await memory.recall('nginx'), undefined);
    assert.doesNotMatch(JSON.stringify([...state]), /geheim|PGPASSWORD/);
  });

  it('leave no secret behind that is not the last choice’s', async () => {
    await memory.remember('postgres', { env: ['A=1'] });
    await memory.remember('postgres', { shell: 'sh' });
    assert.deepEqual(await memory.recall('postgres'), { shell: 'sh' });
    assert.equal(secrets.size, 0);
    for (let index = 0; index < 60; index++) await memory.remember(`image-${index}`, { env: [`A=${index}`] });
    assert.equal(secrets.size, 50);
    assert.equal(await memory.recall('image-9'), undefined);
    assert.deepEqual(await memory.recall('image-10'), { env: ['A=10'] });
  });

  it('are without their variables where the secrets cannot be kept', async () => {
    isLocked = true;
    await memory.remember('postgres', { user: 'me', env: ['A=1'] });
    assert.deepEqual(await memory.recall('postgres'), { user: 'me', env: [] });
    assert.match(warnings.join(), /the keyring is locked/);
  });
});
