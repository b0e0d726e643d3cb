import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { replaceIn, type Shown, withPerson } from './person';
import { api, assertSentence, call, containerIn, containerNode, emptyEngine, node, refusal } from './setup';

const megabyte = 'x'.repeat(1_000_000);

/** What containers may carry where they choose the text themselves. */
const texts: readonly (readonly [what: string, text: string])[] = [
  ['a link to a command', '[click](command:quayside.engine.showLog)'],
  ['markup', '<img src=x onerror=alert(1)><a href="command:workbench.action.quit">x</a>'],
  ['an icon', '$(trash) $(sync~spin)'],
  ['lines', 'one\r\ntwo\u2028three\u0000four'],
  ['right-to-left marks', 'gnp.\u202egpj \u2066x\u2069 \u200b'],
  ['escape sequences', '\u001b]0;title\u0007\u001b[2J\u009b31m'],
  ['a megabyte', megabyte],
  ['what a shell would run', '"; touch /tmp/hostile; $(touch /tmp/hostile) `id`'],
];

/** Nothing that a person reads has more than one line where one is meant, a live link, or a live icon. */
function assertHarmless({ errors, notices, questions, picks, inputs }: Shown): void {
  const items = picks.flatMap(pick => pick.items.flatMap(({ label, description = '' }) => [label, description]));
  const lines = [
    ...[...errors, ...notices, ...items],
    ...questions.flatMap(({ message, detail }) => [message, ...detail.split('\n')]),
    ...[...picks, ...inputs].map(({ title }) => title),
  ];
  for (const line of lines) {
    assert(line.length < 1_600, `${line.slice(0, 100)} … (${line.length} characters)`);
    assert.match(line, /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u);
    assert.doesNotMatch(line, /\]\(|\$\(/);
  }
}

describe('What containers call themselves', () => {
  let opened: string[] = [];
  let restore = (): void => undefined;
  before(() => {
    const openExternal = (uri: vscode.Uri): Promise<boolean> => {
      opened.push(uri.toString());
      return Promise.resolve(true);
    };
    restore = replaceIn(vscode.env, { openExternal });
  });
  beforeEach(async () => {
    opened = [];
    await emptyEngine();
  });
  afterEach(() => assert.deepEqual(opened, []));
  after(async () => {
    restore();
    await emptyEngine();
  });

  for (const [what, text] of texts) {
    it(`stays text in questions, picks and messages: ${what}`, async () => {
      const labels = { 'com.docker.compose.project': text, [`label-${text.slice(0, 100)}`]: text };
      const id = await containerIn('created', { name: 'plain', labels, command: ['sh', '-c', text.slice(0, 10_000)] });
      const asked = await withPerson({}, () => call('quayside.project.start'));
      assert.equal(asked.picks[0]?.items.length, 1);
      assertHarmless(asked);
      const project = node({ kind: 'project', name: text });
      for (const verb of ['stop', 'openComposeFile', 'unpause', 'remove']) {
        const shown = await withPerson({}, () => call(`quayside.project.${verb}`, project));
        assert.equal(shown.errors.length + shown.questions.length, 1, verb);
        assertHarmless(shown);
      }
      const message = await refusal(call('quayside.project.stop', text));
      assertSentence(message);
      assert.match(message, /^Could not stop “/);
      await call('quayside.container.inspect', id);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.languageId, 'json');
      const { Config } = JSON.parse(document.getText()) as { Config: { Labels: Record<string, string> } };
      assert.equal(Config.Labels['com.docker.compose.project'], text);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it(`stays text where a program names what is not there: ${what}`, async () => {
      const wrong = text.slice(0, 10_000);
      for (const command of ['container.start', 'image.tag', 'network.remove', 'volume.remove', 'project.stop']) {
        assertSentence(await refusal(call(`quayside.${command}`, wrong, { ask: false })));
      }
      for (const command of ['network.create', 'volume.create', 'image.pull']) {
        if (command === 'network.create' && !/["\r\n\u0000\u001b]/.test(wrong)) continue; // Docker takes such names.
        const shown = await withPerson({ inputs: [wrong] }, () => call(`quayside.${command}`));
        assertHarmless(shown);
      }
      await containerIn('created', { name: 'web' });
      assertSentence(await refusal(call('quayside.container.rename', 'web', { name: `-${wrong}` })));
      assertSentence(await refusal(call('quayside.container.kill', 'web', { signal: wrong })));
    });
  }

  it('is copied as it is, and runs nothing on the way', async () => {
    const text = '[click](command:x) $(id)\n`id`\u202e';
    const id = await containerIn('created', { labels: { text }, command: ['echo', text] });
    const messages: string[] = [];
    const undo = replaceIn(vscode.window, { setStatusBarMessage: (message: string) => messages.push(message) });
    try {
      const command = String(await call('quayside.container.copyRunCommand', containerNode(id)));
      assert.equal(await vscode.env.clipboard.readText(), command);
      assert.doesNotMatch(command, /\u202e/);
      await call('quayside.container.copyName', id);
    } finally {
      undo();
    }
    for (const message of messages) assert.match(message, /^\$\(copy\) Copied: [^\p{Cc}\p{Zl}\p{Zp}]{1,60}$/u);
    assert.equal(messages.length, 2);
  });

  it('stays text in an image’s history and a network’s name', async () => {
    const name = '[n](command:x)$(id)\u202e';
    const { Id } = (await api('POST', '/networks/create', { Name: name })) as { Id: string };
    const subject = { subject: { kind: 'network', id: Id } };
    const shown = await withPerson({}, () => call('quayside.network.remove', subject));
    assert.equal(shown.questions.length + shown.errors.length, 1);
    assertHarmless(shown);
    await call('quayside.network.remove', Id, { ask: false });
  });
});
