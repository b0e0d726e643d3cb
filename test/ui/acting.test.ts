import assert from 'node:assert/strict';
import { type Api, createContainer, runContainer } from '../support/engines/rawEngine';
import { emptyPartEngine, openUi, pictureFailures, rowOf, type Ui, untilRows, untilTrue } from './setup';

const view = 'Containers';
const inspector = 'Open Container Inspector (Ctrl+Enter)';

describe('Acting on rows', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    for (const name of ['alpha', 'beta', 'gamma', 'delta']) await runContainer(api, { name });
    for (const service of ['one', 'two']) {
      const labels = { 'com.docker.compose.project': 'pair', 'com.docker.compose.service': service };
      await runContainer(api, { name: `pair-${service}`, labels });
    }
    ui = await openUi();
    await ui.window.openView(view, { alone: true });
    await untilRows(ui.window, view, 'all rows', rows => rows.length === 7);
  });

  after(() => ui.dispose());

  const untilRow = async (label: string, icon: string, words: RegExp): Promise<void> => {
    await untilRows(ui.window, view, `${label} shows ${icon} and ${words.source}`, rows =>
      rows.some(row => row.label === label && row.icon === icon && words.test(row.description)),
    );
  };

  const untilBadge = async (text: string): Promise<void> => {
    await untilTrue(`the badge says ${text}`, async () => (await ui.window.badge()) === text);
  };

  const names = async (): Promise<string[]> => {
    const list = (await api('GET', '/containers/json?all=1')) as { Names: string[] }[];
    return list.flatMap(({ Names }) => Names.map(name => name.slice(1))).sort();
  };

  it('stops and starts by the inline icons; row and badge follow', async () => {
    const { window } = ui;
    await untilBadge('6');
    assert.deepEqual(await window.hoverActions(view, 'alpha'), [
      'Open Shell',
      'Stop Container',
      'Restart Container',
      inspector,
      'Show Container Logs',
    ]);
    await window.hoverAction(view, 'alpha', 'Stop Container');
    await untilRow('alpha', 'error', /Exited \(137\) .+ ago/);
    await untilBadge('5');
    assert.deepEqual(await window.hoverActions(view, 'alpha'), ['Start Container', inspector, 'Show Container Logs']);
    await window.hoverAction(view, 'alpha', 'Start Container');
    await untilRow('alpha', 'play-circle', /Up/);
    await untilBadge('6');
  });

  it('shows a pause made from outside, and ends it by the inline icon', async () => {
    await api('POST', '/containers/beta/pause');
    await untilRow('beta', 'debug-pause', /\(Paused\)/);
    await untilBadge('5');
    await ui.window.hoverAction(view, 'beta', 'Unpause Container');
    await untilRow('beta', 'play-circle', /Up [^(]+$/);
    await untilBadge('6');
  });

  it('stops and starts a whole project', async () => {
    await untilRow('pair', 'layers', /^2\/2$/);
    await ui.window.hoverAction(view, 'pair', 'Stop Project');
    await untilRow('pair', 'layers', /^0\/2$/);
    await ui.window.hoverAction(view, 'pair', 'Start Project');
    await untilRow('pair', 'layers', /^2\/2$/);
  });

  it('renames with F2, and refuses a name that is taken', async () => {
    const { window } = ui;
    await window.select(view, 'alpha');
    await window.page.keyboard.press('F2');
    await untilTrue('the name is asked for', async () => (await window.quickInput()).value === 'alpha');
    await window.page.keyboard.type('beta');
    await untilTrue('the name is refused', async () => (await window.quickInput()).message.includes('“beta” exists'));
    await window.inputBox('aleph');
    await untilRow('aleph', 'play-circle', /Up/);
    assert.ok((await names()).includes('aleph'));
    assert.equal(rowOf(await window.rows(view), 'aleph').selected, true);
  });

  it('removes with Delete after a question that names what goes', async () => {
    const { window } = ui;
    await window.select(view, 'delta');
    await window.page.keyboard.press('Delete');
    const dialog = await window.dialog();
    assert.match(`${dialog.message}\n${dialog.detail}`, /“delta”[^]*It is running, and is stopped first/);
    assert.deepEqual(dialog.buttons.sort(), ['Cancel', 'Stop and Remove']);
    await window.dialogButton('Cancel');
    await untilTrue('the dialog closes', async () => !(await window.page.locator('.monaco-dialog-box').isVisible()));
    assert.ok((await names()).includes('delta'));
    await window.page.keyboard.press('Delete');
    await window.dialogButton('Stop and Remove');
    await untilRows(window, view, 'delta went', rows => rows.every(({ label }) => label !== 'delta'));
    assert.ok(!(await names()).includes('delta'));
  });

  it('removes several selected rows at once, and asks once', async () => {
    const { window } = ui;
    for (const name of ['old-1', 'old-2', 'old-3']) await createContainer(api, { name });
    await untilRows(window, view, 'the new rows', rows => rows.some(({ label }) => label === 'old-3'));
    await window.select(view, 'old-1', 'old-2', 'old-3');
    await window.contextMenu(view, 'old-2', 'Remove Container…');
    const dialog = await window.dialog();
    assert.match(`${dialog.message}\n${dialog.detail}`, /3 containers[^]*• old-[^]*• old-[^]*• old-/);
    await window.dialogButton('Remove');
    await untilRows(window, view, 'they went', rows => rows.every(({ label }) => !label.startsWith('old-')));
    assert.deepEqual(
      (await names()).filter(name => name.startsWith('old-')),
      [],
    );
    assert.deepEqual(
      (await window.notifications()).map(({ text }) => text),
      [],
    );
  });

  it('keeps selection and open rows when other rows are renamed, come and go by the dozen', async () => {
    const { window } = ui;
    await window.expand(view, 'aleph');
    await window.select(view, 'beta', 'gamma');
    await api('POST', '/containers/pair-one/rename?name=pair-uno');
    await untilRows(window, view, 'the rename shows', rows => rows.some(({ label }) => label === 'pair-uno'));
    const burst = Array.from({ length: 25 }, (_, index) => `burst-${index + 1}`);
    await Promise.all(burst.map(name => createContainer(api, { name })));
    await untilRows(window, view, 'all came', rows => burst.every(name => rows.some(({ label }) => label === name)));
    await Promise.all(burst.map(name => api('DELETE', `/containers/${name}?force=1`)));
    const rows = await untilRows(window, view, 'all went', all => all.every(({ label }) => !label.startsWith('burst')));
    const selected = rows.filter(row => row.selected).map(({ label }) => label);
    assert.deepEqual(selected, ['beta', 'gamma']);
    assert.equal(rowOf(rows, 'aleph').expanded, true);
    assert.equal(rowOf(rows, 'beta').expanded, true, 'the click that selected it opened it');
    assert.equal(rowOf(rows, 'gamma').expanded, false);
  });

  it('offers in the context menu only what fits the state', async () => {
    const { window } = ui;
    await createContainer(api, { name: 'fresh' });
    await untilRows(window, view, 'it shows', rows => rows.some(({ label }) => label === 'fresh'));
    const fresh = await window.contextMenuItems(view, 'fresh');
    const running = await window.contextMenuItems(view, 'beta');
    assert.ok(fresh.includes('Start Container') && !fresh.includes('Stop Container'), fresh.join(', '));
    assert.ok(running.includes('Stop Container') && !running.includes('Start Container'), running.join(', '));
  });
});
