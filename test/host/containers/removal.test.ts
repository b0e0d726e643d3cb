import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withPerson } from '../person';
import {
  api,
  assertSentence,
  call,
  containerIn,
  containerNode,
  emptyEngine,
  listed,
  newContainer,
  refusal,
  showing,
  stateOf,
} from '../setup';

describe('Commands on containers', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

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
});
