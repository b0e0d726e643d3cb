import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { withPerson } from '../person';
import { api, call, containerIn, containerNode, emptyEngine, newContainer, node, refusal, until } from '../setup';
import { withTerminals } from './terminals';

const printing = ['sh', '-c', 'for i in 1 2 3 4 5; do echo line $i; done; echo error >&2; sleep 100000'];
const compose = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };

const logTabs = (): string[] =>
  vscode.window.terminals.map(({ name }) => name).filter(name => name.startsWith('Log: '));

describe('Commands on logs', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-logs-'));
  });
  beforeEach(emptyEngine);
  afterEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await until('the terminals are closed', () => logTabs().length === 0);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await emptyEngine();
    await rm(folder, { recursive: true, force: true });
  });

  /** Waits until the engine has all lines. */
  const printed = async (id: string): Promise<string> => {
    await until('all lines are printed', async () => {
      const path = join(folder, 'all.log');
      await call('quayside.container.saveLogs', id, { path });
      return (await readFile(path, 'utf8')).split('\n').length === 7;
    });
    return id;
  };

  it('show opens one terminal for a container, one for several, one for a project, and each once', async () => {
    const web = await containerIn('running', { name: 'web', command: printing, labels: compose });
    await containerIn('running', { name: 'db', command: printing });
    const show = 'quayside.container.showLogs';
    await call(show, 'web');
    await call(show, containerNode(web));
    await call(show, ['web', 'db']);
    await call(show, ['db', 'web']);
    await call('quayside.project.showLogs', node({ kind: 'project', name: 'shop' }));
    await call('quayside.project.showLogs', 'shop');
    await until('all are open', () => logTabs().length === 3);
    assert.deepEqual(logTabs().toSorted(), ['Log: shop', 'Log: web', 'Log: web, db']);
  });

  it('show reveals the terminal that has gone on with the container in the place of a removed one', () =>
    withTerminals(async opened => {
      const web = await containerIn('running', { name: 'web', command: printing, labels: compose });
      await containerIn('running', { name: 'db', command: printing });
      const show = 'quayside.container.showLogs';
      const showAll = async (): Promise<void> => {
        await call(show, 'web');
        await call(show, ['web', 'db']);
      };
      await showAll();
      for (const terminal of opened) await terminal.shows(/line 5/);
      await api('DELETE', `/containers/${web}?force=1`);
      for (const terminal of opened) await terminal.shows(/The container was removed/);
      await containerIn('running', { name: 'web', command: printing, labels: compose });
      for (const terminal of opened) await terminal.shows(/“web” took its place[^]*line 5/);
      await showAll();
      assert.deepEqual(
        opened.map(({ name }) => name),
        ['Log: web', 'Log: web, db'],
      );
    }));

  it('showFrom asks for the range that is not given', async () => {
    const web = await containerIn('running', { name: 'web', command: printing });
    const showFrom = 'quayside.container.showLogsFrom';
    const { errors } = await withPerson({ picks: ['The last hour'] }, () => call(showFrom, containerNode(web)));
    assert.deepEqual(errors, []);
    await call(showFrom, 'web', { since: '2h30m', until: 'now', tail: 3 });
    await until('both are open', () => logTabs().length === 2);
  });

  const refused: readonly (readonly [options: Record<string, unknown>, sentence: RegExp])[] = [
    [{ since: 'soon' }, /^“soon” is no time; write e\.g\. 10m/],
    [{ until: '2026-13-01' }, /^“2026-13-01” is no time/],
    [{ tail: -1 }, /^The number of lines is a whole number, 0 or more$/],
    [{ tail: 'many' }, /^The number of lines/],
  ];
  for (const [options, sentence] of refused) {
    it(`refuse what is no range: ${JSON.stringify(options)}`, async () => {
      await containerIn('running', { name: 'web' });
      assert.match(await refusal(call('quayside.container.showLogsFrom', 'web', options)), sentence);
    });
  }

  it('save writes the range that is asked for', async () => {
    const web = await printed(await containerIn('running', { name: 'web', command: printing }));
    const path = join(folder, 'web.log');
    assert.equal(await call('quayside.container.saveLogs', web, { path }), path);
    const all = await readFile(path, 'utf8');
    assert.deepEqual(all.split('\n').toSorted(), ['', 'error', 'line 1', 'line 2', 'line 3', 'line 4', 'line 5']);
    await call('quayside.container.saveLogs', 'web', { path, tail: 2 });
    assert.equal((await readFile(path, 'utf8')).split('\n').length, 3);
    assert.match(await refusal(call('quayside.container.saveLogs', 'web', { path: 'here.log' })), /must be absolute/);
    const nowhere = join(folder, 'none', 'web.log');
    assert.match(
      await refusal(call('quayside.container.saveLogs', 'web', { path: nowhere })),
      /^Could not save the log of “web”/,
    );
  });

  it('open shows the last lines as a document', async () => {
    const web = await printed(await containerIn('running', { name: 'web', command: printing }));
    const uri = String(await call('quayside.container.openLogs', web));
    const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri);
    assert.match(document?.getText() ?? '', /^line 1\n(?:[^]*\n)?line 5\n/m);
    assert.ok(vscode.Uri.parse(uri).path.endsWith('/web.log'), uri);
  });

  it('open says so when there are more lines than a document has', async () => {
    const web = await newContainer({ name: 'web', command: ['seq', '10005'] });
    await api('POST', `/containers/${web}/start`);
    await api('POST', `/containers/${web}/wait`);
    const uri = String(await call('quayside.container.openLogs', web));
    const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri);
    const [first, second, ...others] = document?.getText().trimEnd().split('\n') ?? [];
    assert.match(first ?? '', /^── These are the last 10.000 lines of the log; save it/);
    assert.equal(second, '6');
    assert.equal(others.length, 9_999);
  });

  it('say what to do about a log driver that cannot be read', async () => {
    await containerIn('running', { name: 'mute', host: { NetworkMode: 'none', LogConfig: { Type: 'none' } } });
    const path = join(folder, 'mute.log');
    await writeFile(path, 'saved before');
    const sentence = await refusal(call('quayside.container.saveLogs', 'mute', { path }));
    assert.match(sentence, /configured logging driver does not support reading.*“json-file”/);
    assert.equal(await readFile(path, 'utf8'), 'saved before');
  });

  it('tell in the terminal which log cannot be read, and show the others beside it', () =>
    withTerminals(async opened => {
      await containerIn('running', { name: 'mute', host: { NetworkMode: 'none', LogConfig: { Type: 'none' } } });
      await printed(await containerIn('running', { name: 'web', command: printing }));
      await call('quayside.container.showLogs', 'mute');
      await opened[0]?.shows(/Could not show the log of “mute”: configured logging driver does not support reading/);
      await call('quayside.container.showLogs', ['web', 'mute']);
      await opened[1]?.shows(/line 5/);
      assert.match(opened[1]?.text ?? '', /mute: The log cannot be read: configured logging driver/);
    }));
});
