import assert from 'node:assert/strict';
import { type Api, runContainer } from '../support/engines/rawEngine';
import { fillSample, sampleContainers } from './sample';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilOutline, untilRows, untilTrue } from './setup';

describe('A view', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    await fillSample(api);
    ui = await openUi();
    await ui.window.openView('Containers', { alone: true });
    await untilOutline(ui.window, 'Containers', sampleContainers);
  });

  after(() => ui.dispose());

  const labelsOf = async (view: string): Promise<string[]> => (await ui.window.rows(view)).map(({ label }) => label);
  const untilLabels = async (view: string, labels: readonly string[]): Promise<void> => {
    await untilRows(
      ui.window,
      view,
      `${view} shows ${labels.join(', ')}`,
      rows => rows.map(({ label }) => label).join('\n') === labels.join('\n'),
    );
  };

  it('filters while a person types, and goes back to what was when they leave', async () => {
    const { window } = ui;
    await window.viewAction('Containers', 'Filter Containers…');
    await untilTrue('the input box opens', async () => (await window.quickInput()).title === 'Filter');
    await window.page.keyboard.type('SHOP-');
    await untilLabels('Containers', ['shop', 'shop-db-1', 'shop-mailer-1', 'shop-web-1']);
    await window.page.keyboard.type('db');
    await untilLabels('Containers', ['shop', 'shop-db-1']);
    await window.page.keyboard.press('Escape');
    await untilOutline(window, 'Containers', sampleContainers);
  });

  it('says that nothing matches, shows the filter beside its title, and clears it', async () => {
    const { window } = ui;
    await window.viewAction('Containers', 'Filter Containers…');
    await window.inputBox('nothing like it');
    await untilTrue('the welcome view says so', async () =>
      (await window.welcome('Containers')).startsWith('Nothing matches the filter.'),
    );
    const title = window.page.locator('.part.sidebar .pane-header').first();
    assert.match(await title.innerText(), /“nothing like it”/);
    await window.viewAction('Containers', 'Clear the Filter of Containers');
    await untilOutline(window, 'Containers', sampleContainers);
    assert.doesNotMatch(await title.innerText(), /“/);
  });

  it('shows a new row only when it matches the filter', async () => {
    const { window } = ui;
    await window.viewAction('Containers', 'Filter Containers…');
    await window.inputBox('mi');
    await untilLabels('Containers', ['migrate']);
    await runContainer(api, { name: 'other' });
    await runContainer(api, { name: 'mint' });
    await untilLabels('Containers', ['migrate', 'mint']);
    await api('POST', '/containers/other/rename?name=thermite');
    await untilLabels('Containers', ['migrate', 'mint', 'thermite']);
    for (const name of ['thermite', 'mint']) await api('DELETE', `/containers/${name}?force=1`);
    await untilLabels('Containers', ['migrate']);
    await window.viewAction('Containers', 'Clear the Filter of Containers');
    await untilOutline(window, 'Containers', sampleContainers);
  });

  it('keeps filter, order, grouping and hidden rows when the window is loaded again', async () => {
    const { window } = ui;
    await window.viewAction('Containers', 'Hide Stopped Containers');
    await untilLabels('Containers', ['shop', 'shop-db-1', 'shop-web-1', 'cache', 'importer']);
    await window.viewAction('Containers', 'Sort Containers…');
    await window.quickPick('Image');
    await window.viewAction('Containers', 'Group Containers By…');
    await window.quickPick('No groups');
    await window.viewAction('Containers', 'Filter Containers…');
    await window.inputBox('e');
    const kept = ['cache', 'importer', 'shop-web-1', 'shop-db-1'];
    await untilLabels('Containers', kept);
    await window.openView('Images', { alone: true });
    await window.viewAction('Images', 'Filter Images…');
    await window.inputBox('nginx');
    await untilLabels('Images', ['nginx']);

    await window.reload();
    await window.openView('Images', { alone: true });
    await untilLabels('Images', ['nginx']);
    await window.openView('Containers', { alone: true });
    await untilLabels('Containers', kept);

    await window.viewAction('Containers', 'Clear the Filter of Containers');
    await window.viewAction('Containers', 'Show Stopped Containers');
    await window.viewAction('Containers', 'Sort Containers…');
    await window.quickPick('Name');
    await window.viewAction('Containers', 'Group Containers By…');
    await window.quickPick('Compose project');
    await untilOutline(window, 'Containers', sampleContainers);
  });

  it('sorts by what a person chooses', async () => {
    const { window } = ui;
    const list = (await api('GET', '/containers/json?all=1')) as { Names: string[]; Created: number }[];
    const created = (name: string): number => list.find(({ Names }) => Names.includes(`/${name}`))?.Created ?? 0;
    const loose = ['cache', 'importer', 'migrate', 'scratchpad'];
    const orders: Record<string, readonly string[]> = {
      'State, running first': ['cache', 'importer', 'scratchpad', 'migrate'],
      'Created, newest first': loose.toSorted((a, b) => created(b) - created(a) || a.localeCompare(b)),
      Name: loose,
    };
    for (const [order, expected] of Object.entries(orders)) {
      await window.viewAction('Containers', 'Sort Containers…');
      await window.quickPick(order);
      await untilTrue(
        `sorted by ${order}`,
        async () => (await labelsOf('Containers')).slice(4).join() === expected.join(),
      );
    }
  });

  it('says that nothing runs when all that is there is hidden', async () => {
    const { window } = ui;
    await api('POST', '/containers/importer/unpause');
    for (const name of ['shop-web-1', 'shop-db-1', 'cache', 'importer']) {
      await api('POST', `/containers/${name}/kill`);
    }
    await window.viewAction('Containers', 'Hide Stopped Containers');
    await untilTrue('the welcome view says so', async () =>
      (await window.welcome('Containers')).startsWith('No container is running.'),
    );
    assert.equal(await window.badge(), '');
    await window.page.getByRole('button', { name: 'Show Stopped Containers' }).last().click();
    await untilRows(window, 'Containers', 'all rows', rows => rows.length === sampleContainers.length);
  });
});
