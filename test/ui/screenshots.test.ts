import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Api, createContainer, removeEverything, runContainer } from '../support/engines/rawEngine';
import { fillSample, sampleContainers } from './sample';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from './setup';
import { setTheme, themes } from './themes';

/** Pictures for people to look at, in out/screenshots; what is asserted is that there is something to see. */
describe('Pictures', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    await fillSample(api);
    const settings = { 'workbench.colorTheme': themes.dark.theme, 'workbench.reduceMotion': 'on' };
    ui = await openUi({ settings, size: { width: 1280, height: 840 } });
    await ui.window.openView('Containers');
  });

  after(() => ui.dispose());

  const widenSideBar = async (width: number): Promise<void> => {
    const { page } = ui.window;
    const box = await page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width, 500);
    await page.mouse.down();
    await page.mouse.move(box.x + width, 500, { steps: 5 });
    await page.mouse.up();
  };

  /** Without the pointer's move of `screenshot`, which would take a tooltip or a menu away. */
  const pictureAsIs = (name: string): Promise<Buffer> =>
    ui.window.page.screenshot({ path: join('out', 'screenshots', `${name}.png`) });

  for (const [name, theme] of Object.entries(themes)) {
    it(`of all views: ${name}`, async () => {
      const { window } = ui;
      await setTheme(ui, theme);
      await widenSideBar(430);
      for (const view of ['Images', 'Networks', 'Volumes', 'Containers']) await window.openView(view);
      await untilRows(window, 'Containers', 'all show', rows => rows.length >= sampleContainers.length);
      await window.expand('Containers', 'shop-web-1');
      await window.expand('Images', 'nginx');
      await window.expand('Networks', 'shop_default');
      await window.expand('Volumes', 'shop_data');
      await window.page.locator('.monaco-list-row', { hasText: '10.77.0.10' }).first().waitFor();
      await window.screenshot(`views-${name}`);
    });

    it(`of a tooltip, menus, a quick pick and a dialog: ${name}`, async () => {
      const { window } = ui;
      await untilTrue('the tooltip tells the ports', async () => {
        const tooltip = await window.tooltip('Containers', 'shop-web-1');
        const text = await tooltip.innerText({ timeout: 1_000 }).catch(() => ''); // It goes when its row is drawn anew.
        return text.includes('Ports');
      });
      await pictureAsIs(`tooltip-${name}`);
      for (const [label, what] of [
        ['shop-web-1', 'container'],
        ['shop', 'project'],
      ] as const) {
        await window.expand('Containers', label);
        await window.row('Containers', label).click({ button: 'right' });
        await window.page.locator('.monaco-menu .action-item').first().waitFor();
        await pictureAsIs(`menu-${what}-${name}`);
        await window.page.keyboard.press('Escape');
      }
      await window.command('quayside.container.stop');
      await untilTrue('the pick shows', async () => (await window.quickPickEntries()).length >= 3);
      await pictureAsIs(`pick-${name}`);
      await window.page.keyboard.press('Escape');
      await window.select('Containers', 'cache', 'migrate', 'scratchpad');
      await window.contextMenu('Containers', 'migrate', 'Remove Container…');
      await window.dialog();
      await pictureAsIs(`dialog-${name}`);
      await window.dialogButton('Cancel');
      await window.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
    });
  }

  it('of a narrow side bar with long names', async () => {
    const { window } = ui;
    await setTheme(ui, themes.dark);
    const long = 'a-container-with-a-name-that-is-longer-than-any-side-bar-is-wide';
    await runContainer(api, { name: long });
    await untilRows(window, 'Containers', 'it shows', rows => rows.some(({ label }) => label === long));
    await widenSideBar(320);
    await window.page.mouse.move(900, 500);
    await window.row('Containers', 'cache').hover();
    await pictureAsIs('narrow');
    await api('DELETE', `/containers/${long}?force=1`);
  });

  it('of very many containers, all of them within reach', async () => {
    const { window } = ui;
    const count = process.env['QUAYSIDE_SOAK'] === '1' ? 1_000 : 60;
    const many = Array.from({ length: count }, (_, index) => `many-${index + 1}`);
    for (let begin = 0; begin < count; begin += 25) {
      await Promise.all(many.slice(begin, begin + 25).map(name => createContainer(api, { name })));
    }
    await window.openView('Containers', { alone: true });
    await window.screenshot('many');
    await untilRows(window, 'Containers', 'all show', rows => {
      const labels = new Set(rows.map(({ label }) => label));
      return many.every(name => labels.has(name));
    });
    await window.select('Containers', `many-${count}`);
    await window.screenshot('many-end');
    await removeEverything(api);
    for (const view of ['Volumes', 'Networks', 'Images', 'Containers']) await window.openView(view);
  }).timeout(600_000);

  it('of an empty engine and of a filter without matches', async () => {
    const { window } = ui;
    await window.viewAction('Containers', 'Filter Containers…');
    await window.inputBox('nothing');
    await window.viewAction('Images', 'Filter Images…');
    await window.inputBox('nothing');
    await untilTrue('it says so', async () => (await window.welcome('Images')).startsWith('Nothing matches'));
    await window.screenshot('welcome-filtered');
    await window.viewAction('Images', 'Clear the Filter of Images');
    await window.viewAction('Containers', 'Clear the Filter of Containers');
    await emptyPartEngine();
    await untilTrue('it says so', async () =>
      (await window.welcome('Containers')).startsWith('There are no containers'),
    );
    await window.screenshot('welcome-empty');
  });
});
