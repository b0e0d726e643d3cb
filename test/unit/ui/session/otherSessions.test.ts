import assert from 'node:assert/strict';
import type * as RunModule from '../../../../src/ui/run';
import type * as OtherSessionsModule from '../../../../src/ui/session/otherSessions';
import { containerEntry, FakeEngine } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';
import { loadAnew } from '../vscodeStub';

const l10n = { t: (text: string) => text };
const { OtherSessions } = loadAnew(['session/session'], 'session/otherSessions', {
  l10n,
}) as typeof OtherSessionsModule;
const soak = process.env['QUAYSIDE_SOAK'] === '1';

describe('Sessions of engines', function () {
  this.timeout(soak ? 300_000 : 10_000);
  let fake: FakeEngine;

  before(async () => {
    fake = await new FakeEngine().start();
    fake.containers = Array.from({ length: 20 }, (_, index) => containerEntry(`c${index}`));
  });
  after(() => fake.dispose());

  const resources = (): string[] => process.getActiveResourcesInfo().sort();

  it('leave no socket, timer or stream when they end, however often they are opened', async () => {
    const others = new OtherSessions({}, () => undefined);
    const cycle = async (): Promise<void> => {
      others.keepOnly(new Map([['x', fake.endpoint]]));
      await others.get('x')?.mirror.whenReady();
      assert.equal(others.get('x')?.mirror.list('container').length, 20);
      others.dispose();
    };
    await cycle();
    await until('the first has ended', () => fake.sockets.size === 0);
    const before = { resources: resources(), heap: process.memoryUsage().heapUsed };
    for (let count = 0; count < (soak ? 500 : 20); count++) await cycle();
    await until('all sockets are closed', () => fake.sockets.size === 0);
    const count = (all: readonly string[], kind: string): number => all.filter(name => name === kind).length;
    await until('no more sockets, streams and timers are open than before', () => {
      const now = resources();
      return now.every(kind => count(now, kind) <= count(before.resources, kind));
    });
    const grown = (process.memoryUsage().heapUsed - before.heap) / 1e6;
    assert(grown < 20, `${grown.toFixed(1)} MB`);
  });

  it('end what is not wanted, and begin anew what listens elsewhere now', async () => {
    const others = new OtherSessions({}, () => undefined);
    others.keepOnly(new Map([['x', { ...fake.endpoint, address: { kind: 'unix', path: '/nowhere' } }]]));
    const first = others.get('x');
    others.keepOnly(new Map([['x', fake.endpoint]]));
    const second = others.get('x');
    assert.notEqual(second, first);
    await second?.mirror.whenReady();
    others.keepOnly(new Map([['x', fake.endpoint]]));
    assert.equal(others.get('x'), second);
    others.dispose();
    assert.equal(others.get('x'), undefined);
    assert.throws(() => second?.engine, /another engine was chosen meanwhile/);
  });
});

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
