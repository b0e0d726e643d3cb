import assert from 'node:assert/strict';
import { humanSize, memorySize } from '../../../src/base/format';
import type { Engine } from '../../../src/engine/connection/engine';
import { changes, type PathChange } from '../../../src/engine/objects/containers/changes';
import { top } from '../../../src/engine/objects/containers/top';
import { stats, type StatsSample } from '../../../src/engine/stats/stats';
import { until } from '../../support/until';
import { fails, onEngines } from '../engines';

const busy = { command: ['sh', '-c', 'while :; do :; done'], host: { NanoCpus: 3e8, Memory: 64 * 1024 * 1024 } };
const twoProcesses = { command: ['sh', '-c', 'sleep 1000000 & sleep 999999'] };
const unconnected = { host: { NetworkMode: 'none' } };
const absent = 'f'.repeat(64);
/** How far apart two measures of nearly the same time may be: percentage points of a processor, bytes. */
const tolerance = { cpu: 3, memory: 512 * 1024, network: 2_000 };

describe('What is seen of a container', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    if (on.isDocker) {
      it('its figures are what docker stats prints, whether it is busy, idle or unconnected', async () => {
        const ids = [
          await on.run('busy', busy),
          await on.run('idle', twoProcesses),
          await on.run('unconnected', unconnected),
        ];
        const looks = ids.map(id => look(on.engine, id));
        const more = (count: number): Promise<unknown> => {
          const wanted = looks.map(({ samples }) => samples.length + count);
          return until('more samples came', () =>
            looks.every(({ samples }, at) => samples.length >= (wanted[at] ?? 0)),
          );
        };
        await more(1);
        const format = '{{.CPUPerc}} {{.MemUsage}} {{.NetIO}} {{.BlockIO}} {{.PIDs}}';
        const lines = (await on.test.docker('stats', '--no-stream', '--format', format, ...ids)).trim().split('\n');
        await more(1); // Both see the same readings of the engine; what was printed last has come here, too.
        for (const [index, { samples, end }] of looks.entries()) {
          const ours = samples.map(printed);
          assert.ok(ours.includes(lines[index] ?? ''), [lines[index], 'is not one of', ...ours].join('\n'));
          await end();
        }
        const share = looks[0]?.samples.at(-1)?.cpuPercent ?? 0;
        assert.ok(share > 5 && share < 35, `The busy one has ${share} %`);
      });
    } else {
      it('its figures are what the engine counts in the time between them, whether it is busy or idle', async () => {
        const ids = [await on.run('busy', busy), await on.run('idle', twoProcesses)];
        const differences = ids.map(async id => {
          const { samples, end } = look(on.engine, id);
          const readAfter = async (count: number): Promise<Reading> => {
            await until(`${count} samples`, () => samples.length >= count);
            return (await on.test.api('GET', `/containers/${id}/stats?stream=false`)) as Reading;
          };
          const before = await readAfter(1); // Of the container's start, when its processes come and go.
          const reading = await readAfter(2);
          const [, sample] = samples;
          assert.ok(sample);
          assertClose(sample, reading);
          const expected = usedBetween(before, reading);
          const { cpuPercent = NaN } = sample;
          assert.ok(Math.abs(cpuPercent - expected) <= tolerance.cpu, `${cpuPercent} % and not ${expected} %`);
          await end();
          return expected;
        });
        const [share = 0] = await Promise.all(differences);
        assert.ok(share > 5 && share < 35, `The busy one has ${share} %`);
      });
    }

    it('nothing comes of it while it does not run, and there is nothing of one that is gone', async () => {
      const stopped = look(on.engine, await on.create('stopped'));
      const running = look(on.engine, await on.run('running'));
      await until('a running one tells something', () => running.samples.length >= (on.isDocker ? 2 : 1));
      assert.deepEqual(stopped.samples, []);
      await running.end();
      if (on.isDocker) await stopped.end();
      else await stopped.ended;
      await fails(look(on.engine, absent).ended, 'notFound');
    });

    it('its processes are what docker top prints', async () => {
      const id = await on.run('two', twoProcesses);
      const psArgs = on.isDocker ? 'aux' : '-o pid,user,args';
      const printedTable = async (...args: string[]): Promise<string[]> =>
        squeezed(await on.test.docker('top', id, ...args));
      const table = async (options?: { psArgs: string }): Promise<string[]> => {
        const { titles, rows } = await top(on.engine, id, options);
        return [titles, ...rows].map(row => row.join(' '));
      };
      const sleepers = async (): Promise<string[]> => (await table()).flatMap(row => /sleep \d+$/.exec(row)?.[0] ?? []);
      const both = async (): Promise<boolean> => (await sleepers()).sort().join() === 'sleep 1000000,sleep 999999';
      await until('both run, each under its own name', both, { timeout: 20_000 });
      assert.match((await table())[0] ?? '', /\bPID\b.*\b(CMD|COMMAND)$/);
      const bothPrint = async (...args: string[]): Promise<void> => {
        let ours: string[] = [];
        let theirs: string[] = [];
        const same = async (): Promise<boolean> => {
          ours = await table(args.length > 0 ? { psArgs: args.join(' ') } : undefined);
          theirs = await printedTable(...args);
          return ours.join('\n') === theirs.join('\n');
        };
        await until('both print the same', same, { timeout: 20_000 }).catch(() => assert.deepEqual(ours, theirs));
      };
      await bothPrint(...psArgs.split(' '));
      if (on.isDocker) await bothPrint();
    });

    it('it has no processes while it does not run', async () => {
      await fails(top(on.engine, await on.create('stopped')), 'conflict', /not running/);
      await fails(top(on.engine, absent), 'notFound');
    });

    it('its changes are what docker diff prints', async () => {
      const id = await on.run('box');
      const letters: Record<PathChange['kind'], string> = { added: 'A', changed: 'C', deleted: 'D' };
      const both = async (): Promise<[string[], string[]]> => [
        (await changes(on.engine, id)).map(({ kind, path }) => `${letters[kind]} ${path}`),
        (await on.test.docker('diff', id)).split('\n').filter(Boolean),
      ];
      const [before, printedBefore] = await both();
      assert.deepEqual(before, printedBefore);
      if (on.isDocker) assert.deepEqual(before, []);
      const script = 'mkdir -p /new/dir; echo > /new/dir/file; echo >> /bin/added; rm /bin/wget; echo > "/new/ä b"';
      await on.test.docker('exec', id, 'sh', '-c', script);
      const [after, printedAfter] = await both();
      assert.deepEqual(after, printedAfter.sort(byPath));
      for (const line of ['C /bin', 'A /bin/added', 'D /bin/wget', 'A /new/dir/file', 'A /new/ä b'])
        assert.ok(after.includes(line), `${line} is not in\n${after.join('\n')}`);
      await fails(changes(on.engine, absent), 'notFound');
    });
  });
});

