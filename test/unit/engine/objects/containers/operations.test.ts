import assert from 'node:assert/strict';
import * as containers from '../../../../../src/engine/objects/containers/operations';
import { sendJson } from '../../../../support/engines/fakeEngine';
import { fails, operating } from '../../operating';

describe('Operations, on answers that a real engine seldom gives', () => {
  const on = operating();

  describe('remove of a container', () => {
    const cases: [name: string, force: boolean, status: string | undefined, ok: boolean][] = [
      ['that runs', false, 'running', false],
      ['that is being removed', false, 'removing', true],
      ['that is gone when it is looked at', false, undefined, true],
      ['whose forced removal is under way', true, 'running', true],
    ];
    for (const [name, force, status, ok] of cases) {
      it(`${ok ? 'takes no offence at' : 'fails for'} a conflict about one ${name}`, async () => {
        on.fake.answers.set('/containers/c', (_, response) => sendJson(response, 409, { message: 'no' }));
        on.fake.answers.set('/containers/c/json', (_, response) =>
          sendJson(response, status === undefined ? 404 : 200, { State: { Status: status } }),
        );
        const removing = containers.remove(on.engine, 'c', { force });
        await (ok ? removing : fails(removing, 'conflict'));
      });
    }
  });

  it('wait fails when the engine tells no exit code', async () => {
    on.fake.answers.set('/containers/c/wait', (_, response) => sendJson(response, 200, {}));
    await fails(containers.wait(on.engine, 'c'), 'failed', /no exit code/);
  });

  const names = ['a/../b', 'a?b', 'a#b', 'ü', 'a b', '%2F'];
  for (const name of names) {
    it(`keeps the name “${name}” within its place in the path`, async () => {
      await containers.inspect(on.engine, name).catch(() => undefined);
      assert.equal(on.fake.requests[0]?.path, `/containers/${encodeURIComponent(name)}/json`);
    });
  }
});
