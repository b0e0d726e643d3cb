import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withPerson } from './person';
import { call } from './setup';

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('quayside');

describe('Commands of the views', () => {
  const orders: Readonly<Record<string, readonly string[]>> = {
    containers: ['Name', 'Created, newest first', 'State, running first', 'Image'],
    images: ['Name', 'Created, newest first', 'Size, largest first'],
    networks: ['Name', 'Created, newest first', 'Driver'],
    volumes: ['Name', 'Created, newest first', 'Driver'],
  };

  for (const [view, titles] of Object.entries(orders)) {
    it(`sort the ${view} by what is given or chosen, and remember it`, async () => {
      const asked = await withPerson({ picks: [titles[1] ?? ''] }, () => call(`quayside.${view}.sort`));
      assert.deepEqual(asked.picks[0]?.items.map(({ label }) => label).sort(), [...titles].sort());
      const again = await withPerson({}, () => call(`quayside.${view}.sort`, 'no such order'));
      const current = again.picks[0]?.items.find(({ description }) => description === 'current');
      assert.equal(current?.label, titles[1]);
      await call(`quayside.${view}.sort`, 'name');
      const byName = await withPerson({}, () => call(`quayside.${view}.sort`));
      assert.equal(byName.picks[0]?.items.find(({ description }) => description === 'current')?.label, 'Name');
    });

    it(`filter the ${view} by the given text, and take it back`, async () => {
      await call(`quayside.${view}.filter`, ' text ');
      await call(`quayside.${view}.clearFilter`);
      await call(`quayside.${view}.filter`, '');
    });
  }

  it('hide what is stopped, and show it again', async () => {
    await call('quayside.containers.hideStopped');
    await call('quayside.containers.showStopped');
  });

  it('show live figures, and hide them again, in the settings', async () => {
    assert.equal(settings().get('containers.stats'), false);
    await call('quayside.containers.showStats');
    assert.equal(settings().get('containers.stats'), true);
    await call('quayside.containers.hideStats');
    assert.equal(settings().get('containers.stats'), false);
    await settings().update('containers.stats', undefined, vscode.ConfigurationTarget.Global);
  });

  it('group the containers by what is given or chosen, in the settings', async () => {
    await call('quayside.containers.groupBy', 'image');
    assert.equal(settings().get('containers.groupBy'), 'image');
    const shown = await withPerson({ picks: ['No groups'] }, () => call('quayside.containers.groupBy'));
    assert.equal(shown.picks[0]?.title, 'Group By');
    assert.equal(shown.picks[0].items.find(({ description }) => description === 'current')?.label, 'Image');
    assert.equal(settings().get('containers.groupBy'), 'none');
    await withPerson({}, () => call('quayside.containers.groupBy', 'nonsense'));
    assert.equal(settings().get('containers.groupBy'), 'none');
    await call('quayside.containers.groupBy', 'project');
    await settings().update('containers.groupBy', undefined, vscode.ConfigurationTarget.Global);
  });
});
