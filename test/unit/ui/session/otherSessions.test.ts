import assert from 'node:assert/strict';
import type * as OtherSessionsModule from '../../../../src/ui/session/otherSessions';
import { containerEntry, FakeEngine } from '../../../support/engines/fakeEngine';
import { saying } from '../../../support/sentence';
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
    assert.throws(() => second?.engine, saying(/another engine was chosen meanwhile/));
  });
});
