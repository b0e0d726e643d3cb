import assert from 'node:assert/strict';
import { delay } from '../../../../src/base/abort';
import { sentenceOf } from '../../../support/sentence';
import { until } from '../../../support/until';
import { connected, connecting, forgiving, quick, unreachable } from './connections';

describe('Connection', () => {
  const on = connecting();

  describe('pings', () => {
    const pings = (): number => on.fake.to('/_ping').length;

    it('never while nobody watches', async () => {
      await on.fake.start();
      await connected(on.begin(forgiving).connection);
      await delay(150);
      assert.equal(pings(), 1);
    });

    it('while somebody watches, and as often for one as for three', async () => {
      await on.fake.start();
      const { connection } = on.begin(forgiving);
      await connected(connection);
      const begun = performance.now();
      const watchers = [connection.watch(), connection.watch(), connection.watch()];
      const counted = await until('it has pinged', () => pings() >= 6 && pings());
      const most = 2 + (performance.now() - begun) / 30;
      assert.ok(counted <= most, `${counted} pings, not ${most}`);
      watchers[0]?.dispose();
      watchers[0]?.dispose();
      watchers[1]?.dispose();
      await until('it still pings', () => pings() > counted + 1);
      watchers[2]?.dispose();
      await delay(60);
      const last = pings();
      await delay(120);
      assert.equal(pings(), last);
      connection.watch();
      await until('it pings again', () => pings() > last);
    });

    it('over the connection that it found the engine by', async () => {
      await on.fake.start();
      const { connection } = on.begin(forgiving);
      connection.watch();
      await until('it has pinged some times', () => pings() > 4);
      assert.equal(on.fake.connections, 1);
    });

    it('and shows a hung engine within the deadline, and the same engine as connected when it answers', async () => {
      await on.fake.start();
      const { connection, states } = on.begin({ ...quick, patience: 60_000 });
      const engine = await connected(connection);
      connection.watch();
      on.fake.hang();
      const hung = performance.now();
      const state = await unreachable(connection);
      assert.equal(state.reason, 'hung');
      assert.equal(sentenceOf(state.attempts[0]?.error), 'no answer within 0.25 s');
      assert.ok(performance.now() - hung < 2_000);
      assert.equal(connection.engine, engine);
      on.fake.resume();
      assert.equal(await connected(connection), engine);
      assert.deepEqual(
        states.map(({ kind }) => kind),
        ['connected', 'unreachable', 'connected'],
      );
    });

    it('and connects anew when its patience with a hung engine ends', async () => {
      await on.fake.start();
      const { connection } = on.begin({ ...quick, patience: 500 });
      const engine = await connected(connection);
      connection.watch();
      on.fake.hang();
      await unreachable(connection);
      await until('it gives the engine up', () => connection.engine === undefined);
      assert.equal(connection.state.kind, 'unreachable');
      on.fake.resume();
      assert.notEqual(await connected(connection), engine);
    });

    it('and loses an engine that is gone', async () => {
      await on.fake.start();
      const { connection } = on.begin();
      await connected(connection);
      connection.watch();
      await on.fake.stop();
      assert.equal((await unreachable(connection)).reason, 'absent');
    });
  });
});
