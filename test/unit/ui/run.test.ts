import assert from 'node:assert/strict';
import type * as RunModule from '../../../src/ui/run';
import { loadAnew } from './vscodeStub';

const l10n = { t: (text: string) => text };

describe('A command on a row', () => {
  const { run } = loadAnew(['text', 'actions/tell'], 'run', {
    l10n,
    window: { showErrorMessage: (text: string) => Promise.resolve(void told.push(text)) },
  }) as typeof RunModule;
  const told: string[] = [];
  const row = { subject: { kind: 'volume', id: 'data' } };
  const current = {};
  const context = (session: object | undefined): Parameters<typeof run>[0] =>
    ({
      session: { current },
      lateTerminals: { load: () => Promise.resolve({}) },
      selection: () => [],
      sessionOf: (node: object) => (node === row ? session : undefined),
      log: { error: () => undefined },
    }) as unknown as Parameters<typeof run>[0];

  it('is refused in one sentence when the row is another engine’s, and done when it is not', async () => {
    const done: unknown[] = [];
    const handler = ({ session }: { session: { current: unknown } }): Promise<void> =>
      Promise.resolve(void done.push(session.current));
    await run(context({}), 'x', handler, [row]);
    assert.deepEqual(done, []);
    assert.match(told.join(), /^This row is of an engine that is not in use any more/);
    await run(context({}), 'x', handler, [{ ...row }, [row]]);
    assert.deepEqual(done, []);
    await run(context(current), 'x', handler, [row]);
    await run(context(undefined), 'x', handler, [{ ...row }]);
    assert.deepEqual(done, [current, current]);
  });
});
