import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { runContainer, type Api } from '../support/rawEngine';
import { assertAccessible, assertNoSidewaysScrolling } from './inspector/checks';
import { emptyPartEngine, openUi, pictureFailures, untilRows, untilTrue, type Ui } from './setup';
import { setTheme, themes } from './themes';

/** What is inspected, by the view in which its row stands. */
const objects = {
  Containers: { row: 'web', verb: 'Container', heading: 'web' },
  Networks: { row: 'shop', verb: 'Network', heading: 'shop' },
  Volumes: { row: 'data', verb: 'Volume', heading: 'data' },
} as const;

describe('The inspector', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    await api('POST', '/networks/create', { Name: 'shop' });
    await api('POST', '/volumes/create', { Name: 'data' });
    await runContainer(api, {
      name: 'web',
      labels: { owner: 'ann' },
      host: { NetworkMode: 'shop', Binds: ['data:/data'] },
      extra: { Env: ['MODE=test', 'API_TOKEN=hunter2'] },
    });
    const settings = { 'workbench.colorTheme': themes.dark.theme, 'workbench.reduceMotion': 'on' };
    ui = await openUi({ settings, size: { width: 1540, height: 900 } });
    await ui.window.openView('Containers');
  });

  after(() => ui.dispose());

  /** The page within VS Code's frames whose heading is this. */
  const frameOf = async (heading: string): Promise<Frame> => {
    let found: Frame | undefined;
    await untilTrue(`the inspector of ${heading} shows`, async () => {
      for (const frame of ui.window.page.frames()) {
        const text = await frame
          .evaluate<string>(
            "document.visibilityState === 'visible' ? document.querySelector('h1')?.textContent ?? '' : ''",
          )
          .catch(() => '');
        if (text.startsWith(heading)) found = frame;
      }
      return found !== undefined;
    });
    assert(found);
    return found;
  };
  const showTab = async (frame: Frame, tab: string): Promise<void> => {
    await frame.locator(`#tab-${tab}`).click();
    await frame.locator(`#panel-${tab} > :not(vscode-progress-ring)`).first().waitFor();
  };
  const tabsOf = (frame: Frame): Promise<string[]> =>
    frame.evaluate<string[]>("[...document.querySelectorAll('[role=tab]')].map(tab => tab.id.replace('tab-', ''))");
  const closeEditors = (): Promise<void> => ui.window.command('View: Close All Editors');

  for (const [view, { row, verb, heading }] of Object.entries(objects)) {
    it(`opens from a row of ${view} and shows each of its tabs`, async () => {
      const { window } = ui;
      await window.openView(view, { alone: true });
      await untilRows(window, view, 'the row shows', rows => rows.some(({ label }) => label === row));
      await window.contextMenu(view, row, `Open ${verb} Inspector`);
      const frame = await frameOf(heading);
      for (const tab of await tabsOf(frame)) {
        await showTab(frame, tab);
        await assertNoSidewaysScrolling(frame);
        await assertAccessible(frame);
        await window.screenshot(`inspector-${verb.toLowerCase()}-${tab}`);
      }
      await closeEditors();
    });
  }

  it('is walked through by keys alone, to copying a value', async () => {
    const { window } = ui;
    await window.openView('Containers', { alone: true });
    await window.contextMenu('Containers', 'web', 'Open Container Inspector');
    const frame = await frameOf('web');
    await frame.locator('[role=tab][aria-selected=true]').focus();
    await window.page.keyboard.press('Home');
    const environment = (await tabsOf(frame)).indexOf('environment');
    for (let step = 0; step < environment; step++) await window.page.keyboard.press('ArrowRight');
    await frame.locator('.variable').first().waitFor();
    const focused = (): Promise<string> => frame.evaluate("document.activeElement.getAttribute('aria-label') ?? ''");
    for (let step = 0; step < 20 && (await focused()) !== 'Copy API_TOKEN'; step++) {
      await window.page.keyboard.press('Tab');
    }
    await window.page.keyboard.press('Enter');
    await untilTrue(
      'it is copied',
      async () => (await window.page.evaluate('navigator.clipboard.readText()')) === 'hunter2',
    );
    assert.doesNotMatch(await frame.locator('main').innerText(), /hunter2/);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`follows the theme, wide and 320 px narrow: ${name}`, async () => {
      const { window } = ui;
      const frame = await frameOf('web');
      await setTheme(ui, theme);
      for (const width of [1540, 640]) {
        await window.page.setViewportSize({ width, height: 900 });
        for (const tab of ['stats', 'overview']) {
          await showTab(frame, tab);
          await assertNoSidewaysScrolling(frame);
          await window.screenshot(`inspector-${tab}-${name}-${width}`);
        }
        await assertAccessible(frame);
      }
      await window.page.setViewportSize({ width: 1540, height: 900 });
    });
  }
});
