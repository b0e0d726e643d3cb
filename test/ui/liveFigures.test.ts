import assert from 'node:assert/strict';
import { type EngineProxy, startProxy } from '../support/engines/proxy';
import { runContainer } from '../support/engines/rawEngine';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from './setup';

const view = 'Containers';
const figures = /^\d+\.\d\d% · [\d.]+[KM]iB · busybox:latest/;
/** So soon after nobody looks at it any more a stream has ended. */
const endsWithin = 2_000;

describe('Live figures in the Containers view', () => {
  let proxy: EngineProxy;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    const api = await emptyPartEngine();
    proxy = await startProxy(process.env['QUAYSIDE_TEST_SOCKET'] ?? '');
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    await runContainer(api, { name: 'shop-web', labels });
    await runContainer(api, { name: 'alone' });
    await runContainer(api, { name: 'ended', command: ['true'] });
    ui = await openUi({ env: { DOCKER_HOST: proxy.host } });
    await ui.window.openView(view, { alone: true });
    await untilRows(ui.window, view, 'all rows', rows => rows.length === 4);
  });

  after(async () => {
    await ui.dispose();
    await proxy.dispose();
  });

  const asked = (): EngineProxy['requests'] => proxy.requests.filter(({ path }) => path.includes('/stats'));
  const open = (): number => asked().filter(({ ended }) => ended === undefined).length;
  const untilFigures = async (...labels: string[]): Promise<void> => {
    await untilRows(ui.window, view, `figures of ${labels.join(', ')} and of no other`, rows =>
      rows.every(({ label, description }) => figures.test(description) === labels.includes(label)),
    );
  };
  /** Waits until no more streams are open than these, and looks how long the others took to end. */
  const untilEnded = async (left: number, since: number): Promise<void> => {
    await untilTrue(`${left} streams are open`, () => Promise.resolve(open() === left));
    const last = Math.max(...asked().map(({ ended = 0 }) => ended));
    assert.ok(last - since <= endsWithin, `The last ended after ${last - since} ms`);
  };

  it('are not asked for before they are wanted, and then of each running container once', async () => {
    assert.equal(asked().length, 0);
    await ui.window.viewAction(view, 'Show Live Figures');
    await untilFigures('shop-web', 'alone');
    assert.deepEqual([asked().length, open()], [2, 2]);
  });

  it('end for the rows of a group that is closed, and come back when it is opened', async () => {
    await ui.window.expand(view, 'shop', false);
    await untilEnded(1, Date.now());
    await ui.window.expand(view, 'shop');
    await untilFigures('shop-web', 'alone');
    assert.deepEqual([asked().length, open()], [3, 2]);
  });

  it('end when the view is hidden, and come back with it', async () => {
    await ui.window.page.keyboard.press('Control+Shift+E');
    await untilEnded(0, Date.now());
    await ui.window.openView(view, { alone: true });
    await untilFigures('shop-web', 'alone');
    assert.deepEqual([asked().length, open()], [5, 2]);
  });

  it('go from the rows when the engine is lost, and come back with it', async () => {
    proxy.refuse();
    await untilFigures();
    await proxy.accept();
    await untilFigures('shop-web', 'alone');
    assert.equal(open(), 2);
  });

  it('end and go from the rows when they are not wanted any more', async () => {
    const before = asked().length;
    await ui.window.viewAction(view, 'Hide Live Figures');
    await untilEnded(0, Date.now());
    await untilFigures();
    assert.equal(asked().length, before);
  });
});
