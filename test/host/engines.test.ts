import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { containerEntry, FakeEngine } from '../support/engines/fakeEngine';
import { startFaultProxy } from '../support/engines/faultProxy';
import { replaceIn, withPerson } from './person';
import { assertSentence, call, containerIn, emptyEngine, quayside, refusal, stateOf, until } from './setup';

const host = process.env['DOCKER_HOST'] ?? '';
const setting = (key: string): unknown => vscode.workspace.getConfiguration('quayside').get(key);
const clear = async (): Promise<void> => {
  const { Global } = vscode.ConfigurationTarget;
  for (const key of ['endpoint', 'endpoints']) {
    await vscode.workspace.getConfiguration('quayside').update(key, undefined, Global);
  }
  await until('the engine in use is the tests’ again', async () => (await quayside()).engine.endpoint === host);
  await (await quayside()).whenReady();
};
const connectedTo = (url: string): Promise<unknown> =>
  until(`connected to ${url}`, async () => (await quayside()).engine.endpoint === url);

describe('Engines', () => {
  let other: FakeEngine;

  before(async () => {
    await emptyEngine();
    other = await new FakeEngine().start();
    other.containers = [containerEntry('0123456789ab')];
  });
  afterEach(clear);
  after(async () => {
    await other.dispose();
    await emptyEngine();
  });

  it('are added by a program, chosen by name, edited and removed', async () => {
    assert.equal(await call('quayside.engine.add', { name: 'build', url: other.endpoint.url }), 'build');
    assert.deepEqual(setting('endpoints'), [{ name: 'build', url: other.endpoint.url }]);
    await call('quayside.engine.select', 'build');
    assert.equal(setting('endpoint'), 'build');
    await connectedTo(other.endpoint.url);
    await until('its rows', async () => (await quayside()).list('container').some(({ id }) => id === '0123456789ab'));
    await call('quayside.engine.edit', 'build', { name: 'farm', url: other.endpoint.url });
    assert.equal(setting('endpoint'), 'farm');
    const shown = await withPerson({ picks: ['farm'], buttons: ['Remove'] }, () => call('quayside.engine.remove'));
    assert.equal(shown.questions[0]?.message, 'Remove the engine “farm” from the list?');
    assert.match(shown.questions[0].detail, /It is in use/);
    assert.deepEqual([setting('endpoints'), setting('endpoint')], [[], '']);
  });

  it('refuse what cannot be, in one sentence', async () => {
    await call('quayside.engine.add', { name: 'build', url: 'tcp://127.0.0.1:9' });
    const wrong: readonly (readonly [command: string, args: unknown[], sentence: RegExp])[] = [
      ['add', [{ name: 'build', url: 'unix:///x' }], /^There is an engine “build” already$/],
      ['add', [{ name: 'x' }], /needs a name and an address/],
      ['add', [{ name: 'default', url: 'unix:///x' }], /^“default” is what docker calls its own choice/],
      ['add', [{ name: 'x', url: 'ftp://example.org' }], /not supported/],
      ['add', [{ name: 'x', url: 'tcp://ada:s3cret@build:1' }], /^(?!.*s3cret).*is not an engine's address/],
      ['remove', [host, { ask: false }], /was not added by hand/],
      ['edit', ['nobody', { name: 'x', url: 'unix:///x' }], /^There is no engine “nobody”$/],
      ['use', ['nobody'], /^There is no engine “nobody”$/],
      ['select', ['nobody'], /“nobody”/],
      ['test', ['build'], /^“build” does not answer: .*(?:ECONNREFUSED|refused)/],
      ['test', ['ftp://example.org'], /not supported/],
      ['test', [{ target: 'nobody' }], /^There is no engine “nobody”$/],
    ];
    for (const [command, args, sentence] of wrong) {
      assert.match(await refusal(call(`quayside.engine.${command}`, ...args)), sentence, command);
    }
    const node = { subject: { kind: 'container', id: 'x' } };
    const shown = await withPerson({}, () => call('quayside.engine.test', node));
    assert.deepEqual(shown.errors, ['This command does not fit the selected row']);
    assert.deepEqual(setting('endpoints'), [{ name: 'build', url: 'tcp://127.0.0.1:9' }]);
  });

  it('are added by a person, who is told what a test of the connection gave', async () => {
    const inputs = [other.socketPath, 'mine'];
    const good = await withPerson({ picks: ['Socket'], inputs }, () => call('quayside.engine.add'));
    assert.match(good.notices.join(), /^“mine” answers: Docker 20\.10\.24, API 1\.41, in \d+\.\d ms$/);
    assert.equal(good.inputs[0]?.validate('tcp://x:1') !== undefined, true);
    assert.equal(good.inputs[0]?.validate('/run/x.sock'), undefined);
    assert.equal(good.inputs[1]?.validate('mine'), undefined);
    const gone = { picks: ['Socket'], inputs: ['/nowhere/at-all.sock', 'away'] };
    const left = await withPerson(gone, () => call('quayside.engine.add'));
    assert.match(left.questions[0]?.message ?? '', /^“away” does not answer: .*ENOENT/);
    assert.deepEqual(left.questions[0]?.buttons, ['Save Anyway', 'Test Again']);
    const saved = await withPerson({ ...gone, buttons: ['Test Again', 'Save Anyway'] }, () =>
      call('quayside.engine.add'),
    );
    assert.equal(saved.questions.length, 2);
    const names = (setting('endpoints') as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ['mine', 'away']);
  });

  it('tell in one sentence that they answer, or what was tried', async () => {
    const sentence = String(await call('quayside.engine.test', other.endpoint.url, {}));
    assertSentence(sentence);
    assert.match(sentence, /answers: Docker 20\.10\.24, API 1\.41, in \d+\.\d ms$/);
    const lines = await call('quayside.engine.showAttempts', 'unix:///nowhere/at-all.sock');
    assert.match(String(lines), /^unix:\/\/\/nowhere\/at-all\.sock — .*ENOENT/);
    assert.deepEqual(await call('quayside.engine.showAttempts', other.endpoint.url), []);
  });

  it('are tried again by the one who asks why they do not answer, whichever is in use', async () => {
    const proxy = await startFaultProxy(other.socketPath);
    const shown: string[] = [];
    const restore = replaceIn(vscode.window, {
      showInformationMessage: async (text: string, ...rest: unknown[]) => {
        shown.push(text);
        if (shown.length === 2) await proxy.accept();
        return rest.find(item => (item as { title?: string }).title === 'Try Again');
      },
    });
    try {
      proxy.refuse();
      await call('quayside.engine.add', { name: 'build', url: proxy.host });
      await call('quayside.engine.showAttempts', { subject: { kind: 'engine', id: 'added:build' } });
      await until('it answers', () => shown.includes('“build” answers'));
      assert.deepEqual(shown, ['“build” does not answer', '“build” does not answer', '“build” answers']);
      assert.equal((await quayside()).engine.endpoint, host);
    } finally {
      restore();
      proxy.dispose();
    }
  });

  it('are offered with their state, and what can be done besides', async () => {
    await call('quayside.engine.add', { name: 'build', url: other.endpoint.url });
    const shown = await withPerson({ picks: ['build'] }, () => call('quayside.engine.select'));
    const labels = shown.picks[0]?.items.map(({ label }) => label).filter(Boolean) ?? [];
    assert.deepEqual(labels.slice(0, 2), ['Automatic', 'DOCKER_HOST']);
    assert.deepEqual(labels.slice(-4), ['Add Engine…', 'Another Address…', 'Test Connection…', 'More Actions…']);
    assert.match(shown.picks[0]?.items[1]?.description ?? '', /^in use · 0 running · Docker 20\.10/);
    await connectedTo(other.endpoint.url);
  });

  it('are never acted on in place of the one that a command began with', async () => {
    const id = await containerIn('running', { name: 'web' });
    const pick = async (items: unknown): Promise<unknown> => {
      const [first] = (await items) as unknown[];
      await call('quayside.engine.select', other.endpoint.url);
      await connectedTo(other.endpoint.url);
      return [first];
    };
    const messages: string[] = [];
    const restore = replaceIn(vscode.window, {
      showQuickPick: pick,
      showErrorMessage: (text: string) => Promise.resolve(messages.push(text) > 0 && undefined),
    });
    try {
      await call('quayside.container.kill', undefined);
    } finally {
      restore();
    }
    assert.match(messages.join(), /another engine was chosen meanwhile/);
    assert.equal(await stateOf(id), 'running');
    assert.deepEqual(
      other.requests.filter(({ method }) => method === 'POST'),
      [],
    );
  });

  it('keep their documents apart', async () => {
    const uri = vscode.Uri.parse(String(await call('quayside.engine.version', {})));
    assert.match(uri.path, /docker\.sock\/version\/engine\/|∕docker\.sock\/version\/engine\//);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await call('quayside.engine.select', other.endpoint.url);
    await connectedTo(other.endpoint.url);
    other.requests.length = 0;
    await assert.rejects(
      (async () => vscode.workspace.openTextDocument(uri.with({ path: `${uri.path}x` })))(),
      /which is not in use now/,
    );
    assert.deepEqual(other.to('/version'), []);
  });

  it('are not chosen by a workspace’s settings', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const file = join(folder, '.vscode', 'settings.json');
    await mkdir(join(folder, '.vscode'), { recursive: true });
    const evil = { 'quayside.endpoint': other.endpoint.url, 'quayside.endpoints': [{ name: 'x', url: 'unix:///x' }] };
    other.requests.length = 0;
    await writeFile(file, JSON.stringify({ ...evil, 'quayside.containers.label': 'read' }));
    await until('the workspace’s settings are read', () => setting('containers.label') === 'read');
    assert.deepEqual([setting('endpoint'), setting('endpoints')], ['', []]);
    assert.equal((await quayside()).engine.endpoint, host);
    assert.deepEqual(other.requests, []);
    await writeFile(file, '{}');
    await until('they are gone', () => setting('containers.label') === '${name}');
  });

  it('are told of without names or secrets in the diagnostics', async () => {
    await emptyEngine();
    const secret = 's3cret';
    const labels = { token: secret };
    const env = { Env: [`TOKEN=${secret}`], StopSignal: 'SIGKILL' };
    await containerIn('running', { name: 'private-name', labels, extra: env });
    const { Global } = vscode.ConfigurationTarget;
    const added = [{ name: 'build', url: `tcp://ada:${secret}@build:1?token=${secret}`, password: secret }];
    await vscode.workspace.getConfiguration('quayside').update('endpoints', added, Global);
    const { env: variables } = process;
    variables['DOCKER_HOST'] = `tcp://ada:${secret}@build:1`;
    try {
      const shown = await withPerson({}, () => call('quayside.engine.copyDiagnostics'));
      const report = await vscode.env.clipboard.readText();
      assert.deepEqual(shown.errors, []);
      assert.doesNotMatch(report, /s3cret|private-name/);
      assert.match(report, /^Quayside \d+\.\d+\.\d+\nVS Code \d/);
      assert.match(report, /\* .+: connected, .+, Docker 20\.10\.\d+, API 1\.41/);
      assert.match(report, /container: 1 \(1 running\)\n.*image: 1/);
      assert.match(report, /- build \(added\): unusable/);
      assert.match(report, /mirror: ready/);
      assert.doesNotMatch(await refusal(call('quayside.engine.select', 'default')), /s3cret/);
      await vscode.workspace.getConfiguration('quayside').update('endpoint', 'default', Global);
      await until('it is misconfigured', async () => (await quayside()).engine.state === 'unreachable');
      const lines = await call('quayside.engine.showAttempts', {});
      assert.doesNotMatch(String(lines), /s3cret/);
      assert.match(String(lines), /is not an engine's address/);
      const retried = await withPerson({}, () => call('quayside.engine.retry'));
      assert.doesNotMatch(retried.errors.join(), /s3cret/);
      assert.doesNotMatch(String(await call('quayside.engine.copyDiagnostics', {})), /s3cret/);
    } finally {
      variables['DOCKER_HOST'] = host;
    }
  });
});
