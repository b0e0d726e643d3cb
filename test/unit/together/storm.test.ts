import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compareNames } from '../../../src/base/format';
import { Connection } from '../../../src/engine/connection/connection';
import { parseEndpoint } from '../../../src/engine/endpoints/endpoint';
import { Mirror } from '../../../src/engine/mirror/mirror';
import type { Container } from '../../../src/engine/objects/containers/row';
import { Forest } from '../../../src/ui/trees/resource/forest';
import { announcedSeed } from '../../support/random';
import { until } from '../../support/until';
import type { StormNews, StormOrder } from './stormEngine';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
const perSecond = 5_000;
const events = soak ? 100_000 : 10_000;
/** Of the event loop, in milliseconds; the machine that runs all tests has other things to do as well. */
const longestDelay = soak ? 100 : 250;
const mostGrowth = 50 * 1024 * 1024;

describe('A storm of events', function () {
  this.timeout(soak ? 120_000 : 30_000);
  let child: ChildProcess;
  let connection: Connection;
  let mirror: Mirror;

  const news = <K extends StormNews['kind']>(kind: K): Promise<Extract<StormNews, { kind: K }>> =>
    new Promise((resolve, reject) => {
      child.once('exit', code => reject(new Error(`The storm’s process ended with code ${code}`)));
      child.on('message', (message: StormNews) => {
        if (message.kind === kind) resolve(message as Extract<StormNews, { kind: K }>);
      });
    });

  beforeEach(async () => {
    child = fork(join(__dirname, 'stormEngine.js'));
    const { host } = await news('ready');
    connection = new Connection({ candidates: () => [parseEndpoint(host, 'setting')] });
    mirror = new Mirror(connection);
    connection.start();
    await mirror.whenReady();
  });
  afterEach(() => {
    mirror.dispose();
    connection.dispose();
    child.disconnect();
  });

  it(`of ${perSecond} a second keeps the host responsive and its memory small, and ends with the right rows`, async () => {
    const forest = new Forest<Container>({
      places: ({ id }) => [{ group: undefined, subject: { kind: 'container', id }, key: '' }],
      compare: (a, b) => compareNames(a.row.name, b.row.name) || compareNames(a.row.id, b.row.id),
      compareGroups: (a, b) => compareNames(a.label, b.label),
    });
    mirror.onDidChangeRows('container')(changes => void forest.apply(changes));
    const before = usedMemory();
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const order: StormOrder = { events, perSecond, seed: announcedSeed() };
    const begun = performance.now();
    child.send(order);
    const { names, requests } = await news('over');
    const seconds = (performance.now() - begun) / 1000;
    lag.disable();
    const ended = performance.now();
    const shown = (): string =>
      JSON.stringify(
        mirror
          .list('container')
          .map(({ id, name }) => [id, name])
          .sort(),
      );
    const wanted = JSON.stringify(Object.entries(names).sort());
    await until('the rows are right', () => shown() === wanted);
    const late = performance.now() - ended;
    const growth = usedMemory() - before;

    const p99 = lag.percentile(99) / 1e6;
    const megabytes = (growth / 1024 / 1024).toFixed(1);
    console.log(
      `      ${(events / seconds).toFixed(0)} events/s, ${requests} requests; event loop p99 ${p99.toFixed(0)} ms`,
    );
    console.log(`      right ${late.toFixed(0)} ms after the last event; ${megabytes} MB more in use`);
    assert.ok(p99 < longestDelay, `${p99} ms`);
    assert.ok(growth < mostGrowth, `${megabytes} MB`);
    assert.ok(requests < 10 + 10 * seconds, `${requests} requests in ${seconds} s`);
    assert.ok(late < 1_000, `${late} ms`);
  });
});

/** Bytes in use after a collection. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
