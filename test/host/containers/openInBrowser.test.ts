import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { replaceIn, withPerson } from '../person';
import { call, containerIn, containerNode, emptyEngine, node, quayside, refusal } from '../setup';

describe('Commands on containers', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  describe('quayside.container.openInBrowser', () => {
    const opened: string[] = [];
    let restore = (): void => undefined;
    before(() => {
      const openExternal = (uri: vscode.Uri): Promise<boolean> => {
        opened.push(uri.toString(true));
        return Promise.resolve(true);
      };
      restore = replaceIn(vscode.env, { openExternal });
    });
    after(() => restore());
    beforeEach(() => opened.splice(0));

    const publishing = (ports: Readonly<Record<string, string>>): object => ({
      host: { PortBindings: Object.fromEntries(Object.entries(ports).map(([port, at]) => [port, [{ HostPort: at }]])) },
      extra: { ExposedPorts: Object.fromEntries(Object.keys(ports).map(port => [port, {}])) },
    });

    it('opens the only port at once, asks among several, and opens the clicked one', async () => {
      const one = await containerIn('running', { name: 'one', ...publishing({ '80/tcp': '18081' }) });
      const two = await containerIn('running', {
        name: 'two',
        ...publishing({ '80/tcp': '18082', '443/tcp': '18083', '53/udp': '18084' }),
      });
      assert.equal(await call('quayside.container.openInBrowser', 'one'), 'http://localhost:18081');
      await withPerson({}, () => call('quayside.container.openInBrowser', containerNode(one)));
      assert.deepEqual(opened.splice(0), ['http://localhost:18081/', 'http://localhost:18081/']);
      const shown = await withPerson({ picks: ['https://localhost:18083'] }, () =>
        call('quayside.container.openInBrowser', containerNode(two)),
      );
      assert.deepEqual(
        shown.picks[0]?.items.map(({ label }) => label),
        ['http://localhost:18082', 'https://localhost:18083'],
      );
      assert.deepEqual(opened.splice(0), ['https://localhost:18083/']);
      const ports = (await quayside()).list('container').find(({ id }) => id === two)?.ports ?? [];
      const clicked = ports.find(({ privatePort }) => privatePort === 80);
      const udp = ports.find(({ protocol }) => protocol === 'udp');
      assert(clicked && udp);
      await call('quayside.container.openInBrowser', node({ kind: 'port', containerId: two, port: clicked }));
      assert.deepEqual(opened.splice(0), ['http://localhost:18082/']);
      const failed = await withPerson({}, () =>
        call('quayside.container.openInBrowser', node({ kind: 'port', containerId: two, port: udp })),
      );
      assert.deepEqual(failed.errors, ['Could not open “two”: this port is no published TCP port']);
      assert.deepEqual(opened, []);
    });

    it('says when nothing is published', async () => {
      await containerIn('running', { name: 'silent' });
      assert.equal(
        await refusal(call('quayside.container.openInBrowser', 'silent')),
        'Could not open “silent”: it publishes no TCP port while it is in this state',
      );
      const shown = await withPerson({}, () => call('quayside.container.openInBrowser'));
      assert.deepEqual(shown.errors, ['No container publishes a TCP port']);
      assert.deepEqual(opened, []);
    });
  });
});
