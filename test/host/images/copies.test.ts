import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, call } from '../setup';
import { imageNode, newImage, onlyBusybox } from './images';

describe('Commands on images', () => {
  beforeEach(onlyBusybox);
  after(onlyBusybox);

  it('copies names and ids, and shows inspection and history', async () => {
    const id = await newImage('shown');
    assert.equal(await call('quayside.image.copyName', id), 'shown:latest');
    assert.equal(await call('quayside.image.copyName', imageNode(id, 'shown:latest')), 'shown:latest');
    assert.equal(await call('quayside.image.copyId', 'shown'), id);
    assert.equal(await vscode.env.clipboard.readText(), id);
    await call('quayside.image.inspect', 'shown');
    const text = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.deepEqual(JSON.parse(text()), await api('GET', '/images/shown/json'));
    await call('quayside.image.history', 'shown');
    assert.match(text(), /^IMAGE +CREATED \(UTC\) +SIZE +CREATED BY\n/);
    assert.match(text(), /sleep 1000000/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
