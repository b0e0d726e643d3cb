import assert from 'node:assert/strict';
import { oneLine } from '../../src/base/visible';
import { type Api, createContainer, runContainer } from '../support/engines/rawEngine';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from './setup';

/** Texts that would do harm where they are taken for more than text; the engine takes all as network names and labels. */
const texts: Readonly<Record<string, string>> = {
  link: 'l [run](command:workbench.action.toggleDevTools)',
  trustedLink: 'l <a href="command:workbench.action.quit">quit</a>',
  autolink: 'l https://example.com/?a=b&c=d',
  markup: 'm <img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>',
  markdown: 'm **bold** `code` # head | a | ![i](https://example.com/i.png)',
  entity: 'm &lt;b&gt; &#36;(x) &nbsp; &amp;',
  icon: 'i $(warning) $(sync~spin)',
  direction: 'd abc\u202egnp.exe\u2066',
  invisible: 'd zero\u200bwidth\u2060\ufeff',
  lines: 'c first\nsecond\r\nthird\u2028fourth',
  escapes: 'c \u001b[31mred\u001b]52;c;b3duZWQ=\u0007\u009b2J',
  path: 'p ../../../../etc/passwd',
  template: 'p ${name} {0} %title% {{name}}',
  format: 'p %s %d %c \\n \\u0041',
  long: `q ${'long '.repeat(2_000)}`,
};

describe('Hostile text', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    for (const [name, text] of Object.entries(texts)) {
      await api('POST', '/networks/create', { Name: text });
      const labels = { 'com.docker.compose.project': text, 'com.docker.compose.service': text, [text]: text };
      const extra = { Hostname: name, Env: [`X=${text}`] };
      await createContainer(api, { name, labels, command: [text], host: { NetworkMode: text }, extra });
    }
    await runContainer(api, { name: 'big', labels: { big: 'x'.repeat(1_000_000) } });
    ui = await openUi();
    await ui.window.openView('Containers', { alone: true });
  });

  after(() => ui.dispose());

  /** Elements that foreign text must never become, anywhere in the window. */
  const untouched = async (): Promise<void> => {
    const { page } = ui.window;
    assert.doesNotMatch(await page.title(), /owned/);
    const made = page.locator('[src*="example.com"], [href*="example.com"], [onerror], img[src="x"]');
    assert.deepEqual(await made.evaluateAll(elements => elements.map(String)), []);
    const commands = page.locator('a[href^="command:workbench"], a[data-href^="command:workbench"]');
    assert.deepEqual(await commands.allTextContents(), []);
  };

  const shownLabel = (text: string): string => oneLine(text).trim();

  it('stands in rows as text', async () => {
    const labels = Object.values(texts).map(shownLabel);
    const rows = await untilRows(ui.window, 'Containers', 'all projects and containers show', all =>
      [...labels, ...Object.keys(texts)].every(label => all.some(row => row.label.trim() === label)),
    );
    assert.equal(rows.length, 2 * labels.length + 1);
    assert.equal(await ui.window.page.locator('.part.sidebar .monaco-list-row .label-name .codicon').count(), 0);
    await untouched();

    await ui.window.openView('Networks', { alone: true });
    await untilRows(ui.window, 'Networks', 'all networks show', all =>
      labels.every(label => all.some(row => row.label.trim() === label)),
    );
    await untouched();
  });

  for (const [name, text] of Object.entries(texts)) {
    it(`stands in a tooltip as text: ${name}`, async () => {
      const { window } = ui;
      await window.openView('Containers', { alone: true });
      const tooltip = await window.tooltip('Containers', name);
      const shown = plain(await tooltip.innerText());
      assert.ok(shown.includes(plain(oneLine(text, 400)).slice(0, 300)), shown);
      const parts = tooltip.locator(
        'a, img, script, code, h1, table, del, .codicon:not(.hover-contents .codicon-none)',
      );
      assert.deepEqual(await parts.evaluateAll(outerHtml), []);
      await untouched();
    });
  }

  it('stands in a quick pick as text', async () => {
    const { window } = ui;
    await window.command('quayside.network.inspect');
    await untilTrue('the networks are listed', async () => (await window.quickPickEntries()).length > 3);
    const widget = window.page.locator('.quick-input-widget');
    for (const text of Object.values(texts)) {
      const [initial = ''] = text;
      const label = plain(shownLabel(text)).slice(0, 60);
      await widget.locator('input').first().fill(initial);
      await untilTrue(`"${label}" is found`, async () =>
        (await window.quickPickEntries()).some(entry => plain(entry.label).startsWith(label)),
      );
      const made = widget.locator('.quick-input-list-label .label-name .codicon, .quick-input-list .label-name a');
      assert.deepEqual(await made.evaluateAll(outerHtml), []);
    }
    await window.page.keyboard.press('Escape');
    await untouched();
  });

  it('stands in a dialog as text', async () => {
    const { window } = ui;
    await window.openView('Networks', { alone: true });
    for (const name of ['link', 'markup', 'icon', 'lines', 'long']) {
      const text = texts[name] ?? '';
      await window.contextMenu('Networks', shownLabel(text), 'Remove Network…');
      const dialog = await window.dialog();
      assert.ok(plain(dialog.message).includes(plain(oneLine(text, 80)).slice(0, 60)), dialog.message);
      const box = window.page.locator('.monaco-dialog-box');
      assert.equal(await box.locator('a[href], .dialog-message .codicon, img').count(), 0);
      await untouched();
      await window.dialogButton('Cancel');
      await box.waitFor({ state: 'hidden' });
    }
  });

  it('stands in a message as text', async () => {
    const { window } = ui;
    await window.openView('Networks', { alone: true });
    const text = texts['link'] ?? '';
    await window.contextMenu('Networks', shownLabel(text), 'Remove Network…');
    await api('DELETE', '/containers/link?force=1');
    const [network] = (await api('GET', '/networks')) as { Name: string; Id: string }[];
    assert.ok(network);
    await window.dialogButton('Remove');
    await untilRows(window, 'Networks', 'it went', rows => rows.every(row => row.label.trim() !== shownLabel(text)));
    await untouched();
  });

  it('leaves the window quick: a change still shows', async () => {
    const { window } = ui;
    await window.openView('Containers', { alone: true });
    await api('POST', '/containers/big/rename?name=still-big');
    await untilRows(window, 'Containers', 'the rename shows', rows => rows.some(({ label }) => label === 'still-big'));
    const tooltip = await window.tooltip('Containers', 'still-big');
    assert.ok((await tooltip.innerText()).length < 2_000);
    await untouched();
  });
});

function outerHtml(elements: { outerHTML: string }[]): string[] {
  return elements.map(element => element.outerHTML);
}

/** What is left of a text when joiners, which only break up markup, and differences of blanks are taken away. */
function plain(text: string): string {
  return text
    .replace(/[\u2060\u200b\ufeff]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}
