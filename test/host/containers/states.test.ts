import assert from 'node:assert/strict';
import { untilPrinted } from '../../support/engines/rawEngine';
import { withPerson } from '../person';
import {
  api,
  call,
  containerIn,
  containerNode,
  emptyEngine,
  inspect,
  listed,
  newContainer,
  refusal,
  showing,
  type State,
  stateOf,
  unlisted,
} from '../setup';

interface Verb {
  verb: string;
  /** In which states it fits, and what comes of it. */
  fits: Partial<Record<State, State | 'gone'>>;
  /** In which states it does not, and the end of the sentence. */
  unfit: Partial<Record<State, string>>;
  /** How the sentence of a failure begins. */
  could: string;
  /** What a pick of objects asks. */
  which: string;
  options?: Readonly<Record<string, unknown>>;
}

const verbs: readonly Verb[] = [
  {
    verb: 'start',
    fits: { created: 'running', exited: 'running' },
    unfit: { running: 'it is running already', paused: 'it is paused; unpause it instead' },
    could: 'Could not start',
    which: 'Start which containers?',
  },
  {
    verb: 'stop',
    fits: { running: 'exited', paused: 'exited' },
    unfit: { created: 'it is not running', exited: 'it is not running' },
    could: 'Could not stop',
    which: 'Stop which containers?',
  },
  {
    verb: 'restart',
    fits: { running: 'running', created: 'running', exited: 'running' },
    unfit: {},
    could: 'Could not restart',
    which: 'Restart which containers?',
  },
  {
    verb: 'pause',
    fits: { running: 'paused' },
    unfit: { paused: 'it is paused already', created: 'it is not running', exited: 'it is not running' },
    could: 'Could not pause',
    which: 'Pause which containers?',
  },
  {
    verb: 'unpause',
    fits: { paused: 'running' },
    unfit: { running: 'it is not paused', created: 'it is not paused', exited: 'it is not paused' },
    could: 'Could not unpause',
    which: 'Unpause which containers?',
  },
  {
    verb: 'kill',
    fits: { running: 'exited', paused: 'exited' },
    unfit: { created: 'it is not running', exited: 'it is not running' },
    could: 'Could not kill',
    which: 'Kill which containers?',
    options: { signal: 'SIGKILL' },
  },
  {
    verb: 'remove',
    fits: { created: 'gone', exited: 'gone' },
    unfit: { running: 'it is running; stop it first, or give force' },
    could: 'Could not remove',
    which: 'Remove which containers?',
    options: { ask: false },
  },
];

function words(fits: Verb['fits']): string {
  return Object.entries(fits)
    .map(([before, after]) => `${before} into ${after}`)
    .join(', ');
}

