import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { replaceIn, withPerson } from '../person';
import {
  api,
  assertSentence,
  call,
  containerIn,
  containerNode,
  emptyEngine,
  inspect,
  listed,
  newContainer,
  node,
  quayside,
  refusal,
  showing,
  stateOf,
  until,
} from '../setup';

const hex = 'a'.repeat(64);

describe('Commands on containers', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  describe('quayside.container.rename', () => {
    const rename = 'quayside.container.rename';
    const nameOf = async (id: string): Promise<string> =>
      (await inspect<{ Name: string }>(`/containers/${id}/json`))?.Name ?? 'gone';

    it('gives the name that a program gives or a person types', async () => {
      const id = await containerIn('running', { name: 'before' });
      await call(rename, 'before', { name: 'between' });
      assert.equal(await nameOf(id), '/between');
      const shown = await withPerson({ inputs: [' after '] }, () => call(rename, containerNode(id)));
      assert.deepEqual(shown.errors, []);
      assert.equal(await nameOf(id), '/after');
      await withPerson({}, () => call(rename, containerNode(id)));
      assert.equal(await nameOf(id), '/after');
    });

    it('checks the name while it is typed, and begins with the one it has', async () => {
      const id = await containerIn('created', { name: 'web' });
      await containerIn('created', { name: 'db' });
      const { inputs } = await withPerson({}, () => call(rename, containerNode(id)));
      assert.equal(inputs[0]?.title, 'Rename “web”');
      assert.equal(inputs[0].value, 'web');
      const pattern = 'A name has two characters at least, letters and digits, and from the second on also _ . -';
      for (const name of ['', 'x', '-x', 'a b', 'a/b', 'ä1']) {
        assert.equal(inputs[0].validate(name), pattern, name);
      }
      assert.equal(inputs[0].validate('db'), 'A container named “db” exists');
      assert.equal(inputs[0].validate('web'), 'This is its name already');
      assert.equal(inputs[0].validate('web_2.x-1'), undefined);
    });

    const refused: [name: string, sentence: string][] = [
      ['db', 'Could not rename “web”: a container named “db” exists'],
      ['web', 'Could not rename “web”: this is its name already'],
      [
        '../x',
        'Could not rename “web”: a name has two characters at least, letters and digits, and from the second on also _ . -',
      ],
    ];
    for (const [name, sentence] of refused) {
      it(`refuses the name ${name}`, async () => {
        const id = await containerIn('created', { name: 'web' });
        await containerIn('created', { name: 'db' });
        assert.equal(await refusal(call(rename, id, { name })), sentence);
        assert.equal(await nameOf(id), '/web');
      });
    }

    it('tells in the engine’s words when the name was taken a moment ago', async () => {
      const id = await containerIn('created', { name: 'web' });
      await newContainer({ name: 'taken' });
      const message = await refusal(call(rename, id, { name: 'taken' }));
      assert.match(message, /^Could not rename “web”: .*(“taken” exists|"\/taken" is already in use)/);
      assert.equal(await nameOf(id), '/web');
    });

    it('takes one container only', async () => {
      await containerIn('created', { name: 'web' });
      await containerIn('created', { name: 'db' });
      const message = await refusal(call(rename, ['web', 'db'], { name: 'both' }));
      assert.equal(message, 'This works on one object at a time; several were given');
    });
  });

  describe('quayside.container.remove', () => {
    const remove = 'quayside.container.remove';

    it('asks, names what goes, and leaves it when the answer is no', async () => {
      const id = await containerIn('exited', { name: 'web' });
      const shown = await withPerson({}, () => call(remove, containerNode(id)));
      assert.deepEqual(shown, {
        errors: [],
        notices: [],
        details: [],
        questions: [
          {
            message: 'Remove container “web”?',
            detail: 'Files written inside and logs go with it. Named volumes stay.',
            buttons: ['Remove'],
          },
        ],
        picks: [],
        inputs: [],
      });
      assert.equal(await stateOf(id), 'exited');
    });

    it('offers to stop what runs, and does', async () => {
      const id = await containerIn('running', { name: 'web' });
      const shown = await withPerson({ buttons: ['Stop and Remove'] }, () => call(remove, containerNode(id)));
      assert.match(shown.questions[0]?.detail ?? '', /^It is running, and is stopped first\.$/m);
      assert.equal(await stateOf(id), 'gone');
    });

    it('asks a program too, unless it says not to, and rejects as VS Code has it when the question is left', async () => {
      const id = await containerIn('exited', { name: 'web' });
      const shown = await withPerson({}, () =>
        assert.rejects(call(remove, 'web'), error => error instanceof vscode.CancellationError),
      );
      assert.equal(shown.questions.length, 1);
      assert.equal(await stateOf(id), 'exited');
    });

    it('removes what runs by force, when a program gives it', async () => {
      const id = await containerIn('running');
      await call(remove, id, { ask: false, force: true });
      assert.equal(await stateOf(id), 'gone');
    });

    it('offers to take anonymous volumes along, and keeps named ones', async () => {
      const volumes = async (): Promise<number> =>
        ((await api('GET', '/volumes')) as { Volumes: unknown[] }).Volumes.length;
      const options = { host: { Binds: ['kept:/kept'] }, extra: { Volumes: { '/anonymous': {} } } };
      const [kept, gone, byOption] = [
        await containerIn('created', options),
        await containerIn('created', options),
        await containerIn('created', options),
      ];
      assert.equal(await volumes(), 4);
      const shown = await withPerson({ buttons: ['Remove'] }, () => call(remove, containerNode(kept)));
      assert.deepEqual(shown.questions[0]?.buttons, ['Remove', 'Remove with Anonymous Volumes']);
      assert.match(shown.questions[0].detail, /^Anonymous volumes: 1\.$/m);
      assert.equal(await volumes(), 4);
      await withPerson({ buttons: ['Remove with Anonymous Volumes'] }, () => call(remove, containerNode(gone)));
      assert.equal(await volumes(), 3);
      await call(remove, byOption, { ask: false, volumes: true });
      assert.equal(await volumes(), 2);
    });

    it('takes it for done when a container is gone already', async () => {
      const id = await containerIn('created', { name: 'web' });
      const [first, second] = [call(remove, id, { ask: false }), call(remove, id, { ask: false })];
      await Promise.all([first, second]);
      assert.equal(await stateOf(id), 'gone');
    });
  });

  it('starts, stops and removes 50 selected ones side by side, and tells failures once, together', async () => {
    const count = 50;
    const ids = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        newContainer({
          name: `many-${index + 10}`,
          command: index < 5 ? ['/no/such/program'] : ['sleep', '1000000'],
        }),
      ),
    );
    await listed('container', ...ids);
    const beginning = ids.map(id => id.slice(0, 1)).find((first, index, all) => all.indexOf(first) !== index) ?? '';
    assert.equal(
      await refusal(call('quayside.container.start', beginning)),
      `“${beginning}” is the beginning of several ids; give more of it`,
    );
    const nodes = ids.map(containerNode);
    const good = ids.slice(5);
    const statesOf = async (all: readonly string[]): Promise<string[]> => [
      ...new Set(await Promise.all(all.map(stateOf))),
    ];

    const started = await withPerson({}, () => call('quayside.container.start', nodes[7], nodes));
    assert.equal(started.errors.length, 1);
    const [message = ''] = started.errors;
    assertSentence(message);
    assert.match(
      message,
      /^5 of 50 containers could not be started: (“many-1\d”, ){3}…: .*no such file or directory.*$/,
    );
    assert.deepEqual(await statesOf(good), ['running']);
    assert.deepEqual(await statesOf(ids.slice(0, 5)), ['created']);

    await Promise.all(good.map(id => showing(id, 'running')));
    const stopped = await withPerson({}, () => call('quayside.container.stop', nodes[7], nodes));
    assert.deepEqual(stopped.errors, []);
    assert.deepEqual(await statesOf(good), ['exited']);

    await Promise.all(good.map(id => showing(id, 'exited')));
    const removed = await withPerson({ buttons: ['Remove'] }, () => call('quayside.container.remove', nodes[0], nodes));
    assert.deepEqual(removed.errors, []);
    assert.equal(removed.questions.length, 1);
    assert.equal(removed.questions[0]?.message, 'Remove 50 containers?');
    assert.match(removed.questions[0].detail, /^(• many-\d+\n){10}… and 40 more\n/);
    assert.deepEqual(await statesOf(ids), ['gone']);
  });

  describe('quayside.container.prune', () => {
    const prune = 'quayside.container.prune';

    it('asks with what would go, and removes only what does not run', async () => {
      const running = await containerIn('running', { name: 'stays' });
      const paused = await containerIn('paused', { name: 'also-stays' });
      const stopped = [await containerIn('exited', { name: 'one' }), await containerIn('created', { name: 'two' })];
      const no = await withPerson({}, () => call(prune));
      assert.deepEqual(no.questions, [
        {
          message: 'Remove what does not run: 2 containers?',
          detail: 'Files written inside and logs go with them. Volumes stay.\n\n• one\n• two',
          buttons: ['Remove'],
        },
      ]);
      assert.deepEqual(await Promise.all(stopped.map(stateOf)), ['exited', 'created']);
      const yes = await withPerson({ buttons: ['Remove'] }, () => call(prune));
      assert.deepEqual(yes.errors, []);
      assert.match(yes.notices.join(), /^Removed 2 containers/);
      assert.deepEqual(await Promise.all([...stopped, running, paused].map(stateOf)), [
        'gone',
        'gone',
        'running',
        'paused',
      ]);
    });

    it('says that there is nothing to remove', async () => {
      const shown = await withPerson({}, () => call(prune));
      assert.deepEqual(shown.errors, ['There is no stopped container to remove']);
    });

    it('returns its report to a program', async () => {
      const id = await containerIn('exited');
      const report = (await call(prune, { ask: false })) as { removed: string[] };
      assert.deepEqual(report.removed, [id]);
      assert.deepEqual(await call(prune, { ask: false }), { removed: [], reclaimed: 0 });
    });
  });

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
