import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { SharedStats } from '../../../src/engine/stats/shared';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { type EngineProxy, startProxy } from '../../support/engines/proxy';
import { createContainer, runContainer } from '../../support/engines/rawEngine';
import { until } from '../../support/until';
import { engineVersions } from '../engines';
import { openMirror, type OpenMirror } from '../openMirror';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
const engines = engineVersions(soak ? ['20.10', '28'] : ['20.10']);
const rest = soak ? 60_000 : 25_000;
const burst = soak ? 300 : 40;
const parallel = 8;
/** How long nothing is asked when all that an event leads to has been, in milliseconds. */
const quiet = 1_000;
/** Touches within this time are fetched together; timers fire up to a millisecond early. */
const coalescingWindow = 25 - 1;

for (const version of engines) {
  describe(`What Docker Engine ${version} is asked`, function () {
    this.timeout(300_000);
    let engine: TestEngine;
    let own: ProxiedMirror;
    let stats: SharedStats;

    before(async () => {
      engine = await startEngine({ version });
      await engine.loadBusybox();
      for (let count = 0; count < 3; count++) await runContainer(engine.api);
      const probed = { Healthcheck: { Test: ['CMD', 'true'], Interval: 5e8 } };
      const id = await runContainer(engine.api, { extra: probed });
      await until('its health is known', async () => {
        const { State } = (await engine.api('GET', `/containers/${id}/json`)) as {
          State: { Health: { Status: string } };
        };
        return State.Health.Status === 'healthy';
      });
      own = await openProxied(engine);
      stats = new SharedStats(own);
    });

    after(async () => {
      stats.dispose();
      await own.dispose();
      await engine.dispose();
    });

    const asked = (): string[] => askedOf(own.proxy);

    it('to begin with: one ping, the events, and each list once', () => {
      const [ping, events, ...lists] = asked();
      assert.deepEqual([ping, events], ['GET /_ping', 'GET /events']);
      assert.deepEqual(lists.sort(), ['GET /containers/json', 'GET /images/json', 'GET /networks', 'GET /volumes']);
    });

    it(`in ${rest / 1000} s of rest: nothing while nobody watches, a ping each 10 s while somebody does`, async () => {
      const watched = await openProxied(engine);
      try {
        for (const { proxy } of [own, watched]) proxy.reset();
        watched.connection.watch();
        await delay(rest);
        assert.deepEqual(askedOf(own.proxy), []);
        assertPings(watched.proxy);
      } finally {
        await watched.dispose();
      }
    });

    it('while somebody looks at figures: one stream for each container, ended within 2 s after the last look', async () => {
      const { proxy, mirror } = own;
      proxy.reset();
      const ids = mirror.list('container').map(({ id }) => id);
      let samples = 0;
      const lookers = [...ids, ...ids].map(id => stats.watch(id, update => (samples += update.samples.length)));
      await until('figures came for all', () => samples >= 4 * ids.length, { timeout: 20_000 });
      assert.deepEqual(asked().sort(), ids.map(id => `GET /containers/${id}/stats`).sort());
      const left = Date.now();
      for (const looker of lookers) looker.dispose();
      await until('all streams have ended', () => proxy.requests.every(({ ended }) => ended !== undefined));
      const last = Math.max(...proxy.requests.map(({ ended = Infinity }) => ended)) - left;
      assert.ok(last <= 2_000, `${last} ms`);
      samples = 0;
      await delay(2_000);
      assert.deepEqual([samples, asked().length], [0, ids.length]);
    });

    it(`for ${burst} short-lived containers: one list at a time, one in each window, of containers alone`, async () => {
      const { proxy, mirror } = own;
      proxy.reset();
      let left = burst;
      const begin = performance.now();
      const worker = async (): Promise<void> => {
        while (left-- > 0) {
          const id = await createContainer(engine.api, { command: ['true'], host: { NetworkMode: 'none' } });
          await engine.api('POST', `/containers/${id}/start`);
          await engine.api('DELETE', `/containers/${id}?force=1`);
        }
      };
      await Promise.all(Array.from({ length: parallel }, worker));
      const seconds = (performance.now() - begin) / 1000;

      const ids = async (): Promise<string[]> =>
        ((await engine.api('GET', '/containers/json?all=1')) as { Id: string }[]).map(({ Id }) => Id).sort();
      const shown = (): string[] =>
        mirror
          .list('container')
          .map(({ id }) => id)
          .sort();
      const expected = await ids();
      await until('the mirror equals the engine', () => shown().join() === expected.join());
      await until('nothing is asked any more', () => isQuiet(proxy));
      assert.deepEqual(shown(), await ids());
      assert.equal(mirror.list('container').filter(({ state }) => state === 'running').length, 4);

      const lists = proxy.requests;
      assert.deepEqual([...new Set(asked())], ['GET /containers/json']);
      for (const [index, { time }] of lists.slice(1).entries()) {
        const before = lists[index];
        assert.ok(before?.ended !== undefined && time >= before.ended, 'Two lists at once');
        assert.ok(time - before.time >= coalescingWindow, `${time - before.time} ms between two lists`);
      }
      console.log(`      ${lists.length} lists for ${burst * 3} operations in ${seconds.toFixed(0)} s`);
    });
  });
}

/** A mirror that asks its engine through a proxy. */
interface ProxiedMirror extends OpenMirror {
  readonly proxy: EngineProxy;
  dispose(): Promise<void>;
}

async function openProxied({ socket }: TestEngine): Promise<ProxiedMirror> {
  const proxy = await startProxy(socket);
  const { connection, mirror } = await openMirror(proxy.host);
  const dispose = async (): Promise<void> => {
    mirror.dispose();
    connection.dispose();
    await proxy.dispose();
  };
  return { proxy, connection, mirror, dispose };
}

/** Whether all answers have come and no request has followed the last one. */
function isQuiet({ requests }: EngineProxy): boolean {
  return requests.every(({ ended = Infinity }) => Date.now() - ended > quiet);
}

/** That a ping came each ten seconds of the rest, and nothing else. */
function assertPings(proxy: EngineProxy): void {
  const pings = askedOf(proxy);
  assert.ok(
    pings.every(request => request === 'GET /_ping'),
    pings.join(),
  );
  const expected = rest / 10_000;
  assert.ok(pings.length >= Math.floor(expected) && pings.length <= Math.ceil(expected) + 1, `${pings.length} pings`);
  const gaps = proxy.requests.slice(1).map(({ time }, index) => time - (proxy.requests[index]?.time ?? 0));
  assert.ok(
    gaps.every(gap => gap >= 9_900),
    gaps.join(),
  );
}

function askedOf({ requests }: EngineProxy): string[] {
  return requests.map(({ method, path }) => `${method} ${plain(path)}`);
}

/** The path without version and query. */
function plain(path: string): string {
  return path.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '');
}
