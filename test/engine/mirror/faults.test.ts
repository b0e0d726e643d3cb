import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../../../src/engine/connection/connection';
import type { Mirror } from '../../../src/engine/mirror/mirror';
import type { Fault } from '../../support/engines/faultLink';
import { type FaultProxy, startFaultProxy } from '../../support/engines/faultProxy';
import { createContainer } from '../../support/engines/rawEngine';
import { Workload } from '../../support/engines/workload';
import { announcedSeed, Random } from '../../support/random';
import { until } from '../../support/until';
import { onEngines } from '../engines';
import { openMirror } from '../openMirror';
import { CommandRun, type Outcomes } from './commandRuns';
import { engineSummary, mirrorSummary } from './summary';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
const faults = soak ? 200 : 25;
const commandRuns = 2;
/** How soon after the engine answers without a fault the mirror equals it, in milliseconds. */
const recovery = soak ? 1_000 : 2_000;
/** How many times as long as the engine's plain lists take is left to it besides: that is the busy machine's part. */
const listings = 4;

describe(`Under ${faults} random faults`, function () {
  this.timeout(soak ? 900_000 : 120_000);
  onEngines(['20.10', '28', 'podman'], on => {
    let proxy: FaultProxy;
    let connection: Connection;
    let mirror: Mirror;
    let random: Random;
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

    before(async () => {
      random = new Random(announcedSeed());
      proxy = await startFaultProxy(on.test.socket, { random });
      ({ connection, mirror } = await openMirror(proxy.host, { watched: true }));
      process.on('unhandledRejection', onUnhandled);
    });
    after(() => {
      process.off('unhandledRejection', onUnhandled);
      mirror.dispose();
      connection.dispose();
      proxy.dispose();
    });

    it('every command ends with the truth, and the mirror with what the engine holds', async () => {
      const over = new AbortController();
      const workload = new Workload(on.test.api, random);
      await workload.prepare({ commits: on.isDocker });
      const runs = Array.from(
        { length: commandRuns },
        (_, index) => new CommandRun(connection, on.test.api, random, `run${index}-`),
      );
      const begun = performance.now();
      const working = Promise.all([
        ...runs.map(run => run.until(over.signal)),
        (async () => {
          while (!over.signal.aborted) {
            await workload.step();
            await delay(20);
          }
        })(),
      ]);
      working.catch(() => over.abort());
      proxy.reset();
      for (let count = 0; count < faults && !over.signal.aborted; count++) await oneFault();
      over.abort();
      await working;
      const seconds = (performance.now() - begun) / 1000;
      const requests = proxy.requests.length;

      if (!on.isDocker) await createContainer(on.test.api); // Podman tells of no network: a container does.
      const answered = performance.now();
      await engineSummary(on.test.api);
      const plain = performance.now() - answered;
      let is = '';
      let should = '';
      const equal = async (): Promise<boolean> =>
        (is = mirrorSummary(mirror)) === (should = await engineSummary(on.test.api));
      const patience = { timeout: 20_000, interval: 5 };
      await until('the mirror equals the engine', equal, patience).catch(() => assert.equal(is, should));
      const took = performance.now() - answered;
      assert.ok(took < recovery + listings * plain, `${took} ms, where the lists alone take ${plain} ms`);
      assert.deepEqual(unhandled, []);

      const sum = sumOf(runs.map(run => run.outcomes));
      const commands = Object.values(sum).reduce((all, one) => all + one, 0);
      const found = Object.entries(sum).map(([kind, count]) => `${count} ${kind}`);
      console.log(`      ${commands} commands: ${found.join(', ')}`);
      console.log(
        `      ${requests} requests in ${seconds.toFixed(0)} s; equal ${took.toFixed(0)} ms after the last fault (the lists take ${plain.toFixed(0)} ms)`,
      );
      assert.ok(requests < 25 * seconds + 10 * faults + 3 * commands, `${requests} requests`);
    });

    async function oneFault(): Promise<void> {
      const lasts = 50 + random.below(350);
      const way = random.below(12);
      if (way === 0) {
        proxy.refuse();
        await delay(lasts);
        await proxy.accept();
      } else if (way === 1) await proxy.replace();
      else proxy.afflict(randomFault(random), random.pick([1, 0.5, 0.3]));
      await delay(lasts);
      proxy.heal();
      await delay(random.below(200));
    }
  });
});

function randomFault(random: Random): Fault {
  const after = random.below(3_000);
  const all: readonly Fault[] = [
    { kind: 'cut' },
    { kind: 'stall' },
    { kind: 'slow', latency: random.below(300), bytesPerSecond: 1_000 + random.below(50_000) },
    { kind: 'truncate', after },
    { kind: 'corrupt', after },
    { kind: 'reorder' },
    { kind: 'split' },
    { kind: 'halfClose' },
    { kind: 'swallow' },
  ];
  return random.pick(all) ?? { kind: 'cut' };
}

function sumOf(all: readonly Outcomes[]): Outcomes {
  const sum: Outcomes = { answered: 0, refused: 0, unsent: 0, foundDone: 0, foundUndone: 0 };
  for (const outcomes of all) for (const key of Object.keys(sum) as (keyof Outcomes)[]) sum[key] += outcomes[key];
  return sum;
}
