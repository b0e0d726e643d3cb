import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Change } from '../../src/engine/mirror/kinds';
import { api, containerIn, emptyEngine, newContainer, quayside, until } from './setup';

describe('The API for other extensions', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  it('is what activation returns, of version 1', async () => {
    const extension = vscode.extensions.getExtension('quayside.quayside');
    assert(extension?.isActive);
    assert.equal(extension.exports, await quayside());
    assert.equal((await quayside()).apiVersion, 1);
  });

  it('tells the engine that is followed', async () => {
    const { engine } = await quayside();
    const { Version } = (await api('GET', '/version')) as { Version: string };
    assert.deepEqual({ ...engine }, { endpoint: process.env['DOCKER_HOST'], state: 'connected', version: Version });
  });

  it('lists the rows of each kind as the engine has them', async () => {
    const id = await containerIn('running', { name: 'web', host: { Binds: ['data:/data'] } });
    await api('POST', '/networks/create', { Name: 'own' });
    const rows = await quayside();
    await rows.whenReady();
    await until(
      'the volume and the network are listed',
      () => rows.list('volume').length > 0 && rows.list('network').some(({ name }) => name === 'own'),
    );
    assert.deepEqual(
      rows.list('container').map(row => [row.id, row.name, row.state]),
      [[id, 'web', 'running']],
    );
    const ids = async (path: string, key = 'Id'): Promise<string[]> =>
      ((await api('GET', path)) as Record<string, string>[]).map(entry => entry[key] ?? '').sort();
    assert.deepEqual(
      rows
        .list('network')
        .map(row => row.id)
        .sort(),
      await ids('/networks'),
    );
    assert.deepEqual(
      rows
        .list('image')
        .map(row => row.id)
        .sort(),
      await ids('/images/json'),
    );
    assert.deepEqual(
      rows.list('volume').map(row => row.name),
      ['data'],
    );
  });

  it('tells what was added, changed and removed, until the listener is disposed', async () => {
    const rows = await quayside();
    const changes: Change[] = [];
    const subscription = rows.onDidChange(change => changes.push(change));
    const seen = (): string[] =>
      changes.flatMap(change =>
        change.kind !== 'container'
          ? []
          : [
              ...change.added.map(row => `added ${row.name}`),
              ...change.changed.map(({ before, after }) => `${before.state} → ${after.state}`),
              ...change.removed.map(row => `removed ${row.name}`),
            ],
      );
    const id = await newContainer({ name: 'seen' });
    await until('it is added', () => seen().includes('added seen'));
    await api('POST', `/containers/${id}/start`);
    await until('it runs', () => seen().includes('created → running'));
    await api('DELETE', `/containers/${id}?force=1`);
    await until('it is removed', () => seen().includes('removed seen'));
    subscription.dispose();
    const before = changes.length;
    const other = await newContainer({ name: 'unseen' });
    await until('it is listed', () => rows.list('container').some(row => row.id === other));
    assert.equal(changes.length, before);
  });
});
