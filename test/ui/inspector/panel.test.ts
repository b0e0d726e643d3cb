import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { type Api, runContainer } from '../../support/engines/rawEngine';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from '../setup';
import { setTheme, themes } from '../themes';
import { assertAccessible, assertNoSidewaysScrolling } from './checks';
import { panelOf, setPanelWidth, showTab, stateIsKept, tabShows, tabsOf } from './panel';

/** What is inspected, by the view in which its row stands. */
const objects = {
  Containers: { row: 'web', verb: 'Container', heading: 'web' },
  Images: { group: 'busybox', row: 'latest', verb: 'Image', heading: 'busybox:latest' },
  Networks: { row: 'shop', verb: 'Network', heading: 'shop' },
  Volumes: { row: 'data', verb: 'Volume', heading: 'data' },
} as const;

const wide = { width: 1540, height: 900 };
/** What is left of a window at twice its size. */
const zoomed = { width: 770, height: 450 };

/** How a panel is looked at: in the soak each width in each theme. */
const looks = [
  { theme: 'dark', width: 1200, rules: 'all', always: true },
  { theme: 'dark', width: 320, rules: 'all', always: false },
  { theme: 'light', width: 1200, rules: 'all', always: false },
  { theme: 'light', width: 320, rules: 'colours', always: true },
  { theme: 'contrast', width: 1200, rules: 'colours', always: true },
  { theme: 'contrast', width: 320, rules: 'all', always: false },
] as const;
const soak = process.env['QUAYSIDE_SOAK'] !== undefined;

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
      host: {
        NetworkMode: 'shop',
        Binds: ['data:/data', '/tmp:/work:ro'],
        Tmpfs: { '/run': 'rw,size=65536k' },
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18080' }] },
      },
      extra: { Env: ['MODE=test', 'API_TOKEN=hunter2'], ExposedPorts: { '80/tcp': {} } },
    });
    const settings = { 'workbench.colorTheme': themes.dark.theme, 'workbench.reduceMotion': 'on' };
    ui = await openUi({ settings, size: wide });
    await ui.window.openView('Containers');
  });

  after(() => ui.dispose());

  const open = async (view: keyof typeof objects): Promise<Frame> => {
    const { window } = ui;
    const { row, verb, heading, ...place } = objects[view];
    await window.openView(view, { alone: true });
    if ('group' in place) await window.expand(view, place.group);
    await untilRows(window, view, 'the row shows', rows => rows.some(({ label }) => label === row));
    await window.contextMenu(view, row, `Open ${verb} Inspector`);
    return panelOf(ui, heading);
  };
  const closeEditors = (): Promise<void> => ui.window.command('View: Close All Editors');

  for (const view of ['Containers', 'Images', 'Networks', 'Volumes'] as const) {
    it(`opens from a row of ${view} and shows each of its tabs, in several themes, wide and 320 px narrow`, async () => {
      const { window } = ui;
      const panel = await open(view);
      for (const { theme, width, rules } of looks.filter(({ always }) => soak || always)) {
        await setTheme(ui, themes[theme]);
        await setPanelWidth(ui, panel, width, wide.height);
        for (const tab of await tabsOf(panel)) {
          await showTab(panel, tab);
          await assertNoSidewaysScrolling(panel);
          await assertAccessible(panel, rules);
          await window.screenshot(`inspector-${view.toLowerCase()}-${tab}-${theme}-${width}`);
        }
      }
      await setTheme(ui, themes.dark);
      await window.page.setViewportSize(wide);
      await closeEditors();
    });
  }

  it('is read at 200 % zoom', async () => {
    const { window } = ui;
    const panel = await open('Containers');
    await window.page.setViewportSize(zoomed);
    for (const tab of await tabsOf(panel)) {
      await showTab(panel, tab);
      await assertNoSidewaysScrolling(panel);
      await window.screenshot(`inspector-zoomed-${tab}`);
    }
    await window.page.setViewportSize(wide);
    await closeEditors();
  });

  it('is walked through by keys alone, to copying a value', async () => {
    const { window } = ui;
    const { keyboard } = window.page;
    await keyboard.press('F1');
    await keyboard.type('Quayside: Open Container Inspector');
    await keyboard.press('Enter');
    await untilTrue('it asks for a container', async () =>
      (await window.quickPickEntries()).some(({ label }) => label === 'web'),
    );
    await keyboard.press('Enter');
    const panel = await panelOf(ui, 'web');
    const onTab = (): Promise<boolean> => panel.evaluate("document.activeElement?.matches('[role=tab]') ?? false");
    for (let step = 0; step < 30 && !(await onTab()); step++) await keyboard.press('Tab');
    assert.ok(await onTab(), 'Tab leads to the tabs');
    await keyboard.press('Home');
    const environment = (await tabsOf(panel)).indexOf('environment');
    for (let step = 0; step < environment; step++) await keyboard.press('ArrowRight');
    await panel.locator('.variable').first().waitFor();
    const focused = (): Promise<string> => panel.evaluate("document.activeElement.getAttribute('aria-label') ?? ''");
    for (let step = 0; step < 20 && (await focused()) !== 'Copy API_TOKEN'; step++) {
      await keyboard.press('Tab');
    }
    await keyboard.press('Enter');
    await untilTrue(
      'it is copied',
      async () => (await window.page.evaluate('navigator.clipboard.readText()')) === 'hunter2',
    );
    assert.doesNotMatch(await panel.locator('main').innerText(), /hunter2/);
    await closeEditors();
  });

  it('comes back after the window was loaded again, as it was and live', async () => {
    const { window } = ui;
    const before = await open('Containers');
    await showTab(before, 'environment');
    await filterVariables(before, 'MODE');
    await window.reload();
    await comesBack('MODE');
    await filterVariables(await panelOf(ui, 'web'), 'TOKEN');
    await stateIsKept(ui, '"search":"TOKEN"');
    await window.page.reload();
    const panel = await comesBack('TOKEN');
    await api('POST', '/containers/web/pause');
    await panel.locator('.head', { hasText: 'Paused' }).waitFor();
    await api('POST', '/containers/web/unpause');
    await closeEditors();
  });

  const filterVariables = async (panel: Frame, text: string): Promise<void> => {
    await panel.locator('#panel-environment input').fill(text);
    await untilTrue('one fits', async () => (await panel.locator('.variable').count()) === 1);
  };
  /** With the tab that it showed, filtered as it was. */
  const comesBack = async (filter: string): Promise<Frame> => {
    await ui.window.row('Containers', 'web').waitFor({ timeout: 60_000 });
    const panel = await panelOf(ui, 'web');
    await tabShows(panel, 'environment');
    assert.equal(await panel.locator('#panel-environment input').inputValue(), filter);
    assert.equal(await panel.locator('.variable').count(), 1);
    return panel;
  };
});
