import assert from 'node:assert/strict';
import { withPerson } from '../person';
import { call, containerIn, emptyEngine, refusal } from '../setup';

const interactive = [
  {
    command: 'quayside.container.openShell',
    which: 'Open a shell in which container?',
    could: 'Could not open a shell in',
  },
  {
    command: 'quayside.container.openShellWith',
    which: 'Open a shell in which container?',
    could: 'Could not open a shell in',
  },
  {
    command: 'quayside.container.runCommand',
    which: 'Run a command in which container?',
    could: 'Could not run the command in',
  },
  { command: 'quayside.container.attach', which: 'Attach to which container?', could: 'Could not attach to' },
] as const;

describe('Shells, commands and consoles', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  for (const { command, which, could } of interactive) {
    describe(command, () => {
      it('refuses containers that do not run, in a sentence', async () => {
        for (const [state, cause] of [
          ['created', 'it is not running'],
          ['exited', 'it is not running'],
          ['paused', 'it is paused'],
        ] as const) {
          await containerIn(state, { name: `in-${state}` });
          const options = { command: 'true' };
          assert.equal(await refusal(call(command, `in-${state}`, options)), `${could} “in-${state}”: ${cause}`);
        }
        assert.equal(await refusal(call(command, 'no-such')), 'There is no container “no-such”');
      });

      it('offers running containers alone when it is called with nothing, and says when there is none', async () => {
        const nothing = await withPerson({}, () => call(command));
        assert.match(nothing.errors.join(), /^There is no running container to /);
        await containerIn('exited', { name: 'ended' });
        await containerIn('running', { name: 'alive' });
        const { picks } = await withPerson({}, () => call(command));
        assert.deepEqual(
          picks.map(({ title, items }) => [title, ...items.map(({ label }) => label)]),
          [[which, 'alive']],
        );
      });
    });
  }
});
