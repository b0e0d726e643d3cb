import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, runContainer } from '../support/engines/rawEngine';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from './setup';

const view = 'Containers';
const steady = ['aa-1', 'aa-2', 'aa-3', 'aa-4', 'aa-5', 'aa-6'];

/**
 * Counts, in the page, what is drawn: each row by the name that it had at the beginning, since a row that is drawn anew is
 * the same element with other content, or another element.
 */
const watchRows = `(() => {
  const drawn = {};
  window.quaysideDrawnAt = performance.now();
  for (const row of document.querySelectorAll('.part.sidebar .pane .monaco-list-row')) {
    const label = row.querySelector('.label-name').textContent;
    drawn[label] = 0;
    new MutationObserver(changes => {
      drawn[label] += changes.length;
      window.quaysideDrawnAt = performance.now();
    })
      .observe(row, { childList: true, subtree: true, characterData: true });
    row.quaysideLabel = label;
  }
  window.quaysideDrawn = drawn;
})()`;

/**
 * VS Code draws every row's actions again when an extension of its own, begun late, sets what menus depend on. Begins to
 * count once nothing has been drawn for a while; whether that is so.
 */
const beginAtRest = `(() => {
  if (performance.now() - window.quaysideDrawnAt < 2_000) return false;
  for (const label in window.quaysideDrawn) window.quaysideDrawn[label] = 0;
  return true;
})()`;

const readRows = `(() => ({
  drawn: window.quaysideDrawn,
  same: [...document.querySelectorAll('.part.sidebar .pane .monaco-list-row')]
    .filter(row => row.quaysideLabel === row.querySelector('.label-name').textContent)
    .map(row => row.quaysideLabel),
}))()`;

describe('A stream of events', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    for (const each of [...steady, name]) await runContainer(api, { name: each });
    // Ages change by themselves, so the rows of this test tell none.
    ui = await openUi({ settings: { 'quayside.containers.description': '${image} · ${state}' } });
    await ui.window.openView(view, { alone: true });
    await untilRows(ui.window, view, 'all rows', rows => rows.length === steady.length + 1);
    await ui.window.page.mouse.move(0, 0);
  });

  after(() => ui.dispose());

  let name = 'zz-busy';
  let count = 0;

  /** Renames one container every 100 ms until the function that it returns is called. */
  const startStream = (): (() => Promise<void>) => {
    const end = new AbortController();
    const work = (async () => {
      while (!end.signal.aborted) {
        const next = `zz-busy-${++count}`;
        await Promise.all([api('POST', `/containers/${name}/rename?name=${next}`), delay(100)]);
        name = next;
      }
    })();
    return async () => {
      end.abort();
      await work;
    };
  };

  it('holds no other row back while it goes on, and draws only the rows that change', async () => {
    const { page } = ui.window;
    await page.evaluate(watchRows);
    await untilTrue('nothing is drawn any more', () => page.evaluate<boolean>(beginAtRest));
    const stop = startStream();
    for (let change = 0; change < 6; change++) {
      const paused = change % 2 === 0;
      await api('POST', `/containers/aa-3/${paused ? 'pause' : 'unpause'}`);
      const row = ui.window.row(view, 'aa-3').locator('.label-description');
      await row.filter({ hasText: paused ? /paused$/ : /running$/ }).waitFor();
    }
    await stop();

    await untilRows(ui.window, view, 'the last name shows', rows => rows.some(({ label }) => label === name));
    const { drawn, same } = await page.evaluate<{ drawn: Record<string, number>; same: string[] }>(readRows);
    const quiet = steady.filter(each => each !== 'aa-3');
    assert.deepEqual(
      quiet.filter(each => drawn[each] !== 0),
      [],
      JSON.stringify(drawn),
    );
    assert.deepEqual(
      quiet.filter(each => !same.includes(each)),
      [],
    );
    assert.notEqual(drawn['aa-3'], 0);
  });

  it('is shown itself while it goes on', async () => {
    const stop = startStream();
    const seen = new Set<string>();
    await untilTrue('several of its names show', async () => {
      for (const { label } of await ui.window.rows(view)) if (label.startsWith('zz-busy')) seen.add(label);
      return seen.size >= 5;
    });
    await stop();
  });
});
