import assert from 'node:assert/strict';
import { delay } from '../../../../../src/base/abort';
import type { EngineEvent } from '../../../../../src/engine/connection/events';
import { Reflector } from '../../../../../src/engine/mirror/reflector';
import { Store } from '../../../../../src/engine/mirror/store';
import { containerKind } from '../../../../../src/engine/objects/containers/kind';
import { containerRow } from '../../../../../src/engine/objects/containers/row';
import { FakeEngine } from '../../../../support/engines/fakeEngine';
import { until } from '../../../../support/until';

function container(state: string, networks: Record<string, string> = {}): ReturnType<typeof containerRow> {
  const attached = Object.entries(networks).map(([name, IPAddress]) => [name, { IPAddress }]);
  const entry = {
    Id: 'a',
    Names: ['/a'],
    State: state,
    NetworkSettings: { Networks: Object.fromEntries(attached) as unknown },
  };
  return containerRow(entry, 0);
}

function event(action: string, name?: string): EngineEvent {
  const type = name === undefined ? 'container' : 'network';
  return { type, action, id: 'a', attributes: name === undefined ? {} : { name, container: 'a' } };
}

describe('A list that lags behind the events', () => {
  const late: [EngineEvent, before: ReturnType<typeof container>, after: ReturnType<typeof container>][] = [
    [event('die'), container('running'), container('exited')],
    [event('die'), container('paused'), container('restarting')],
    [event('stop'), container('running'), container('exited')],
    [event('pause'), container('running'), container('paused')],
    [event('unpause'), container('paused'), container('running')],
    [event('connect', 'n'), container('running'), container('running', { n: '10.0.0.2' })],
    [event('disconnect', 'n'), container('running', { n: '10.0.0.2' }), container('running')],
    [event('disconnect', 'n'), container('running', { n: '10.0.0.2' }), container('exited', { n: '' })],
  ];
  for (const [told, before, after] of late) {
    it(`does not show “${told.action}” while it says ${before.state}, and does when it says ${after.state}`, () => {
      assert.deepEqual(
        [before, after].map(row => containerKind.shows?.(told, row)),
        [false, true],
      );
    });
  }

  for (const action of ['create', 'start', 'restart', 'rename', 'health_status', 'update', 'oom']) {
    it(`shows “${action}” at once`, () =>
      assert.equal(containerKind.shows?.(event(action), container('running')), true));
  }

  describe('is read again', () => {
    const abort = new AbortController();
    let fake: FakeEngine;
    before(() => void (fake = new FakeEngine()));
    after(async () => {
      abort.abort();
      await fake.dispose();
    });

    /** A reflector of a list that says “running” so many times after an end. */
    async function follow(lagging: number): Promise<{ asked: number[]; store: Store<ReturnType<typeof container>> }> {
      const asked: number[] = [];
      const begin = performance.now();
      const store = new Store<ReturnType<typeof container>>({});
      const list = (): Promise<ReturnType<typeof container>[]> => {
        asked.push(performance.now() - begin);
        return Promise.resolve([container(asked.length - 1 <= lagging ? 'running' : 'exited')]);
      };
      const nothing = (): void => undefined;
      const kind = { ...containerKind, list };
      const listener = { onChanges: nothing, onError: nothing, onForbidden: nothing };
      const reflector = new Reflector(kind, store, fake.engine(), abort.signal, listener);
      await reflector.list();
      reflector.see(event('die'));
      reflector.see(event('disconnect', 'none'));
      return { asked, store };
    }

    it('until it shows what an event told, and no more', async () => {
      const { asked, store } = await follow(3);
      await until('the end shows', () => store.get('a')?.state === 'exited');
      await delay(300);
      assert.equal(asked.length, 1 + 3 + 1);
    });

    it('once where it does not lag', async () => {
      const { asked, store } = await follow(0);
      await until('the end shows', () => store.get('a')?.state === 'exited');
      await delay(200);
      assert.equal(asked.length, 2);
    });

    it('ever more rarely, and not for ever', async () => {
      const { asked } = await follow(Infinity);
      await delay(4_500);
      assert.equal(asked.length, 2 + 6);
    });
  });
});
