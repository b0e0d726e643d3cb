import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { replaceIn, withPerson } from '../person';
import { api, call, containerIn, containerNode, emptyEngine, newContainer, stateOf, until } from '../setup';
import { factOf, panelOpenedBy, panelsOpenedBy } from './inspectorPanels';

const open = 'quayside.container.openInspector';

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

describe('The inspector', () => {
  beforeEach(emptyEngine);
  afterEach(closeAll);
  after(emptyEngine);

  it('opens on a row, a name or a pick, once for each object', async () => {
    const id = await containerIn('running', { name: 'web' });
    const opened = await panelsOpenedBy(async () => {
      await call(open, containerNode(id));
      await call(open, 'web');
      await withPerson({ picks: ['web'] }, () => call(open));
    });
    assert.equal(opened.length, 1);
    assert.equal(opened[0]?.panel.title, 'web');
    assert.equal(opened[0].panel.viewType, 'quayside.inspector');
    await closeAll();
    await until('the panel is closed', () => opened[0]?.disposed);
    assert.equal((await panelsOpenedBy(() => call(open, id))).length, 1);
  });

  it('lets its page run its own script only, and read its own files only', async () => {
    await containerIn('created', { name: 'web' });
    const { panel } = await panelOpenedBy(() => call(open, 'web'));
    const { html, options } = panel.webview;
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? '';
    const source = panel.webview.cspSource;
    assert.match(policy, /^default-src 'none'; script-src 'nonce-([A-Za-z0-9+/]{24})'; /);
    assert.equal(policy.replace(/^.*?; .*?; /, ''), `style-src ${source}; font-src ${source}`);
    const nonce = /nonce-([^']*)/.exec(policy)?.[1] ?? '';
    assert.deepEqual(
      [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag.includes(`nonce="${nonce}"`)),
      [true],
    );
    assert.equal(html.replace(/ data-messages="[^"]*"/, '').includes(' on'), false);
    assert.deepEqual(
      options.localResourceRoots?.map(({ path }) => path.replace(/.*\//, '')),
      ['dist'],
    );
  });

  it('shows the state and follows it, with the actions that fit', async () => {
    const id = await containerIn('running', { name: 'web' });
    const page = await panelOpenedBy(() => call(open, id));
    assert.equal(factOf(await page.show('overview'), 'State'), 'running');
    const titles = (): string[] => page.head.actions.map(({ title }) => title);
    assert(titles().includes('Stop') && !titles().includes('Start'), titles().join());
    page.act('Stop');
    await until('it is shown as stopped', () => factOf(page.shown('overview'), 'State') === 'exited');
    await until('it can be started', () => titles().includes('Start'));
    assert.match(factOf(page.shown('overview'), 'Exit code') ?? '', /^137 \(ended by SIGKILL\)$/);
    await api('POST', `/containers/${id}/rename?name=shop`);
    await until('the new name is shown', () => page.head.name === 'shop' && page.panel.title === 'shop');
  });

  it('asks before it removes, as the tree does', async () => {
    const id = await containerIn('exited', { name: 'web' });
    const page = await panelOpenedBy(() => call(open, id));
    await page.show('overview');
    const { questions } = await withPerson({ buttons: ['Remove'] }, async () => {
      page.act('Remove…');
      await until('it is gone', async () => (await stateOf(id)) === 'gone');
    });
    assert.deepEqual(
      questions.map(({ message }) => message),
      ['Remove container “web”?'],
    );
  });

  it('says that what it shows was removed, keeps it readable, and leads to its successor', async () => {
    const id = await containerIn('running', { name: 'web', extra: { Env: ['COLOUR=green'] } });
    const page = await panelOpenedBy(() => call(open, id));
    await page.show('overview');
    await api('DELETE', `/containers/${id}?force=true`);
    await until('the notice shows', () => page.notice !== '');
    assert.match(page.notice, /^“web” was removed\. This is what it was at .+\.$/);
    // The last reading may fall into the removal.
    assert.match(String(factOf(page.shown('overview'), 'State')), /^(running|removing|exited|dead)/);
    const environment = await page.show('environment');
    assert.deepEqual(typeof environment === 'object' && 'variables' in environment && environment.variables[0], {
      name: 'COLOUR',
      value: { text: 'green', code: true },
    });
    assert.deepEqual(page.head.actions, []);
    const next = await newContainer({ name: 'web' });
    await until('the successor is offered', () => page.head.actions.length === 1);
    const successor = await panelOpenedBy(async () => {
      page.act('Open What Took Its Place');
      await until('a panel opens', () => vscode.window.tabGroups.activeTabGroup.tabs.length === 2);
    });
    assert.equal(factOf(await successor.show('overview'), 'ID'), next);
  });

  it('reads nothing while it is hidden, and all of it when it is back', async () => {
    const id = await containerIn('running', { name: 'web' });
    const page = await panelOpenedBy(() => call(open, id));
    await page.show('overview');
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    await until('it is hidden', () => !page.panel.visible);
    page.messages.length = 0;
    await api('POST', `/containers/${id}/kill`);
    await until('the engine has ended it', async () => (await stateOf(id)) === 'exited');
    page.panel.reveal();
    await until('it is back', () => page.panel.visible);
    assert.deepEqual(page.messages, []);
    await page.show('overview');
    await until('it is read anew', () => factOf(page.shown('overview'), 'State') === 'exited');
  });

  it('does not send what looks secret before it is asked for', async () => {
    await containerIn('created', { name: 'web', extra: { Env: ['DB_PASSWORD=opensesame', 'PATH=/bin'] } });
    const page = await panelOpenedBy(() => call(open, 'web'));
    const content = await page.show('environment');
    assert(typeof content === 'object' && 'variables' in content);
    assert(!JSON.stringify(page.messages).includes('opensesame'));
    const secret = content.variables.find(({ name }) => name === 'DB_PASSWORD')?.value.secret;
    assert(secret !== undefined);
    page.send({ type: 'reveal', secret });
    await until('it is told', () => page.messages.some(message => message.type === 'revealed'));
    assert.deepEqual(page.messages.at(-1), { type: 'revealed', secret, text: 'opensesame' });
    await vscode.env.clipboard.writeText('');
    page.send({ type: 'copySecret', secret });
    await until('it is copied', async () => (await vscode.env.clipboard.readText()) === 'opensesame');
  });

  it('opens links to other objects and to ports', async () => {
    const host = { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18099' }] } };
    const id = await containerIn('running', { name: 'web', host, extra: { ExposedPorts: { '80/tcp': {} } } });
    const page = await panelOpenedBy(() => call(open, id));
    const content = await page.show('overview');
    assert(typeof content === 'object' && 'sections' in content);
    const facts = content.sections.flatMap(section => ('facts' in section ? section.facts : []));
    const linkOf = (name: string): number => facts.find(fact => fact.name === name)?.values[0]?.link ?? -1;
    const urls: string[] = [];
    const restore = replaceIn(vscode.env, {
      openExternal: (uri: vscode.Uri) => Promise.resolve(urls.push(uri.toString(true)) > 0),
    });
    page.send({ type: 'open', link: linkOf('80/tcp') });
    await until('the port is opened', () => urls.length > 0);
    restore();
    assert.deepEqual(urls, ['http://127.0.0.1:18099/']);
    const image = await panelOpenedBy(async () => {
      page.send({ type: 'open', link: linkOf('Image') });
      await until('a panel opens', () => vscode.window.tabGroups.activeTabGroup.tabs.length === 2);
    });
    assert.equal(factOf(await image.show('overview'), 'Tags'), 'busybox:latest');
  });

  it('tells the processes while they are shown, and sends a signal to one when that is confirmed', async () => {
    const command = ['sh', '-c', 'sleep 4321 & while :; do sleep 1; done'];
    const id = await containerIn('running', { name: 'web', command });
    const page = await panelOpenedBy(() => call(open, id));
    const content = await page.show('processes');
    assert(typeof content === 'object' && 'signals' in content);
    const child = content.rows.find(({ cells }) => cells.at(-1) === 'sleep 4321');
    assert(child?.process !== undefined, 'a signal can be sent to it');
    const { process } = child;
    const declined = await withPerson({}, () => {
      page.send({ type: 'signal', process, signal: 'SIGKILL' });
      return Promise.resolve();
    });
    assert.deepEqual(
      declined.questions.map(({ detail, buttons }) => [detail, buttons]),
      [['sleep 4321', ['Send SIGKILL']]],
    );
    const confirmed = await withPerson({ buttons: ['Send SIGKILL'] }, async () => {
      page.send({ type: 'signal', process, signal: 'SIGKILL' });
      await until('it is shown no more', () => {
        const shown = page.shown('processes');
        return typeof shown === 'object' && 'rows' in shown && shown.rows.every(row => row.process !== process);
      });
    });
    assert.deepEqual(confirmed.errors, []);
    assert.equal(await stateOf(id), 'running');
    await api('POST', `/containers/${id}/kill`);
    await until('it says why there are none', () => typeof page.shown('processes') === 'string');
    assert.equal(page.shown('processes'), 'It does not run: there are no processes');
  });

  it('sends no signal to a process that runs another program meanwhile, and says what it runs', async () => {
    const command = ['sh', '-c', 'trap "exec sleep 4322" USR1; while :; do sleep 0.1; done'];
    const id = await containerIn('running', { name: 'web', command });
    const page = await panelOpenedBy(() => call(open, id));
    const runs = (): string | undefined => {
      const content = page.shown('processes');
      assert(typeof content === 'object' && 'signals' in content);
      return content.rows.find(row => row.process === main)?.cells.at(-1);
    };
    const content = await page.show('processes');
    assert(typeof content === 'object' && 'signals' in content);
    const main = content.rows.find(({ cells }) => cells.at(-1)?.startsWith('sh -c'))?.process ?? -1;
    const errors: string[] = [];
    const restore = replaceIn(vscode.window, {
      showWarningMessage: async (_message: string, _options: unknown, send: unknown) => {
        await api('POST', `/containers/${id}/kill?signal=USR1`);
        await until('it runs another program', () => runs() === 'sleep 4322');
        return send;
      },
      showErrorMessage: (message: string) => Promise.resolve(errors.push(message)),
    });
    page.send({ type: 'signal', process: main, signal: 'SIGKILL' });
    await until('it is refused', () => errors.length > 0);
    restore();
    assert.match(errors[0] ?? '', /^Could not send SIGKILL to .*: that number runs something else now, “sleep 4322”$/);
    assert.equal(await stateOf(id), 'running');
  });

  it('tells what changed in the files, anew when it is asked', async () => {
    const id = await containerIn('running', { name: 'web', command: ['sh', '-c', 'touch /made; sleep 1000000'] });
    const page = await panelOpenedBy(() => call(open, id));
    await page.show('changes');
    await until('it shows the new file', () => {
      page.send({ type: 'refresh', tab: 'changes' });
      return JSON.stringify(page.shown('changes')).includes('["added","/made"]');
    });
  });

  it('shows images, networks and volumes', async () => {
    await containerIn('running', { name: 'web', host: { NetworkMode: 'bridge', Binds: ['data:/data'] } });
    const shown = async (command: string, name: string, tab: 'overview' | 'layers' | 'drawing'): Promise<string> => {
      const page = await panelOpenedBy(() => call(command, name));
      return JSON.stringify(await page.show(tab));
    };
    assert.match(await shown('quayside.image.openInspector', 'busybox:latest', 'layers'), /"instruction":\{"text":"/);
    assert.match(await shown('quayside.network.openInspector', 'bridge', 'drawing'), /"name":"web"/);
    const volume = await panelOpenedBy(() => call('quayside.volume.openInspector', 'data'));
    assert.match(JSON.stringify(await volume.show('overview')), /"text":"web"/);
    await until('its size is told', () =>
      /^\d+k?B, measured at .* Measure Anew$/.test(factOf(volume.shown('overview'), 'Size') ?? ''),
    );
  });

  it('drops what is no message, and numbers that it gave to nobody', async () => {
    const id = await containerIn('running', { name: 'web' });
    const page = await panelOpenedBy(() => call(open, id));
    await page.show('overview');
    page.messages.length = 0;
    const misfits: unknown[] = [
      null,
      'stop',
      { type: 'act', action: 'quayside.container.stop' },
      { type: 'act', action: 9_999 },
      { type: 'open', link: 9_999 },
      { type: 'reveal', secret: 9_999 },
      { type: 'show', tab: '__proto__' },
      { type: 'constructor' },
    ];
    const shown = await withPerson({}, async () => {
      for (const misfit of misfits) page.sendAnything(misfit);
      page.send({ type: 'show', tab: 'raw' });
      await until('it goes on', () => page.shown('raw'));
    });
    assert.deepEqual(shown.errors, []);
    assert.equal(page.messages.length, 1);
    assert.equal(await stateOf(id), 'running');
  });
});
