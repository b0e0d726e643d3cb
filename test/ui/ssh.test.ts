import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { runContainer } from '../support/engines/rawEngine';
import { makeKey, type SshServer, startSshServer } from '../support/engines/sshServer';
import { temporaryFolder } from '../support/temporaryFolder';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from './setup';

const passphrase = 'open sesame';

describe('An engine over ssh', () => {
  const home = temporaryFolder('home');
  const knownHosts = join(home.path, '.ssh', 'known_hosts');
  let server: SshServer;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    await runContainer(await emptyPartEngine(), { name: 'far-away' });
    const { QUAYSIDE_TEST_CLIENT: client = '', QUAYSIDE_TEST_SOCKET: socket = '' } = process.env;
    server = await startSshServer({ path: `${dirname(client)}:/usr/bin:/bin` });
    await mkdir(dirname(knownHosts), { recursive: true });
    const key = await makeKey(dirname(knownHosts), 'protected', passphrase);
    await server.authorize(key.publicKey);
    const lines = [
      ...['Host build', 'HostName 127.0.0.1', `Port ${server.port}`, `User ${userInfo().username}`],
      ...[`IdentityFile ${key.path}`, 'IdentitiesOnly yes', 'IdentityAgent none', 'GlobalKnownHostsFile /dev/null'],
      'UpdateHostKeys no',
    ];
    await writeFile(join(dirname(knownHosts), 'config'), `${lines.join('\n  ')}\n`);
    const settings = { 'quayside.endpoint': `ssh://build${socket}`, 'window.dialogStyle': 'custom' };
    ui = await openUi({ settings, home: home.path });
    await ui.window.openView('Containers');
  });

  after(async () => {
    await ui.dispose();
    await server.dispose();
    home.remove();
  });

  it('asks for an unknown host with its fingerprint, and for the passphrase of a key', async () => {
    const { window } = ui;
    const asked = await window.dialog();
    assert.match(asked.message, /^Is this the machine .+\?$/);
    assert.ok(asked.detail.includes(server.fingerprint), asked.detail);
    await window.screenshot('ssh-unknown-host');
    await window.dialogButton('Connect');
    await untilTrue('the passphrase is asked for', async () =>
      (await window.quickInput()).title.startsWith('Passphrase of the key'),
    );
    await window.screenshot('ssh-passphrase');
    await window.inputBox(passphrase);
    await untilRows(window, 'Containers', 'the far engine’s rows', rows =>
      rows.some(({ label }) => label === 'far-away'),
    );
    await window.screenshot('ssh-connected');
    assert.match(await readFile(knownHosts, 'utf8'), / ssh-ed25519 /); // ssh itself has written it down.
  });

  it('refuses a host whose key has changed, and says so', async () => {
    const { window } = ui;
    const other = await makeKey(home.path, 'other');
    await writeFile(knownHosts, `[127.0.0.1]:${server.port} ${other.publicKey}\n`);
    server.cut();
    await untilTrue('the view says it', async () =>
      (await window.welcome('Containers')).startsWith('The login at the address above failed'),
    );
    await window.command('quayside.engine.showAttempts');
    assert.match((await window.dialog()).detail, /The host key of build is another than before/);
    await window.screenshot('ssh-changed-key');
  });
});
