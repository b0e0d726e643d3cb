import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Subject } from '../../src/ui/objects/subject';
import { withPerson } from './person';
import { api, call, containerIn, emptyEngine, inspect, listed, node, refusal, unlisted } from './setup';

const volumeNode = (id: string): { subject: Subject } => node({ kind: 'volume', id });

const exists = async (name: string): Promise<boolean> => (await inspect(`/volumes/${name}`)) !== undefined;

async function newVolume(name: string, labels: Readonly<Record<string, string>> = {}): Promise<string> {
  await api('POST', '/volumes/create', { Name: name, Labels: labels });
  await listed('volume', name);
  return name;
}

describe('Commands on volumes', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  describe('quayside.volume.create', () => {
    const create = 'quayside.volume.create';
    const pattern = 'a name has two characters at least, letters and digits, and from the second on also _ . -';

    it('creates what a program names or a person types, and returns its name', async () => {
      assert.equal(await call(create, 'given', { driver: 'local' }), 'given');
      assert.equal(await exists('given'), true);
      const shown = await withPerson({ inputs: ['typed'] }, () => call(create));
      assert.deepEqual(shown.errors, []);
      assert.equal(shown.inputs[0]?.title, 'Name of the new volume');
      assert.equal(shown.inputs[0].validate('a b'), `A${pattern.slice(1)}`);
      assert.equal(await exists('typed'), true);
    });

    it('creates nothing when the question is left', async () => {
      const shown = await withPerson({}, () => call(create));
      assert.deepEqual(shown.errors, []);
      assert.deepEqual(((await api('GET', '/volumes')) as { Volumes: unknown }).Volumes, []);
    });

    it('refuses a name that is taken or none', async () => {
      await newVolume('taken', { whose: 'another’s' });
      assert.equal(
        await refusal(call(create, 'taken')),
        'Could not create the volume “taken”: a volume named “taken” exists',
      );
      const kept = await inspect<{ Labels: object }>('/volumes/taken');
      assert.deepEqual(kept?.Labels, { whose: 'another’s' });
      assert.equal(await refusal(call(create, '../x')), `Could not create the volume “../x”: ${pattern}`);
    });
  });

  describe('quayside.volume.remove', () => {
    const remove = 'quayside.volume.remove';

    it('removes by name, list, and clicked rows', async () => {
      const names = await Promise.all(
        ['by-name', 'listed-1', 'listed-2', 'clicked', 'selected'].map(name => newVolume(name)),
      );
      await call(remove, 'by-name', { ask: false });
      await call(remove, ['listed-1', 'listed-2'], { ask: false });
      const nodes = ['clicked', 'selected'].map(volumeNode);
      const shown = await withPerson({ buttons: ['Remove'] }, () => call(remove, nodes[0], nodes));
      assert.equal(shown.questions[0]?.message, 'Remove 2 volumes?');
      assert.match(shown.questions[0].detail, /^• clicked\n• selected\n/);
      assert.deepEqual(
        await Promise.all(names.map(exists)),
        names.map(() => false),
      );
    });

    it('asks, names what goes, and leaves it when the answer is no', async () => {
      await newVolume('data');
      const shown = await withPerson({}, () => call(remove, volumeNode('data')));
      assert.deepEqual(shown.questions, [
        {
          message: 'Remove volume “data”?',
          detail: 'All files in it are lost. No container uses it.',
          buttons: ['Remove'],
        },
      ]);
      assert.deepEqual(shown.errors, []);
      assert.equal(await exists('data'), true);
    });

    it('refuses what is in use, also by a stopped container, and names the users', async () => {
      await containerIn('running', { name: 'one', host: { Binds: ['data:/data'] } });
      await containerIn('exited', { name: 'two', host: { Binds: ['other:/data'] } });
      const one = 'Could not remove “data”: container “one” uses it; remove it first';
      assert.equal(await refusal(call(remove, 'data', { ask: false })), one);
      assert.deepEqual((await withPerson({}, () => call(remove, volumeNode('data')))).errors, [one]);
      const two = 'Could not remove “other”: container “two” uses it; remove it first';
      assert.equal(await refusal(call(remove, 'other', { ask: false })), two);
      assert.deepEqual([await exists('data'), await exists('other')], [true, true]);
    });

    it('says what is not there', async () => {
      assert.equal(await refusal(call(remove, 'nowhere', { ask: false })), 'There is no volume “nowhere”');
      await newVolume('gone');
      await api('DELETE', '/volumes/gone');
      await unlisted('volume', 'gone');
      const shown = await withPerson({ buttons: ['Remove'] }, () => call(remove, volumeNode('gone')));
      assert.deepEqual(shown.errors, ['There is no volume “gone”']);
      const none = await withPerson({}, () => call(remove));
      assert.deepEqual(none.errors, ['There is no volume that could be removed']);
    });
  });

  it('prunes all unused ones, after a warning that named ones go too', async () => {
    await newVolume('free');
    await containerIn('created', { host: { Binds: ['used:/data'] } });
    const no = await withPerson({}, () => call('quayside.volume.pruneAll'));
    assert.deepEqual(no.questions, [
      {
        message: 'Remove 1 volume, named ones too, that no container uses?',
        detail: 'All files in them are lost.\n\n• free',
        buttons: ['Remove'],
      },
    ]);
    assert.equal(await exists('free'), true);
    const yes = await withPerson({ buttons: ['Remove'] }, () => call('quayside.volume.pruneAll'));
    assert.deepEqual(yes.notices, ['Removed 1 volume']);
    assert.deepEqual([await exists('free'), await exists('used')], [false, true]);
    await unlisted('volume', 'free');
    const none = await withPerson({}, () => call('quayside.volume.pruneAll'));
    assert.deepEqual(none.errors, ['There is no unused volume to remove']);
  });

  it('warns before it prunes on an engine that cannot tell named from anonymous ones', async () => {
    await newVolume('named');
    const { ApiVersion } = (await api('GET', '/version')) as { ApiVersion: string };
    const shown = await withPerson({}, () => call('quayside.volume.prune'));
    if (Number(ApiVersion.split('.')[1]) >= 42) {
      assert.deepEqual(shown.errors, ['There is no unused anonymous volume to remove']);
    } else {
      assert.match(
        shown.questions[0]?.detail ?? '',
        /^This engine makes no difference .* named ones go too.*\n\n• named$/,
      );
    }
    assert.equal(await exists('named'), true);
  });

  it('copies names, and inspects', async () => {
    await newVolume('shown');
    await newVolume('too');
    const nodes = ['shown', 'too'].map(volumeNode);
    assert.equal(await call('quayside.volume.copyName', nodes[0], nodes), 'shown\ntoo');
    assert.equal(await vscode.env.clipboard.readText(), 'shown\ntoo');
    await call('quayside.volume.inspect', 'shown');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.deepEqual(JSON.parse(text), await api('GET', '/volumes/shown'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
