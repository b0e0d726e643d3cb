import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withPerson } from './person';
import { api, assertSentence, call, containerIn, emptyEngine, quayside, refusal, until } from './setup';

const closeAll = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.closeAllEditors');

describe('Commands on the engine', () => {
  const { DOCKER_HOST: host = '' } = process.env;
  const select = 'quayside.engine.select';
  const state = async (): Promise<string> => (await quayside()).engine.state;

  before(emptyEngine);
  afterEach(closeAll);
  after(async () => {
    await call(select, '');
    await (await quayside()).whenReady();
    await emptyEngine();
  });

  it('show what the engine says of itself as JSON documents', async () => {
    for (const [verb, path] of [
      ['info', '/info'],
      ['version', '/version'],
    ] as const) {
      await call(`quayside.engine.${verb}`);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.languageId, 'json');
      const shown = JSON.parse(document.getText()) as Record<string, unknown>;
      const told = (await api('GET', path)) as Record<string, unknown>;
      assert.deepEqual(Object.keys(shown).sort(), Object.keys(told).sort());
    }
  });

  it('show its disk use as a table', async () => {
    await containerIn('created');
    await call('quayside.engine.diskUse');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(
      text,
      /^TYPE +COUNT +SIZE +RECLAIMABLE\nImages +1 .*\nContainers +1 .*\nVolumes +0 .*\nBuild Cache +0 /,
    );
  });

  it('measure how long it takes to answer', async () => {
    assert(((await call('quayside.engine.ping', { ask: false })) as number) > 0);
    const shown = await withPerson({}, () => call('quayside.engine.ping'));
    assert.match(shown.notices.join(), /^The engine answered in \d+\.\d ms$/);
  });

  const offered = async (): Promise<string[]> => {
    const { picks } = await withPerson({}, () => call('quayside.engine.showActions'));
    return picks.flatMap(({ items }) => items.map(({ label }) => label));
  };

  it('offer the actions that fit the engine, and run the chosen one', async () => {
    assert.ok(!(await offered()).includes('Connect Again'));
    const shown = await withPerson({ picks: ['Engine Version'] }, () => call('quayside.engine.showActions'));
    assert.equal(shown.picks[0]?.title, 'Container Engine');
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'json');
    const left = await withPerson({}, () => call('quayside.engine.showActions'));
    assert.deepEqual(left.errors, []);
  });

  it('refuse an address that cannot be read, in one sentence', async () => {
    for (const address of ['ftp://example.org', 'http://[']) {
      await refusal(call(select, address));
      assert.equal(vscode.workspace.getConfiguration('quayside').get('endpoint'), '');
    }
    const shown = await withPerson({ picks: ['Another Address…'], inputs: [] }, () => call(select));
    assert.deepEqual(shown.errors, []);
    assert.equal(shown.inputs[0]?.title, 'Address of the engine');
    assertSentence(String(shown.inputs[0].validate('ftp://example.org')));
    assert.equal(shown.inputs[0].validate(host), undefined);
  });

  it('choose another engine, tell that it does not answer, and come back', async () => {
    const nowhere = 'unix:///nowhere/at-all.sock';
    await call(select, nowhere);
    await until('it is unreachable', async () => (await state()) === 'unreachable');
    assert.deepEqual((await quayside()).list('container'), []);
    const attempts = (await call('quayside.engine.showAttempts', { ask: false })) as string[];
    assert.equal(attempts.length, 1);
    assert.match(attempts[0] ?? '', /^unix:\/\/\/nowhere\/at-all\.sock — .*ENOENT/);
    const shown = await withPerson({}, () => call('quayside.engine.showAttempts'));
    assert.deepEqual(shown.notices, ['No engine answers']);
    assert.deepEqual(shown.details, attempts);
    const actions = await offered();
    assert.ok(actions.includes('Connect Again') && !actions.includes('Ping'), actions.join(', '));
    const retried = await withPerson({}, () => call('quayside.engine.retry'));
    assert.match(retried.errors.join(), /^No engine answers: .*ENOENT/);
    for (const command of [
      'container.start',
      'image.pull',
      'network.create',
      'volume.prune',
      'project.stop',
      'engine.info',
    ]) {
      assert.match(await refusal(call(`quayside.${command}`, 'x')), /the engine does not answer \(.*ENOENT/, command);
    }
    const person = await withPerson({}, () => call('quayside.container.start'));
    assert.equal(person.errors.length, 1);
    const back = await withPerson({ picks: ['Another Address…'], inputs: [host] }, () => call(select));
    assert.equal(back.inputs[0]?.value, nowhere);
    await (await quayside()).whenReady();
    assert.equal(await state(), 'connected');
    assert.equal((await quayside()).engine.endpoint, host);
    assert.equal((await quayside()).list('container').length, 1);
    await call('quayside.engine.retry');
  });

  it('tell that no attempt failed while an engine is connected', async () => {
    const shown = await withPerson({}, () => call('quayside.engine.showAttempts'));
    assert.deepEqual(shown.notices, ['No attempt at an engine failed']);
  });
});
