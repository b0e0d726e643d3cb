import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SshAddress } from '../../../../src/engine/endpoints/address';
import { SshAccess } from '../../../../src/engine/transport/sshAccess';

const address: SshAddress = { kind: 'ssh', host: 'nowhere.invalid' };

describe('The access over ssh', () => {
  it('loads the code for ssh when an endpoint is tried, and not before', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', loadedModules]);
    const { before, after } = JSON.parse(stdout) as { before: string[]; after: string[] };
    assert.deepEqual(before, []);
    assert.ok(after.includes('dialer.js'), after.join());
  });

  it('starts no login for a connection that was closed before the code was loaded', async () => {
    const access = new SshAccess();
    const dialer = access.dialerTo(address);
    const opening = dialer.open(undefined);
    dialer.close();
    await assert.rejects(opening, { kind: 'unreachable' });
    access.dispose();
  });

  it('starts no login for an attempt that was given up before the code was loaded', async () => {
    const access = new SshAccess();
    await assert.rejects(access.dialerTo(address).open(AbortSignal.abort(new Error('given up'))), {
      message: 'given up',
    });
    access.dispose();
  });
});

/** Prints which modules of ssh are loaded with a connection, and after an attempt at an endpoint. */
const loadedModules = `
const loaded = () => Object.keys(require.cache).flatMap(path => /transport\\Wssh\\W([\\w.]+)$/.exec(path)?.[1] ?? []);
require(${JSON.stringify(join(__dirname, '../../../../src/engine/connection/connection'))});
const { SshAccess } = require(${JSON.stringify(join(__dirname, '../../../../src/engine/transport/sshAccess'))});
const before = loaded();
const over = AbortSignal.abort();
new SshAccess().dialerTo({ kind: 'ssh', host: 'nowhere.invalid' }).open(over).catch(() =>
  console.log(JSON.stringify({ before, after: loaded() })));
`;
