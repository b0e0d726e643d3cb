import assert from 'node:assert/strict';
import type { HostMessage, TabName } from '../../../src/ui/inspector/protocol';
import { until } from '../../support/until';
import { assertAccessible } from './checks';
import { changes, processes, rawJson, samples } from './long';
import { drawn, pages, show } from './pages';

describe("The inspector's page, alone in a browser", () => {
  const open = pages();

  it('hides secrets until they are asked for, and copies them without showing them', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'environment');
    const row = page.locator('.variable', { hasText: 'DATABASE_PASSWORD' });
    await row.hover();
    await row.getByRole('button', { name: 'Copy' }).click();
    await row.getByRole('button', { name: 'Show the Value' }).click();
    assert.deepEqual((await inspector.posted()).slice(-2), [
      { type: 'copySecret', secret: 1 },
      { type: 'reveal', secret: 1 },
    ]);
    await inspector.send({ type: 'revealed', secret: 1, text: 'hunter2' });
    await row.getByText('hunter2').waitFor();
    await row.getByRole('button', { name: 'Hide the Value' }).click();
    assert.doesNotMatch(await row.innerText(), /hunter2/);
  });

  it('sorts processes, tells how, and sends a signal to the one that is chosen', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'processes');
    const header = page.getByRole('columnheader', { name: '%CPU' });
    await header.getByRole('button').click();
    await header.getByRole('button').click();
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    assert.match(await page.locator('.row').first().innerText(), /94\.0/);
    await page.locator('.data-table').focus();
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Send Signal' }).click();
    assert.deepEqual((await inspector.posted()).at(-1), { type: 'signal', process: 8, signal: 'SIGTERM' });
    await assertAccessible(page);
  });

  it('sets columns below their titles, fields of all tabs at one height, and commas in no value’s colour', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    const left = (selector: string): Promise<number> =>
      page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().left`);
    const tops: number[] = [];
    for (const tab of ['processes', 'environment', 'changes', 'raw'] as const) {
      await show(inspector, 'container', tab);
      tops.push((await page.locator(`#panel-${tab} vscode-text-field`).boundingBox())?.y ?? NaN);
      if (tab !== 'processes') continue;
      assert.equal(await left('.data-table .row .cell'), await left('.data-table .table-head .cell'));
    }
    assert.equal(new Set(tops).size, 1, tops.join());
    const values = await page.locator('#panel-raw .string').allInnerTexts();
    assert(values.length > 0 && values.every(text => text.endsWith('"')), values.join(' '));
  });

  it('leaves the chosen process, its signal and the focus while processes are read anew', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'processes');
    const shown = processes(14);
    assert(shown.tab === 'processes');
    const readAnew = (cpu: string, reachable: boolean): HostMessage => {
      const at = shown.columns.indexOf('%CPU');
      const rows = shown.rows.map(row => ({ ...(reachable && row), cells: row.cells.with(at, cpu) }));
      return { type: 'content', content: { ...shown, rows } };
    };
    await page.locator('.row').first().click();
    const signals = page.locator('.signal vscode-dropdown');
    const chosen = (): Promise<string> => signals.evaluate('node => node.value');
    await signals.focus();
    await page.keyboard.press('ArrowDown');
    const before = await chosen();
    assert.notEqual(before, shown.signals[0]?.name);
    await inspector.send(readAnew('1.5', true));
    await page.locator('.facts-line', { hasText: '1.5' }).waitFor();
    assert.equal(await page.evaluate('document.activeElement.localName'), 'vscode-dropdown');
    assert.equal(await chosen(), before);
    await inspector.send(readAnew('2.5', false));
    await page.locator('.facts-line', { hasText: '2.5' }).waitFor();
    assert.equal(await signals.count(), 0);
    await page.getByText('No signal can be sent to it: its id within the container cannot be known.').waitFor();
  });

  const long: Readonly<Record<string, readonly [TabName, HostMessage]>> = {
    '5,000 processes': ['processes', { type: 'content', content: processes(5_000) }],
    '20,000 changed paths': ['changes', { type: 'content', content: changes(20_000) }],
    'megabytes of JSON': ['raw', { type: 'content', content: { tab: 'raw', json: rawJson(50_000), hidden: 0 } }],
  };
  for (const [what, [tab, message]] of Object.entries(long)) {
    it(`scrolls through ${what} with few rows on the page`, async () => {
      const inspector = await open('container');
      const { page } = inspector;
      await page.locator(`#tab-${tab}`).click();
      await inspector.send(message);
      await drawn(inspector, tab);
      const list = page.locator(`#panel-${tab} .list`);
      const most = await page.evaluate<number>(`(async () => {
        const { scrollingElement } = document;
        let most = 0;
        for (let step = 1; step <= 40; step++) {
          scrollingElement.scrollTop = (scrollingElement.scrollHeight * step) / 40;
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          most = Math.max(most, document.querySelectorAll('#panel-${tab} .list .row').length);
        }
        return most;
      })()`);
      assert(most > 0 && most < 120, `${most} rows`);
      await list.focus();
      await page.keyboard.press('End');
      const active = page.locator(`#${(await list.getAttribute('aria-activedescendant')) ?? 'none'}`);
      assert.equal(await active.isVisible(), true);
      await assertAccessible(page);
    });
  }

  it('folds the tree of changes by keys and by the pointer', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'changes');
    const rows = page.locator('#panel-changes .row');
    const second = (): Promise<string> => rows.nth(1).locator('.name').innerText();
    assert.equal(await second(), 'nginx');
    await page.locator('#panel-changes .list').focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await rows.first().getAttribute('aria-expanded'), 'false');
    assert.equal(await second(), 'srv');
    await rows.first().locator('.twistie').click();
    assert.equal(await second(), 'nginx');
  });

  it('finds in the raw answer: counts, goes on and back, and unfolds', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'raw');
    const panel = page.locator('#panel-raw');
    await panel.getByText('2 values that look secret are hidden here; “Inspect … as JSON” shows them.').waitFor();
    await panel.getByRole('treeitem', { name: '"Config": {' }).locator('.twistie').click();
    assert.equal(await panel.getByText('com.example.label-0').count(), 0);
    await panel.locator('vscode-text-field').click();
    await page.keyboard.type('label-2');
    await panel.getByText('1 of 11').waitFor();
    assert.equal(await panel.locator('mark.current').innerText(), 'label-2');
    await page.keyboard.press('Shift+Enter');
    await panel.getByText('11 of 11').waitFor();
    await panel.getByRole('button', { name: 'Copy all as JSON' }).click();
    assert.deepEqual((await inspector.posted()).at(-1), {
      type: 'copy',
      text: JSON.stringify(rawJson(30), undefined, 2),
    });
  });

  it('draws charts in the colours of another theme, and tells their values as a table', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'stats');
    const picture = (): Promise<string> => page.evaluate("document.querySelector('.plot canvas').toDataURL()");
    const dark = await picture();
    await inspector.setTheme('light');
    await until('it is drawn anew', async () => (await picture()) !== dark);
    assert.match((await page.locator('.plot').first().getAttribute('aria-label')) ?? '', /^CPU of .*now .*%, between/);
    const now = samples(601).slice(-1);
    await inspector.send({ type: 'stats', reset: false, samples: now });
    await page.getByRole('button', { name: 'Show as Table' }).click();
    await until(
      'a row for each',
      async () => (await page.locator('.data-table').getAttribute('aria-rowcount')) === '572',
    );
    assert.match(await page.locator('.data-table .row').first().innerText(), /512MiB/);
    await assertAccessible(page);
  });

  it('tells values, and that they are not drawn, where the charts cannot be loaded', async () => {
    const inspector = await open('container', { serves: name => !name.includes('uPlot') });
    const { page } = inspector;
    await show(inspector, 'container', 'stats');
    await page.getByText('The chart could not be loaded').first().waitFor();
    assert.match(await page.locator('.legend dd').first().innerText(), /%$/);
    assert.equal(await page.locator('body > .notice').innerText(), '');
  });
});
