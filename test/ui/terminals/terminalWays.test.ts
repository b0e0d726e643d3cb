import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import { loadShellless } from '../../support/engines/shellless';
import { run } from '../../support/processes';
import { openUi, pictureFailures, type Ui, untilRows, untilTrue } from '../setup';
import { PanelTerminal, readable } from './panelTerminal';

const view = 'Containers';

describe('Terminals of containers', () => {
  let engine: TestEngine;
  let ui: Ui;
  let id: string;
  const terminal = new PanelTerminal(() => ui.window);

  pictureFailures(() => ui);

  before(async () => {
    engine = await startEngine();
    await engine.loadBusybox();
    id = await runContainer(engine.api, { name: 'box', command: ['sh', '-c', 'echo a line; sleep 1000000'] });
    ui = await openUi({
      env: { DOCKER_HOST: engine.host },
      settings: {
        ...readable,
        'quayside.logs.location': 'panel',
      },
    });
    await ui.window.openView(view, { alone: true });
    await untilRows(ui.window, view, 'the container shows', rows => rows.some(({ label }) => label === 'box'));
  });

  after(async () => {
    await ui.dispose();
    await engine.dispose();
  });

  /** Each test begins without terminals, and leaves none of its processes behind. */
  afterEach(() => noTerminals());

  const noTerminals = async (): Promise<void> => {
    await ui.window.command('Terminal: Kill All Terminals');
    await ui.window.page.locator('.xterm').first().waitFor({ state: 'detached' });
  };

  const openShell = async (): Promise<void> => {
    await ui.window.hoverAction(view, 'box', 'Open Shell');
    await terminal.prompts();
  };

  it('are among VS Code’s own profiles: a shell in a container that is asked for', async () => {
    await untilTrue('the profile is offered', profileIsOffered);
    await ui.window.quickPick('Container Shell');
    await ui.window.quickPick('box');
    await terminal.prompts();
    await terminal.line('echo $((6*7)) of $(hostname)');
    await terminal.shows(new RegExp(`^42 of ${id.slice(0, 12)}$`, 'm'));
  });

  it('offer what works from that profile too, where the container has no shell', async () => {
    await loadShellless(engine.api, 'shellless');
    await runContainer(engine.api, { name: 'bare', image: 'shellless', command: ['/sleep', '1000000'] });
    await untilRows(ui.window, view, 'it shows', rows => rows.some(({ label }) => label === 'bare'));
    await untilTrue('the profile is offered', profileIsOffered);
    await ui.window.quickPick('Container Shell');
    await ui.window.quickPick('bare');
    const { text, buttons } = await ui.window.notification('“bare” has no shell');
    assert.match(text, /executable file not found/);
    assert.deepEqual(buttons, ['Show Logs', 'Attach']);
    await ui.window.notificationButton('“bare” has no shell', 'Attach');
    await terminal.shows(/Attached to “bare”/);
    await engine.api('DELETE', '/containers/bare?force=1');
  });

  /** VS Code looks for profiles with its first terminal: before that its list of them is empty, and stays so. */
  const profileIsOffered = async (): Promise<boolean> => {
    const { page } = ui.window;
    await ui.window.command('Terminal: Create New Terminal');
    await page.locator('.panel .xterm-rows').waitFor();
    await noTerminals();
    await ui.window.command('Create New Terminal (With Profile)');
    const profile = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Container Shell' });
    const isOffered = await profile.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (!isOffered) await page.keyboard.press('Escape');
    return isOffered;
  };

  it('show logs in the panel where the setting wants that', async () => {
    await ui.window.hoverAction(view, 'box', 'Show Container Logs');
    await terminal.shows(/^── box[^]*^a line$/m);
  });

  it('leave a paste of several lines to the program until Enter, where it asks for that', async () => {
    await addBash(engine, 'box');
    await openShell();
    await terminal.line('echo $BASH_VERSION');
    await terminal.shows(/^\d+\.\d+/m);
    await terminal.paste('echo one $((1+1))\necho two $((2+2))\n');
    await terminal.shows(/echo two \$\(\(2\+2\)\)/);
    const before = await terminal.screen();
    assert.ok(!before.includes('one 2'), before);
    await ui.window.page.keyboard.press('Enter');
    await terminal.shows(/^one 2\s+two 4$/m);
  });

  it('say that the engine went, and open a new shell on Enter once the container runs again', async () => {
    await openShell();
    await engine.stop();
    await terminal.shows(/(The connection was lost|has stopped)[^]*Press Enter to open a new shell/);
    await terminal.line('');
    await terminal.shows(/Could not open a shell in “box”/);
    await engine.start();
    await engine.api('POST', `/containers/${id}/start`);
    await untilRows(ui.window, view, 'it runs', rows => rows.some(row => row.description.includes('Up ')));
    await terminal.line('');
    await terminal.prompts();
    await terminal.line('echo $((6*7))');
    await terminal.shows(/^42$/m);
  });
});

/** Puts this machine's bash into a container, with the libraries and the terminal's description that it needs. */
async function addBash(engine: TestEngine, container: string): Promise<void> {
  const libraries = (await run('ldd', ['/bin/bash'])).match(/\/\S+/g) ?? [];
  for (const path of ['/bin/bash', '/lib/terminfo/x/xterm', ...libraries]) {
    await engine.docker('exec', container, 'mkdir', '-p', posix.dirname(path));
    await engine.docker('cp', '-L', path, `${container}:${path}`);
  }
}
