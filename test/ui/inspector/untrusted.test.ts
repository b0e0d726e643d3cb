import assert from 'node:assert/strict';
import type { TabName } from '../../../src/ui/inspector/protocol';
import { until } from '../../support/until';
import { assertNoSidewaysScrolling } from './checks';
import { contentsWith, messagesWith } from './hostile';
import { drawn, narrow, pages } from './pages';

/** Controls, bidi marks and zero widths; line feeds and tabs are layout. */
const hiddenCharacters = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

describe("The inspector's page, alone in a browser", () => {
  const open = pages();

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
