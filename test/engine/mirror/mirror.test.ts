import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../../src/engine/connection/connection';
import { kindNames } from '../../../src/engine/mirror/kinds';
import type { Mirror } from '../../../src/engine/mirror/mirror';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { Workload } from '../../support/engines/workload';
import { announcedSeed, Random } from '../../support/random';
import { until } from '../../support/until';
import { engineVersions } from '../engines';
import { openMirror } from '../openMirror';
import { comparable, exactSince, freshRows } from './freshRows';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
const sequences = soak ? 10 : 1;
const operations = soak ? 300 : 150;
/** Operations that run side by side, and how many make a round after which all must be equal. */
const parallel = 3;
const roundLength = 30;
const engines = engineVersions(['20.10', '28']);

/** Containers that are seen for the first time are known only within the rounding of the engine's words. */
const roundings: readonly [belowAge: number, rounding: number][] = [
  [60_000, 1_000],
  [3_600_000, 60_000],
];

interface Comparable {
  state?: string;
  networks?: string[];
}

/**
 * Whether all that differs is something that Docker Engine tells nobody of: when a container that does not run is
 * connected to a network, or disconnected (version 20.10: only from a network that is removed at the same time or was
 * before), which also clears the addresses and ports that its list kept of the run before. `tells` says of which networks
 * it tells when a container is disconnected.
 */
function isUntold(
  is: Comparable | undefined,
  should: Comparable | undefined,
  tells: (network: string) => boolean,
): boolean {
  if (!is || !should || should.state === 'running' || should.state === 'paused') return false;
  const [known, actual] = [networkNames(is), networkNames(should)];
  const told = known.some(name => !actual.includes(name) && tells(name));
  const rest = { networks: [], ports: [] };
  return !told && isDeepStrictEqual({ ...is, ...rest }, { ...should, ...rest });
}

function networkNames({ networks = [] }: Comparable): string[] {
  return networks.map(network => (JSON.parse(network) as { network: string }).network);
}

for (const version of engines) {
  describe(`The mirror of Docker Engine ${version}`, function () {
    this.timeout(soak ? 1_800_000 : 240_000);
    let engine: TestEngine;
    let connection: Connection;
    let mirror: Mirror;

    before(async () => {
      engine = await startEngine({ version });
      await engine.loadBusybox();
      ({ connection, mirror } = await openMirror(engine.host));
    });

    after(async () => {
      mirror.dispose();
      connection.dispose();
      await engine.dispose();
    });

    it(`equals the engine after any ${operations} operations, with crashes in between`, async () => {
      const seed = announcedSeed();
      for (let sequence = 0; sequence < sequences; sequence++) {
        const random = new Random(seed + sequence);
        const workload = new Workload(engine.api, random);
        if (sequence === 0) await workload.prepare();
        const crashes = new Set([2 + random.below(3), 6 + random.below(3)]);
        const done: string[] = [];
        let slowest = 0;
        for (let round = 0; round < operations / roundLength; round++) {
          done.length = 0;
          await runRound(workload, done);
          if (crashes.has(round)) slowest = Math.max(slowest, await crash(random));
          await settled(`seed ${seed + sequence}, round ${round}:\n${done.join('\n')}`);
        }
        console.log(`      equal at most ${slowest.toFixed(0)} ms after the engine answered again`);
      }
    });

    async function runRound(workload: Workload, done: string[]): Promise<void> {
      let left = roundLength;
      const worker = async (): Promise<void> => {
        while (left-- > 0) {
          const { what, refused } = await workload.step();
          done.push(refused === undefined ? what : `${what}: refused, ${refused}`);
        }
      };
      await Promise.all(Array.from({ length: parallel }, worker));
    }

    /** Crashes the engine and starts it again; returns how long after its first answer the mirror is equal. */
    async function crash(random: Random): Promise<number> {
      await engine.stop('SIGKILL');
      await until('the mirror is stale', () => mirror.state === 'stale');
      if (random.chance(0.5)) await engine.api('GET', '/_ping').catch(() => undefined);
      await engine.start();
      const answered = performance.now();
      await until('the mirror is ready', () => mirror.state === 'ready', { timeout: 20_000 });
      return performance.now() - answered;
    }

    /** That the mirror soon equals a fresh list, in all fields. */
    async function settled(story: string): Promise<void> {
      let differences: string[] = [];
      await until('the mirror equals the engine', async () => (differences = await differing()).length === 0, {
        timeout: 8_000,
        interval: 50,
      }).catch(() => assert.fail(`${differences.join('\n')}\nafter ${story}`));
      await assertTimes();
    }

    async function differing(): Promise<string[]> {
      const fresh = await freshRows(engine.api);
      if (mirror.state !== 'ready') return [`The mirror is ${mirror.state}`];
      const existing = new Set([...fresh.network.values()].map(row => (row as { name: string }).name));
      const tells = (network: string): boolean => version === '20.10' && existing.has(network);
      return kindNames.flatMap(kind => {
        const shown = new Map(mirror.list(kind).map(row => [row.id, comparable(row)]));
        const ids = new Set([...shown.keys(), ...fresh[kind].keys()]);
        return [...ids].flatMap(id => {
          const [is, should] = [shown.get(id), fresh[kind].get(id)];
          if (isDeepStrictEqual(is, should) || isUntold(is, should, tells)) return [];
          return [`${kind} ${id} is\n${JSON.stringify(is)}\nand should be\n${JSON.stringify(should)}`];
        });
      });
    }

    async function assertTimes(): Promise<void> {
      for (const { id, name, state, since } of mirror.list('container')) {
        const exact = await exactSince(engine.api, id, state);
        if (exact === undefined || since === undefined) continue;
        const rounding = roundings.find(([below]) => Date.now() - exact < below)?.[1] ?? 0;
        const off = Math.abs(since - exact);
        assert.ok(off <= rounding + 1_500, `${name}, ${state}, is ${off} ms off`);
      }
    }
  });
}
