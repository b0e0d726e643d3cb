import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Subject } from '../../src/ui/objects/subject';
import { withPerson } from './person';
import { assertSentence, call, containerIn, emptyEngine, node, refusal, showing, type State, stateOf } from './setup';

const projectNode = (name: string): { subject: Subject } => node({ kind: 'project', name });

function member(project: string, service: string, state: State, files?: string): Promise<string> {
  const labels = {
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    ...(files !== undefined && { 'com.docker.compose.project.config_files': files }),
  };
  return containerIn(state, { name: `${project}-${service}`, labels });
}

const statesOf = (ids: readonly string[]): Promise<string[]> => Promise.all(ids.map(stateOf));

describe('Commands on Compose projects', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  it('work on those of its containers that they fit, and on no others', async () => {
    const shop = [await member('shop', 'web', 'running'), await member('shop', 'db', 'exited')];
    const other = await member('other', 'web', 'running');
    const steps: [verb: string, states: string[]][] = [
      ['start', ['running', 'running']],
      ['pause', ['paused', 'paused']],
      ['unpause', ['running', 'running']],
      ['restart', ['running', 'running']],
      ['stop', ['exited', 'exited']],
    ];
    for (const [index, [verb, states]] of steps.entries()) {
      const target = index % 2 === 0 ? 'shop' : projectNode('shop');
      const shown = await withPerson({}, () => call(`quayside.project.${verb}`, target));
      assert.deepEqual([verb, shown.errors, await statesOf(shop)], [verb, [], states]);
      await Promise.all(shop.map((id, at) => showing(id, states[at] ?? '')));
    }
    const sentence = 'Could not stop “shop”: this fits none of its containers';
    assert.equal(await refusal(call('quayside.project.stop', 'shop')), sentence);
    assert.deepEqual((await withPerson({}, () => call('quayside.project.stop', projectNode('shop')))).errors, [
      sentence,
    ]);
    assert.equal(await stateOf(other), 'running');
  });

  it('work on several projects at once', async () => {
    const ids = [await member('one', 'a', 'running'), await member('two', 'b', 'running')];
    await call('quayside.project.stop', ['one', 'two']);
    assert.deepEqual(await statesOf(ids), ['exited', 'exited']);
    await Promise.all(ids.map(id => showing(id, 'exited')));
    const nodes = ['one', 'two'].map(projectNode);
    await withPerson({}, () => call('quayside.project.start', nodes[0], nodes));
    assert.deepEqual(await statesOf(ids), ['running', 'running']);
  });

  it('ask with the names of what goes, before they remove', async () => {
    const ids = [await member('shop', 'web', 'running'), await member('shop', 'db', 'exited')];
    const no = await withPerson({}, () => call('quayside.project.remove', projectNode('shop')));
    assert.equal(no.questions[0]?.message, 'Remove 2 containers?');
    assert.match(no.questions[0].detail, /• shop-db$/m);
    assert.match(no.questions[0].detail, /• shop-web \(running\)$/m);
    assert.deepEqual(no.questions[0].buttons, ['Stop and Remove']);
    assert.deepEqual(await statesOf(ids), ['running', 'exited']);
    await withPerson({ buttons: ['Stop and Remove'] }, () => call('quayside.project.remove', projectNode('shop')));
    assert.deepEqual(await statesOf(ids), ['gone', 'gone']);
  });

  it('ask which project, and say what there is none of', async () => {
    assert.equal(await refusal(call('quayside.project.start', 'nothing')), 'There is no Compose project “nothing”');
    const none = await withPerson({}, () => call('quayside.project.start'));
    assert.deepEqual(none.errors, ['There is no Compose project that this fits']);
    const id = await member('shop', 'web', 'exited');
    const shown = await withPerson({ picks: [['shop']] }, () => call('quayside.project.start'));
    assert.equal(shown.picks[0]?.title, 'Start which projects?');
    assert.equal(shown.picks[0].items[0]?.description, '0 of 1 container running');
    assert.equal(await stateOf(id), 'running');
  });

  describe('quayside.project.openComposeFile', () => {
    const open = 'quayside.project.openComposeFile';
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'quayside-compose-'));
      await writeFile(join(folder, 'compose.yaml'), 'services: {}\n');
      await writeFile(join(folder, 'other.yaml'), 'services: {}\n');
      await mkdir(join(folder, 'folder.yaml'));
    });
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(folder, { recursive: true, force: true });
    });

    it('opens the file that the labels name, and asks among several', async () => {
      await member('one', 'web', 'created', join(folder, 'compose.yaml'));
      assert.equal(await call(open, 'one'), join(folder, 'compose.yaml'));
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, join(folder, 'compose.yaml'));
      await member('two', 'web', 'created', `${join(folder, 'compose.yaml')},${join(folder, 'other.yaml')}`);
      const shown = await withPerson({ picks: [join(folder, 'other.yaml')] }, () => call(open, projectNode('two')));
      assert.equal(shown.picks[0]?.title, 'Open which Compose file of “two”?');
      assert.equal(vscode.window.activeTextEditor.document.uri.fsPath, join(folder, 'other.yaml'));
    });

    it('says when the file is not there, or no label names one', async () => {
      const missing = join(folder, 'missing.yaml');
      await member('lost', 'web', 'created', missing);
      const there = 'there is no file';
      assert.equal(
        await refusal(call(open, 'lost')),
        `Could not open the Compose file of “lost”: ${there} “${missing}” on this machine`,
      );
      await member('silent', 'web', 'created');
      assert.equal(
        await refusal(call(open, 'silent')),
        'Could not open the Compose file of “silent”: its containers do not tell where the file is',
      );
    });

    const hostile: [what: string, claim: (folder: string) => string][] = [
      ['a network share', () => '//attacker.example/share/compose.yaml'],
      ['a Windows share', () => String.raw`\\attacker.example\share\compose.yaml`],
      ['a relative path', () => 'compose.yaml'],
      ['a folder', at => join(at, 'folder.yaml')],
      ['a link to a command', () => '/[run](command:workbench.action.quit)'],
      ['lines', () => '/a\nb\u202e'],
      ['an address', () => 'https://attacker.example/compose.yaml'],
    ];
    for (const [what, claim] of hostile) {
      it(`opens nothing for ${what}, and says so in one sentence`, async () => {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await member('hostile', 'web', 'created', claim(folder));
        const shown = await withPerson({}, () => call(open, projectNode('hostile')));
        assert.equal(shown.errors.length, 1);
        const [message = ''] = shown.errors;
        assertSentence(message);
        assert.match(message, /^Could not open the Compose file of “hostile”: /);
        assert(!message.includes(']('), message);
        assert.equal(vscode.window.activeTextEditor, undefined);
      });
    }
  });
});
