import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, type TestEngine } from '../support/engines/engine';
import { startProxy } from '../support/engines/proxy';
import { runContainer } from '../support/engines/rawEngine';
import { until } from '../support/until';
import { openUi, pictureFailures, rowOf, type Ui, untilOutline, untilRows, untilTrue } from './setup';

const rewriteMs = 5_000;
const elsewhere = 'No engine is connected. The Containers view says why.';

describe('A window without an engine', () => {
  let folder: string;
  let ui: Ui;
  let engine: TestEngine | undefined;

  pictureFailures(() => ui);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-late-'));
    ui = await openUi({ env: { DOCKER_HOST: `unix://${folder}/docker.sock` }, obeysPermissions: true });
    for (const view of ['Containers', 'Images', 'Networks', 'Volumes']) await ui.window.openView(view);
  });

  after(async () => {
    await ui.dispose();
    await engine?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const running = (): TestEngine => {
    if (!engine) throw new Error('An earlier test failed to start the engine.');
    return engine;
  };

  const untilWelcome = async (view: string, pattern: RegExp): Promise<void> => {
    await untilTrue(`${view} says ${pattern.source}`, async () => pattern.test(await ui.window.welcome(view)));
  };

  /** The texts of welcome views are fixed: the address stands in the title. */
  const untilAddress = async (address: string): Promise<void> => {
    await untilTrue(`the title names ${address}`, async () => (await ui.window.description('Containers')) === address);
  };

  const untilMessage = async (pattern: RegExp): Promise<void> => {
    await untilTrue(`a line says ${pattern.source}`, async () => pattern.test(await ui.window.message('Containers')));
  };

  const untilStatus = async (text: RegExp): Promise<void> => {
    await untilTrue(`the status bar says ${text.source}`, async () =>
      (await ui.window.statusBar()).some(item => text.test(item)),
    );
  };

  /** VS Code may miss a file that changes again at once, so it is written until its effect is seen. */
  const setEndpoint = async (endpoint: string | undefined, says: RegExp): Promise<void> => {
    let written = -Infinity;
    await untilTrue(`Containers says ${says.source}`, async () => {
      if (performance.now() - written > rewriteMs) {
        await writeEndpoint(endpoint);
        written = performance.now();
      }
      return says.test(await ui.window.welcome('Containers'));
    });
  };

  const writeEndpoint = async (endpoint: string | undefined): Promise<void> => {
    const path = join(ui.server.folder, 'data', 'User', 'settings.json');
    const text = await until('VS Code is not writing the settings', () => readFile(path, 'utf8'));
    const settings = JSON.parse(text) as Record<string, unknown>;
    const machine = join(ui.server.folder, 'data', 'Machine', 'settings.json');
    await writeFile(
      machine,
      JSON.stringify({ ...settings, ...(endpoint !== undefined && { 'quayside.endpoint': endpoint }) }),
    );
  };

  it('says what was tried and offers the next step', async () => {
    await untilWelcome('Containers', /No container engine answers at the address above, which DOCKER_HOST names\./);
    await untilAddress(`${folder}/docker.sock`);
    assert.match(
      await ui.window.welcome('Containers'),
      /Try Again[^]*Choose another endpoint[^]*what was tried[^]*install an engine/,
    );
    for (const view of ['Images', 'Networks', 'Volumes']) assert.equal(await ui.window.welcome(view), elsewhere);
    await untilStatus(/^No engine$/);
    assert.equal(await ui.window.badge(), '');
  });

  it('says so when the setting names an endpoint where nobody answers', async () => {
    await setEndpoint('tcp://127.0.0.1:9', /at the address above, which the setting quayside\.endpoint names\./);
    await untilAddress('tcp://127.0.0.1:9');
  });

  it('says so when the setting cannot be read', async () => {
    await setEndpoint('smoke-signals://hill', /The engine’s address cannot be read/);
    assert.match(await ui.window.welcome('Containers'), /Choose an Endpoint/);
    await setEndpoint(undefined, /which DOCKER_HOST names\./);
    await untilAddress(`${folder}/docker.sock`);
  });

  it('shows rows by itself when an engine starts', async () => {
    engine = await startEngine({ folder });
    await untilWelcome('Containers', /^There are no containers yet\./);
    await engine.loadBusybox();
    await runContainer(engine.api, { name: 'first', host: { RestartPolicy: { Name: 'always' } } });
    await runContainer(engine.api, { name: 'second' });
    await untilOutline(ui.window, 'Containers', ['first | busybox:latest · Up …', 'second | busybox:latest · Up …']);
    await untilStatus(/^Docker 20\.10\.\d+ · 2 running$/);
    await untilTrue('the badge counts 2', async () => (await ui.window.badge()) === '2');
    await untilAddress('');
  });

  it('keeps selection and open rows when the engine crashes and starts again, and goes on following', async () => {
    const { window } = ui;
    await window.openView('Containers', { alone: true });
    await window.expand('Containers', 'first');
    await window.select('Containers', 'second');
    await running().stop('SIGKILL');
    await untilMessage(/^The engine is away; connecting again\. This is what it held at/);
    await running().start();
    await untilRows(window, 'Containers', 'the second has ended', rows =>
      rowOf(rows, 'second').description.includes('Exited'),
    );
    await untilTrue('the message went', async () => (await window.message('Containers')) === '');
    const rows = await untilRows(window, 'Containers', 'the first runs again', all =>
      rowOf(all, 'first').description.includes('Up'),
    );
    assert.equal(rowOf(rows, 'second').selected, true);
    assert.equal(rowOf(rows, 'first').expanded, true);
    await runContainer(running().api, { name: 'third' });
    await untilRows(window, 'Containers', 'the third shows', all => all.some(({ label }) => label === 'third'));
  });

  it('says that a hung engine does not answer, and recovers when it does', async () => {
    const { window } = ui;
    const before = (await window.rows('Containers')).map(({ label }) => label);
    running().pause();
    try {
      await untilMessage(/^The engine does not answer\. This is what it held at/);
      await untilStatus(/^Engine does not answer$/);
      await untilWelcome('Containers', /accepts connections but does not answer/);
      await untilAddress(running().socket);
    } finally {
      running().resume();
    }
    await untilRows(window, 'Containers', 'the rows are back', rows =>
      before.every(label => rows.some(row => row.label === label)),
    );
    await running().api('DELETE', '/containers/third?force=1');
    await untilRows(window, 'Containers', 'the third went', all => all.every(({ label }) => label !== 'third'));
  });

  it('says that permission was denied, and shows the rows when it is given', async () => {
    const { window } = ui;
    await running().stop();
    await running().start();
    await chmod(running().socket, 0o000);
    await window.reload();
    await window.openView('Containers', { alone: true });
    await untilWelcome('Containers', /you may not use its socket \(above\): permission denied/);
    await untilAddress(running().socket);
    assert.match(await window.welcome('Containers'), /Try Again[^]*how to get permission/);
    await chmod(running().socket, 0o600);
    await untilRows(window, 'Containers', 'the rows show', rows => rows.some(({ label }) => label === 'first'));
  });

  it('says in its place which kind a proxy before the engine does not allow to be listed', async () => {
    const { window } = ui;
    const proxy = await startProxy(running().socket);
    try {
      proxy.forbid(/^\/v[\d.]+\/volumes/);
      await writeEndpoint(proxy.host);
      await window.openView('Volumes', { alone: true });
      await untilWelcome('Volumes', /^The engine, or a proxy before it, does not allow volumes to be listed\./);
      assert.match(await window.welcome('Volumes'), /Choose another endpoint[^]*what was asked/);
      await window.screenshot('forbidden');
      const tryAgain = window.page.locator('.monaco-button', { hasText: 'Try Again' }).filter({ visible: true });
      await tryAgain.click();
      await window.notification('does not allow this to be listed');
      proxy.forbid(undefined);
      await tryAgain.click();
      await untilWelcome('Volumes', /^There are no volumes yet\./);
      await window.openView('Containers', { alone: true });
      await untilRows(window, 'Containers', 'the rows show', rows => rows.some(({ label }) => label === 'first'));
    } finally {
      await writeEndpoint(undefined);
      await proxy.dispose();
    }
  });
});
