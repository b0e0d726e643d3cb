import assert from 'node:assert/strict';
import type { HostMessage, Value } from '../../../src/ui/inspector/protocol';
import { dataOf } from '../../../src/ui/webview/documentData';
import { until } from '../../support/until';
import { assertNoSidewaysScrolling } from './checks';
import { processes } from './long';
import { contentMessages, messagesOf } from './messages';
import { drawn, pages, show } from './pages';

describe("The inspector's page, alone in a browser", () => {
  const open = pages();

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
});
