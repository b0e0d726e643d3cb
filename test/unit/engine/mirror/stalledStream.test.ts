import assert from 'node:assert/strict';
import { delay } from '../../../../src/base/abort';
import { containerEntry, event } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';
import { mirrorUnderTest } from './mirrors';

describe('Mirror', () => {
  const on = mirrorUnderTest();

  describe('whose event stream brings nothing any more', () => {
    const questions = (): number => on.fake.to('/events').filter(({ query }) => query.has('until')).length;

    /** The first stream stays open; asked for what it remembers, the engine tells what it made last, if anything. */
    const beginWith = async (made: 'container' | undefined, silence = 1_200): Promise<void> => {
      on.fake.answers.set('/events', ({ query }, response) => {
        response.writeHead(200).flushHeaders();
        if (!query.has('until')) return;
        const timeNano = Number(query.get('until')) * 1e9 - 1e6;
        response.end(made && `${JSON.stringify({ ...event(made, 'create', 'c'), timeNano })}\n`);
      });
      on.begin({ silence });
      await on.mirror.whenReady();
      on.fake.containers.push(containerEntry('c'));
    };

    it('opens another and lists again, and leaves the connection alone', async () => {
      await beginWith('container');
      const { engine } = on.connection;
      const watch = on.connection.watch();
      await until('the new row is there', () => on.names().includes('c'), { timeout: 9_000 });
      watch.dispose();
      assert.equal(on.connection.engine, engine);
      assert.equal(on.mirror.state, 'ready');
    });

    it('is found out soon after a change made here of which it told nothing', async () => {
      await beginWith('container', 60_000);
      on.fake.answers.set('/containers/c/start', (_, response) => response.writeHead(204).end());
      const watch = on.connection.watch();
      await on.connection.engine?.client.call({ method: 'POST', path: '/containers/c/start' });
      await until('the new row is there', () => on.names().includes('c'), { timeout: 9_000 });
      watch.dispose();
      assert.equal(questions(), 1);
    });

    it('asks while somebody looks only, and goes on with a stream that has missed nothing', async () => {
      await beginWith(undefined);
      const lists = on.fake.to('/containers/json').length;
      await delay(2_500);
      assert.equal(questions(), 0);
      const watch = on.connection.watch();
      await until('it has asked', () => questions() > 0, { timeout: 5_000 });
      watch.dispose();
      assert.equal(on.fake.to('/containers/json').length, lists);
    });
  });
});
