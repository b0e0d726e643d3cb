import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withPerson } from '../person';
import { api, call, containerIn, containerNode, emptyEngine, quayside, refusal, until } from '../setup';

const hex = 'a'.repeat(64);

describe('Commands on containers', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  describe('copies', () => {
    const copied = async (verb: string, ...args: unknown[]): Promise<string> => {
      await vscode.env.clipboard.writeText('before');
      const shown = await withPerson({}, () => call(`quayside.container.${verb}`, ...args));
      assert.deepEqual(shown.errors, []);
      return vscode.env.clipboard.readText();
    };

    it('names, ids and images, a line for each selected container', async () => {
      const one = await containerIn('created', { name: 'one' });
      const two = await containerIn('running', { name: 'two' });
      const nodes = [containerNode(one), containerNode(two)];
      assert.equal(await copied('copyName', nodes[0]), 'one');
      assert.equal(await copied('copyName', nodes[0], nodes), 'one\ntwo');
      assert.equal(await copied('copyId', nodes[1], nodes), `${two}\n${one}`);
      assert.equal(await copied('copyImage', 'one'), 'busybox:latest');
      assert.equal(await call('quayside.container.copyId', 'one'), one);
    });

    it('the only address at once, asks among several, and says when there is none', async () => {
      const plain = await containerIn('running', { name: 'plain', host: {} });
      const published = await containerIn('running', {
        name: 'published',
        host: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18080' }] } },
        extra: { ExposedPorts: { '80/tcp': {} } },
      });
      const rows = await quayside();
      const ownAddress = (id: string): string =>
        rows
          .list('container')
          .find(row => row.id === id)
          ?.networks.find(({ network: name }) => name === 'bridge')?.address ?? '';
      await until('addresses are known', () => ownAddress(plain) && ownAddress(published));
      assert.equal(await copied('copyAddress', containerNode(plain)), ownAddress(plain));
      const shown = await withPerson({ picks: ['127.0.0.1:18080'] }, () =>
        call('quayside.container.copyAddress', containerNode(published)),
      );
      assert.deepEqual(
        shown.picks[0]?.items.map(({ label }) => label),
        ['127.0.0.1:18080', ownAddress(published)],
      );
      assert.equal(await vscode.env.clipboard.readText(), '127.0.0.1:18080');
      await containerIn('created', { name: 'none' });
      const none = await refusal(call('quayside.container.copyAddress', 'none'));
      assert.equal(none, 'Could not copy from “none”: it has no address while it is in this state');
    });
  });

  describe('quayside.container.inspect', () => {
    it('shows what the engine says as a read-only JSON document under the container’s name', async () => {
      const id = await containerIn('created', { name: 'web', labels: { shown: 'yes' } });
      const uri = vscode.Uri.parse(String(await call('quayside.container.inspect', 'web')));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), uri.toString());
      assert.equal(editor.document.languageId, 'json');
      assert.match(uri.path, /\/web\.json$/);
      assert.deepEqual(JSON.parse(editor.document.getText()), await api('GET', `/containers/${id}/json`));
      assert.equal(vscode.workspace.fs.isWritableFileSystem(uri.scheme), undefined);
      // Shown again, it is read anew.
      await api('POST', `/containers/${id}/start`);
      await call('quayside.container.inspect', id);
      await until('it is read anew', () => editor.document.getText().includes('"Status": "running"'));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('says what is not there', async () => {
      assert.equal(await refusal(call('quayside.container.inspect', hex)), `There is no container “${hex}”`);
    });
  });
});
