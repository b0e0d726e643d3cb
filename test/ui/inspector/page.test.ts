import assert from 'node:assert/strict';
import { type Browser, chromium } from 'playwright-core';
import type { HostMessage, InspectedKind, TabName, Value } from '../../../src/ui/inspector/protocol';
import { dataOf } from '../../../src/ui/webview/documentData';
import { installChromium } from '../../support/tools/chromium';
import { until } from '../../support/until';
import { assertAccessible, assertNoSidewaysScrolling } from './checks';

import { contentMessages, messagesOf, tabsOf } from './messages';
import { contentsWith, messagesWith } from './hostile';
import { changes, processes, rawJson, samples } from './long';
import { openInspectorPage, type InspectorPage, type PageOptions, type ThemeName } from './page';

const themes = ['dark', 'light', 'contrast'] as const;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
const narrow = { width: 320, height: 700 };
/** Controls, bidi marks and zero widths; line feeds and tabs are layout. */
const hiddenCharacters = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const wide = { width: 1200, height: 800 };

describe("The inspector's page, alone in a browser", () => {
  let browser: Browser;
  let opened: InspectorPage | undefined;

  before(async () => {
    browser = await chromium.launch({ executablePath: await installChromium(), args: flags });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await opened?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
    await opened?.close();
    opened = undefined;
  });
  after(() => browser.close());

  const open = async (kind: InspectedKind, options: PageOptions = {}): Promise<InspectorPage> =>
    (opened = await openInspectorPage(browser, { size: wide, messages: messagesOf(kind), ...options }));

  const show = async (inspector: InspectorPage, kind: InspectedKind, tab: TabName): Promise<void> => {
    await inspector.page.locator(`#tab-${tab}`).click();
    await inspector.send(...contentMessages(kind, tab));
    await drawn(inspector, tab);
  };

  /** The resize observers, which draw what depends on the width, have run. */
  const drawn = async ({ page }: InspectorPage, tab: TabName): Promise<void> => {
    await page.locator(`#panel-${tab} > *`).first().waitFor();
    await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))');
  };

  it('shows what its document holds, and nothing of it that does not fit', async () => {
    const name = `</script>"><b id=markup>'vscode-resource:/x'`;
    const fitting = [...messagesOf('container', name), ...contentMessages('container', 'overview')];
    const data = dataOf([{ type: 'head', head: { name: 5 } }, ...fitting, 'text', null]);
    const inspector = await open('container', { messages: [], data });
    assert.equal(await inspector.page.locator('h1').textContent(), name);
    await drawn(inspector, 'overview');
    assert.equal(await inspector.page.locator('#markup, body[data-messages]').count(), 0);
    assert.deepEqual(await inspector.posted(), [{ type: 'ready', tab: 'overview' }]);
    assert.equal(inspector.complaints.length, 3, inspector.complaints.join('\n'));
  });

  interface Look {
    kind: InspectedKind;
    tab: TabName;
    theme: ThemeName;
    size: typeof wide;
  }

  const assertReadable = async (inspector: InspectorPage, { kind, tab, theme, size }: Look): Promise<void> => {
    await inspector.page.setViewportSize(size);
    await drawn(inspector, tab);
    await assertNoSidewaysScrolling(inspector.page);
    // What is seen, also by axe-core, is a matter of the colours or of the width, hardly of both together.
    if (theme !== 'dark' && size !== wide && process.env['QUAYSIDE_SOAK'] === undefined) return;
    await inspector.screenshot(`${kind}-${tab}-${theme}-${size.width}`);
    await assertAccessible(inspector.page, theme === 'dark' ? 'all' : 'colours');
  };

  for (const [kind, first] of [
    ['container', 'dark'],
    ['image', 'light'],
    ['network', 'contrast'],
    ['volume', 'dark'],
  ] as const) {
    it(`shows each tab of one ${kind} readably in each theme, opened in ${first}, wide and narrow`, async () => {
      const inspector = await open(kind, { theme: first });
      for (const tab of tabsOf[kind]) {
        await show(inspector, kind, tab);
        for (const theme of [first, ...themes.filter(other => other !== first)]) {
          await inspector.setTheme(theme);
          for (const size of [wide, narrow]) await assertReadable(inspector, { kind, tab, theme, size });
        }
      }
      assert.deepEqual(inspector.complaints, []);
    });
  }

  it('draws a hundred of a thousand labels at first', async () => {
    const inspector = await open('container');
    const value: Value = { text: 'x'.repeat(500), code: true, cut: 1 };
    const facts = Array.from({ length: 1_000 }, (_, index) => ({ name: `label-${index}`, values: [value] }));
    const content = { tab: 'overview', sections: [{ title: 'Labels', facts }] } as const;
    await inspector.send({ type: 'content', content });
    await inspector.page.locator('.fact').nth(99).waitFor();
    assert.equal(await inspector.page.locator('.fact').count(), 100);
  });

  it('is walked through by keys alone, from the tabs to copying a value', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await inspector.send(...contentMessages('container', 'overview'));
    await page.locator('#tab-overview').focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
    await inspector.send(...contentMessages('container', 'environment'));
    await drawn(inspector, 'environment');
    assert.equal(await page.evaluate('document.activeElement.id'), 'tab-environment');
    const focused = (): Promise<string> => page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''");
    for (let step = 0; step < 10 && (await focused()) !== 'Copy PATH'; step++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const [last] = (await inspector.posted()).slice(-1);
    assert.deepEqual(last, { type: 'copy', text: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' });
    assert.equal(await page.locator('body > [role=status]').textContent(), 'Copied PATH');
  });

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

  for (const width of [1200, 320]) {
    it(`keeps tab, scroll, folding and search over a reload, ${width} px wide`, async () => {
      const inspector = await open('container');
      const { page } = inspector;
      await page.setViewportSize({ width, height: 800 });
      await show(inspector, 'container', 'changes');
      await page.locator('#panel-changes .list').focus();
      await page.keyboard.press('ArrowLeft');
      await show(inspector, 'container', 'raw');
      await page.locator('#panel-raw vscode-text-field').click();
      await page.keyboard.type('label-29');
      await page.locator('#panel-raw .count', { hasText: '1 of 1' }).waitFor();
      const scrolled = await page.evaluate<number>('scrollY');
      assert(scrolled > 0);
      const connecting: HostMessage = { type: 'unavailable', tab: 'raw', sentence: 'Connecting to the engine' };
      await inspector.reload([...messagesOf('container'), connecting, ...contentMessages('container', 'raw')]);
      await drawn(inspector, 'raw');
      assert.deepEqual(await inspector.posted(), [{ type: 'ready', tab: 'raw' }]);
      assert.equal(await page.locator('#panel-raw mark').innerText(), 'label-29');
      await until('it is scrolled', async () => Math.abs((await page.evaluate<number>('scrollY')) - scrolled) < 2);
      await show(inspector, 'container', 'changes');
      assert.equal(await page.locator('#panel-changes .row').first().getAttribute('aria-expanded'), 'false');
    });
  }

  it('keeps over a reload how much of a section was asked for, and the chosen check', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    const facts = Array.from({ length: 250 }, (_, index) => ({ name: `label-${index}`, values: [{ text: 'x' }] }));
    const check = { exitCode: 0, output: '' };
    const health = [1_000, 2_000, 3_000].map(start => ({ ...check, start, end: start + 5, output: `check ${start}` }));
    const content = { tab: 'overview', sections: [{ title: 'Labels', facts }], health } as const;
    await inspector.send({ type: 'content', content });
    await page.getByRole('button', { name: 'Show More (150)' }).click();
    await page.getByRole('button', { name: 'Show More (50)' }).waitFor();
    await page.getByText('check 3000').waitFor();
    await page.locator('.check').nth(1).click();
    await page.getByText('check 2000').waitFor();
    await inspector.reload([...messagesOf('container'), { type: 'content', content }]);
    await page.getByText('check 2000').waitFor();
    assert.equal(await page.locator('.check').nth(1).getAttribute('aria-pressed'), 'true');
    assert.equal(await page.locator('.fact').count(), 200);
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

  it('says so where its elements cannot be loaded', async () => {
    const inspector = await open('container', { serves: name => !name.includes('toolkit') });
    await inspector.page.getByText('A part of this page could not be loaded').first().waitFor();
    await inspector.screenshot('incomplete');
    await assertNoSidewaysScrolling(inspector.page);
  });

  it('has its places for fields and buttons before their elements are there', async () => {
    let release: (serves: boolean) => void = () => undefined;
    const released = new Promise<boolean>(resolve => (release = resolve));
    const inspector = await open('container', { serves: name => !name.includes('toolkit') || released });
    const { page } = inspector;
    const tabs = ['stats', 'raw'] as const;
    for (const tab of tabs) await show(inspector, 'container', tab);
    const heights = (): Promise<number[]> =>
      page.evaluate(`[...document.querySelectorAll('.toolbar, .actions')].map(bar => {
        const panel = bar.closest('.panel');
        const hidden = panel?.hidden === true;
        if (hidden) panel.hidden = false;
        const { height } = bar.getBoundingClientRect();
        if (hidden) panel.hidden = true;
        return height;
      })`);
    const before = await heights();
    assert.equal(before.length, 3);
    release(true);
    await page.evaluate("customElements.whenDefined('vscode-button').then(() => undefined)");
    await drawn(inspector, 'raw');
    assert.deepEqual(await heights(), before);
  });

  it('says a notice to a screen reader once, and how many processes there are when that changes', async () => {
    const inspector = await open('container');
    const { page } = inspector;
    await show(inspector, 'container', 'processes');
    await page.evaluate(`
      written = [];
      for (const status of document.querySelectorAll('[role=status]')) {
        const write = () => written.push(status.textContent);
        new MutationObserver(write).observe(status, { childList: true, characterData: true, subtree: true });
      }`);
    const [, head] = messagesOf('container');
    assert(head?.type === 'head');
    const named = { ...head.head, notice: 'It was removed.' };
    const renamed = { kind: 'container', id: 'x', name: 'shop', engine: { id: 'local', name: 'Local' } };
    await inspector.send(...contentMessages('container', 'processes'), { type: 'head', head: named });
    await inspector.send({ type: 'head', head: { ...named, name: 'shop' }, inspected: renamed });
    await inspector.send({ type: 'content', content: processes(3) });
    await until('the number is told', async () => (await page.evaluate<string[]>('written')).length === 2);
    assert.deepEqual(await page.evaluate('written'), ['It was removed.', '3 of 3']);
    assert.deepEqual(await page.evaluate('JSON.parse(window.name).inspected'), renamed);
  });

  it('opens what the drawing shows by keys', async () => {
    const inspector = await open('network');
    const { page } = inspector;
    await show(inspector, 'network', 'drawing');
    await page.getByRole('link', { name: /^shop-db-1, container, connected to shop_default/ }).focus();
    await page.keyboard.press('Enter');
    assert.deepEqual((await inspector.posted()).at(-1), { type: 'open', link: 23 });
  });

  /** Each would do harm, or hide what it says, where it is taken for more than text. */
  const hostile: Readonly<Record<string, string>> = {
    markup: '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script></script>',
    link: '[run](command:workbench.action.quit) <a href="command:workbench.action.quit">quit</a>',
    controls: 'a\u001b[31mred\u0007\u0000 \u202egnp.exe\u2066 zero\u200bwidth\ufeff',
    lines: 'first\nsecond\r\nthird\u2028fourth',
    long: 'x'.repeat(1_000_000),
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`shows hostile values as text: ${name}`, async () => {
      const inspector = await open('container', { size: narrow, messages: messagesWith(text) });
      for (const [tab, message] of Object.entries(contentsWith(text))) {
        await inspector.page.locator(`#tab-${tab}`).click();
        await inspector.send(message);
        await drawn(inspector, tab as TabName);
        await inspector.screenshot(`hostile-${name}-${tab}`);
        await assertNoSidewaysScrolling(inspector.page);
        assert.doesNotMatch(await inspector.page.locator('body').innerText(), hiddenCharacters);
      }
      const made = 'img, main script, a[href], [onerror], [src*="x"]:not(script)';
      assert.equal(await inspector.page.locator(made).count(), 0);
      assert.doesNotMatch(await inspector.page.title(), /^owned/);
      assert.deepEqual(inspector.complaints, []);
    });
  }

  it('drops messages that do not fit, and says so', async () => {
    const inspector = await open('container');
    const misfits = [
      null,
      'head',
      { type: 'nothing' },
      { type: 'head', head: { name: 'x' } },
      { type: 'content', content: { tab: 'raws', json: 1 } },
      { type: 'content', content: { tab: 'changes', changes: [['added']] } },
      { type: 'stats', reset: true, samples: [{ time: 'now' }] },
      { type: '__proto__' },
    ];
    await inspector.send(...misfits);
    await until('all are told', () => inspector.complaints.length === misfits.length);
    assert.match(inspector.complaints[0] ?? '', /does not fit the protocol/);
    assert.equal(await inspector.page.locator('h1').innerText(), 'shop-web-1');
  });
});
