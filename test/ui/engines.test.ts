import assert from 'node:assert/strict';
import { removeContext, writeContext, writeContextFile } from '../support/engines/dockerContexts';
import { startEngine, type TestEngine } from '../support/engines/engine';
import { type Api, runContainer } from '../support/engines/rawEngine';
import { temporaryFolder } from '../support/temporaryFolder';
import { emptyPartEngine, openUi, outline, pictureFailures, rowOf, type Ui, untilRows, untilTrue } from './setup';
import { setTheme, themes } from './themes';

const view = 'Engines';

describe('The Engines view', () => {
  const folder = temporaryFolder('contexts');
  let docker: Api;
  let podman: TestEngine;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    docker = await emptyPartEngine();
    podman = await startEngine({ version: 'podman' });
    await podman.loadBusybox();
    for (const name of ['web', 'docker-only']) await runContainer(docker, { name });
    for (const name of ['web', 'podman-only']) await runContainer(podman.api, { name });
    await writeContext(folder.path, 'pod', podman.host);
    await writeContext(folder.path, 'away', 'unix:///nowhere/at-all.sock');
    await writeContextFile(folder.path, 'lost', '{ "Name": "lost", ');
    const settings = { 'workbench.colorTheme': themes.dark.theme };
    ui = await openUi({ env: { DOCKER_CONFIG: folder.path }, settings, size: { width: 1280, height: 840 } });
    await ui.window.openView(view, { alone: true });
  });

  after(async () => {
    await ui.dispose();
    await podman.dispose();
    folder.remove();
  });

  const partName = 'DOCKER_HOST';

  const untilRow = async (label: string, icon: string, words: RegExp): Promise<void> => {
    await untilRows(ui.window, view, `${label} shows ${icon} and ${words.source}`, rows =>
      rows.some(row => row.label === label && row.icon === icon && words.test(row.description)),
    );
  };

  const untilStatus = async (text: RegExp): Promise<void> => {
    await untilTrue(`the status bar says ${text.source}`, async () =>
      (await ui.window.statusBar()).some(item => text.test(item)),
    );
  };

  const containers = async (): Promise<string[]> => (await ui.window.rows('Containers')).map(({ label }) => label);

  it('lists every engine that is known, the one in use first, broken contexts with the reason', async () => {
    await untilRow(partName, 'vm-active', /^in use · 2 running · Docker 20\.10\.\d+ · unix:/);
    const rows = await untilRows(ui.window, view, 'all show', all =>
      ['pod', 'away'].every(name => all.some(({ label }) => label === name)),
    );
    assert.equal(rows[0]?.label, partName);
    assert.deepEqual(
      ['pod', 'away'].map(name => rowOf(rows, name).icon),
      ['vm-outline', 'vm-outline'],
    );
    const lost = rows.find(({ icon }) => icon === 'warning');
    assert.match(lost?.description ?? '', /^cannot be used · The docker context is not JSON$/);
  });

  it('shows what the engine in use tells of itself', async () => {
    await ui.window.expand(view, partName);
    const rows = await untilRows(ui.window, view, 'its facts show', all =>
      outline(all).some(line => line.startsWith('  Platform | linux/')),
    );
    const lines = outline(rows);
    assert(lines.some(line => /^ {2}Version \| Docker 20\.10\.\d+ · API 1\.41$/.test(line)));
    assert(lines.includes('  Containers | 2 of 2 running'));
    assert(lines.includes('  Images | 1'));
    await ui.window.expand(view, 'Disk Use');
    await untilRows(ui.window, view, 'its disk use shows', all =>
      all.some(
        ({ level, label, description }) => level === 3 && label === 'Containers' && description.includes('2 in all'),
      ),
    );
  });

  it('connects to another engine while its row is opened, and tells how many containers run there', async () => {
    await ui.window.expand(view, 'pod');
    await untilRow('pod', 'vm-running', /^2 running · Podman 4\.\d\.\d+ · unix:/);
    await podman.api('POST', '/containers/podman-only/kill');
    await untilRow('pod', 'vm-running', /^1 running/);
    await ui.window.expand(view, 'away');
    await untilRow('away', 'debug-disconnect', /does not answer/);
    await untilRows(ui.window, view, 'the cause shows', rows => rows.some(({ label }) => label.includes('ENOENT')));
    for (const name of ['light', 'dark'] as const) {
      await setTheme(ui, themes[name]);
      await ui.window.screenshot(`engines-${name}`);
    }
    await ui.window.expand(view, 'pod', false);
    await untilRow('pod', 'vm-outline', /^unix:/);
  });

  it('follows a row that is opened and closed while all rows are drawn anew', async () => {
    const { window } = ui;
    const coming = new AbortController();
    const comesAndGoes = (async () => {
      while (!coming.signal.aborted) {
        await writeContext(folder.path, 'coming', 'tcp://127.0.0.1:1');
        await untilRows(window, view, 'it came', rows => rows.some(({ label }) => label === 'coming'));
        await removeContext(folder.path, 'coming');
        await untilRows(window, view, 'it went', rows => rows.every(({ label }) => label !== 'coming'));
      }
    })();
    for (let round = 0; round < 10; round++) {
      await window.expand(view, 'away');
      await untilRow('away', 'debug-disconnect', /does not answer/);
      await window.expand(view, 'away', false);
      await untilRow('away', 'vm-outline', /^unix:/);
    }
    coming.abort();
    await comesAndGoes;
  });

  it('switches with a click; no row of one engine stands among those of the other', async () => {
    const { window } = ui;
    await window.row(view, 'pod').click();
    await untilRow('pod', 'vm-active', /^in use · 1 running · Podman/);
    await untilStatus(/^Podman 4\.\d\.\d+ · 1 running$/);
    assert.equal((await window.rows(view))[0]?.label, 'pod');
    await window.openView('Containers');
    await untilRows(window, 'Containers', 'Podman’s rows', rows => rows.some(({ label }) => label === 'podman-only'));
    assert.deepEqual((await containers()).sort(), ['podman-only', 'web']);
    await window.hoverAction('Containers', 'podman-only', 'Start Container');
    await untilStatus(/^Podman 4\.\d\.\d+ · 2 running$/);
  });

  it('switches back from the status bar', async () => {
    const { window } = ui;
    await window.page.locator('.statusbar-item', { hasText: 'Podman' }).first().click();
    await untilTrue('the engines are offered', async () => (await window.quickPickEntries()).length > 5);
    await window.screenshot('engines-pick-dark');
    await window.quickPick(partName);
    await untilStatus(/^Docker 20\.10\.\d+ · 2 running$/);
    await untilRows(window, 'Containers', 'Docker’s rows', rows => rows.some(({ label }) => label === 'docker-only'));
    assert.deepEqual((await containers()).sort(), ['docker-only', 'web']);
  });

  it('follows docker’s contexts as they change on disk', async () => {
    await ui.window.openView(view, { alone: true });
    await writeContext(folder.path, 'another', 'ssh://ada@build');
    await untilRows(ui.window, view, 'the new context shows', rows => rows.some(({ label }) => label === 'another'));
  });
});