/** Samples as they come, until it is ended. */
function look(
  engine: Engine,
  id: string,
): { samples: readonly StatsSample[]; ended: Promise<void>; end: () => Promise<void> } {
  const abort = new AbortController();
  const samples: StatsSample[] = [];
  const ended = stats(engine, id, { signal: abort.signal, onSample: sample => samples.push(sample) });
  const end = (): Promise<void> => {
    abort.abort();
    return fails(ended, 'canceled');
  };
  return { samples, ended, end };
}

/** As `docker stats` prints it: what the engine does not tell as none. */
function printed(sample: StatsSample): string {
  const { cpuPercent = 0, memoryBytes = 0, memoryLimitBytes = 0, processes = 0 } = sample;
  const { receivedBytes = 0, sentBytes = 0, readBytes = 0, writtenBytes = 0 } = sample;
  return [
    `${cpuPercent.toFixed(2)}% ${memorySize(memoryBytes)} / ${memorySize(memoryLimitBytes)}`,
    `${humanSize(receivedBytes)} / ${humanSize(sentBytes)}`,
    `${humanSize(readBytes)} / ${humanSize(writtenBytes)} ${processes}`,
  ].join(' ');
}

/** Podman's own answer. */
interface Reading {
  read: string;
  cpu_stats: { cpu_usage: { total_usage: number } };
  memory_stats: { usage: number; limit: number };
  pids_stats: { current: number };
  networks: { network: { rx_bytes: number; tx_bytes: number } };
}

function assertClose(sample: StatsSample, { memory_stats, pids_stats, networks: { network } }: Reading): void {
  assert.deepEqual([sample.memoryLimitBytes, sample.processes], [memory_stats.limit, pids_stats.current]);
  const pairs: [number | undefined, number, number][] = [
    [sample.memoryBytes, memory_stats.usage, tolerance.memory],
    [sample.receivedBytes, network.rx_bytes, tolerance.network],
    [sample.sentBytes, network.tx_bytes, tolerance.network],
  ];
  for (const [given = NaN, expected, most] of pairs)
    assert.ok(Math.abs(given - expected) <= most, `${given} bytes and not ${expected}`);
}

function usedBetween(before: Reading, after: Reading): number {
  const used = after.cpu_stats.cpu_usage.total_usage - before.cpu_stats.cpu_usage.total_usage;
  return (used / 1e6 / (Date.parse(after.read) - Date.parse(before.read))) * 100;
}

function squeezed(table: string): string[] {
  return table
    .trim()
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '));
}

function byPath(a: string, b: string): number {
  return a.slice(2) < b.slice(2) ? -1 : 1;
}