describe('Commands on the state of containers', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  for (const { verb, fits, unfit, could, which, options = {} } of verbs) {
    const command = `quayside.container.${verb}`;
    const [[state, end] = ['running', 'running'] as const] = Object.entries(fits) as [State, string][];

    describe(command, () => {
      it('takes an id, a name, the beginning of an id, a list, and a target among its options', async () => {
        const ids = await Promise.all(
          ['by-id', 'by-name', 'by-beginning', 'listed-1', 'listed-2', 'target'].map(name =>
            containerIn(state, { name }),
          ),
        );
        const [byId = '', , byBeginning = ''] = ids;
        await call(command, byId, options);
        assert.equal(await stateOf(byId), end);
        await call(command, 'by-name', options);
        await call(command, byBeginning.slice(0, 12), options);
        await call(command, ['listed-1', 'listed-2'], options);
        await call(command, { ...options, target: 'target' });
        assert.deepEqual(
          await Promise.all(ids.map(stateOf)),
          ids.map(() => end),
        );
      });

      it('works on the clicked row, and on all selected rows that it fits', async () => {
        const [one = '', two = '', three = ''] = await Promise.all([1, 2, 3].map(() => containerIn(state)));
        const others = await Promise.all((Object.keys(unfit) as State[]).map(other => containerIn(other)));
        // Destruction asks a person, and so does the choice of a signal.
        const answers = { buttons: ['Remove', 'Stop and Remove'], picks: ['SIGKILL', 'SIGKILL'] };
        const first = await withPerson(answers, () => call(command, containerNode(one)));
        assert.deepEqual(first.errors, []);
        assert.equal(await stateOf(one), end);
        assert.equal(await stateOf(two), state);
        if (verb === 'remove') return;
        const nodes = [three, two, ...others].map(containerNode);
        const all = await withPerson(answers, () => call(command, nodes[0], nodes));
        assert.deepEqual(all.errors, []);
        assert.deepEqual(await Promise.all([two, three].map(stateOf)), [end, end]);
        assert.deepEqual(await Promise.all(others.map(stateOf)), Object.keys(unfit));
      });

      it('asks for the containers that it fits, and does nothing when that is left', async () => {
        const fit = await containerIn(state, { name: 'fitting' });
        await Promise.all((Object.keys(unfit) as State[]).map(other => containerIn(other, { name: `not-${other}` })));
        const left = await withPerson({}, () => call(command));
        assert.deepEqual(left.errors, []);
        assert.equal(left.picks[0]?.title, which);
        const labels = left.picks[0].items.map(({ label }) => label);
        const alsoAsked = verb === 'remove' ? ['not-running'] : [];
        assert.deepEqual(
          labels.filter(label => !alsoAsked.includes(label)),
          ['fitting'],
        );
        assert.equal(await stateOf(fit), state);
        const answers = { picks: [['fitting'], 'SIGKILL'], buttons: ['Remove'] };
        assert.deepEqual((await withPerson(answers, () => call(command))).errors, []);
        assert.equal(await stateOf(fit), end);
      });

      it(`turns ${words(fits)}`, async () => {
        await Promise.all(
          (Object.entries(fits) as [State, string][]).map(async ([before, after]) => {
            const id = await containerIn(before);
            await call(command, id, options);
            assert.equal(await stateOf(id), after);
          }),
        );
      });

      it('refuses what it does not fit, for programs and people, and changes nothing', async () => {
        for (const [before, cause] of Object.entries(unfit) as [State, string][]) {
          const id = await containerIn(before, { name: `is-${before}` });
          const sentence = `${could} “is-${before}”: ${cause}`;
          assert.equal(await refusal(call(command, `is-${before}`, options)), sentence);
          assert.equal(await stateOf(id), before);
          if (verb === 'remove') continue; // People are offered to stop it first.
          const shown = await withPerson({}, () => call(command, containerNode(id)));
          assert.deepEqual(shown.errors, [sentence]);
          assert.equal(await stateOf(id), before);
        }
      });

      it('says that a name names nothing, or that what was clicked is gone', async () => {
        assert.equal(await refusal(call(command, 'nobody', options)), 'There is no container “nobody”');
        const id = await newContainer();
        await listed('container', id);
        await api('DELETE', `/containers/${id}?force=1`);
        await unlisted('container', id);
        const shown = await withPerson({ buttons: ['Remove'], picks: ['SIGKILL'] }, () =>
          call(command, containerNode(id)),
        );
        assert.deepEqual(shown.errors, [`There is no container “${id.slice(0, 12)}”`]);
      });

      it('does nothing to any when one of the given names is wrong', async () => {
        const id = await containerIn(state, { name: 'right' });
        assert.equal(await refusal(call(command, ['right', 'wrong'], options)), 'There is no container “wrong”');
        assert.equal(await stateOf(id), state);
      });
    });
  }

  it('stops with the timeout that is given or asked for, and refuses one that is none', async () => {
    const stubborn = { command: ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done'] };
    const extra = { StopSignal: 'SIGTERM', StopTimeout: 30 };
    const [byOption, byAnswer] = [
      await containerIn('running', { ...stubborn, extra }),
      await containerIn('running', { ...stubborn, extra }),
    ];
    for (const timeout of ['soon', -1, 1.5, Number.NaN]) {
      const message = await refusal(call('quayside.container.stop', byOption, { timeout }));
      assert.equal(message, 'A timeout is a whole number of seconds, 0 or more');
    }
    assert.equal(await stateOf(byOption), 'running');
    await call('quayside.container.stop', byOption, { timeout: 0 });
    assert.equal(await stateOf(byOption), 'exited');

    const left = await withPerson({}, () => call('quayside.container.stopWithTimeout', containerNode(byAnswer)));
    assert.equal(left.inputs[0]?.title, 'Seconds until the container is killed');
    assert.equal(left.inputs[0].validate('1.5'), 'A whole number of seconds, 0 or more');
    assert.equal(left.inputs[0].validate(' 1 '), undefined);
    assert.equal(await stateOf(byAnswer), 'running');
    await withPerson({ inputs: ['0'] }, () => call('quayside.container.stopWithTimeout', containerNode(byAnswer)));
    assert.equal(await stateOf(byAnswer), 'exited');
  });

  it('kills with the signal that is given or chosen, and tells what the engine says to a wrong one', async () => {
    const command = ['sh', '-c', 'trap "exit 7" USR1; echo trapped; while :; do sleep 0.1; done'];
    const [given, chosen] = [await containerIn('running', { command }), await containerIn('running', { command })];
    for (const id of [given, chosen]) await untilPrinted(api, id, 'trapped');
    assert.match(
      await refusal(call('quayside.container.kill', given, { signal: 'SIGNONE' })),
      /^Could not kill “.+”: Invalid signal: SIGNONE$/,
    );
    assert.equal(await stateOf(given), 'running');
    const codes = [given, chosen].map(id => call('quayside.container.wait', id));
    await call('quayside.container.kill', given, { signal: 'SIGUSR1' });
    const shown = await withPerson({ picks: ['SIGUSR1'] }, () =>
      call('quayside.container.kill', containerNode(chosen)),
    );
    assert.equal(shown.picks[0]?.title, 'Send which signal?');
    assert.deepEqual(await Promise.all(codes), [7, 7]);
  });

  it('waits until a container ends and tells a person its exit code', async () => {
    const id = await containerIn('running', { name: 'job', command: ['sh', '-c', 'sleep 1; exit 3'] });
    const shown = await withPerson({}, () => call('quayside.container.wait', containerNode(id)));
    assert.deepEqual(shown.notices, ['“job” ended with exit code 3']);
    await showing(id, 'exited');
    assert.equal(await refusal(call('quayside.container.wait', 'job')), 'Could not wait for “job”: it is not running');
    const missing = await refusal(call('quayside.container.wait', ['job', 'other']));
    assert.equal(missing, 'Could not wait for “job”: it is not running');
  });

  it('starts a container that fails to start with a sentence, and leaves it as it was', async () => {
    const id = await newContainer({ name: 'broken', command: ['/no/such/program'] });
    const message = await refusal(call('quayside.container.start', id));
    assert.match(message, /^Could not start “broken”: .*no such file or directory/);
    assert.equal(await stateOf(id), 'created');
    const state = await inspect<{ State: { ExitCode: number } }>(`/containers/${id}/json`);
    assert.equal(state?.State.ExitCode, 127);
  });
});
