import assert from 'node:assert/strict';
import { record } from '../../../../src/base/read';
import type { Engine } from '../../../../src/engine/connection/engine';
import { isEngineError } from '../../../../src/engine/errors';
import { stats, type StatsSample } from '../../../../src/engine/stats/stats';
import { FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { announcedSeed, Random } from '../../../support/random';
import { until } from '../../../support/until';
import { mutated, spoilt } from '../../mutation';
import { cgroup1, cgroup2, type Pair, podman, stopped, windows } from './messages';

const rounds = process.env['QUAYSIDE_SOAK'] ? 3_000 : 60;

describe('The figures of a container', () => {
  let fake: FakeEngine;
  beforeEach(async () => void (fake = await new FakeEngine().start()));
  afterEach(() => fake.dispose());

  /** The samples of a stream of these pieces. */
  const samplesOf = async (
    pieces: readonly (string | Buffer)[],
    flavour: Engine['identity']['flavour'] = 'docker',
  ): Promise<StatsSample[]> => {
    fake.answers.set('/containers/a/stats', (_, response) => {
      response.writeHead(200);
      for (const piece of pieces) response.write(piece);
      response.end();
    });
    const engine = fake.engine('1.41', flavour);
    const samples: StatsSample[] = [];
    await stats(engine, 'a', { onSample: sample => samples.push(sample) });
    engine.client.close();
    return samples;
  };
  const lines = (...messages: unknown[]): string => messages.map(message => `${JSON.stringify(message)}\n`).join('');

  describe('are those that docker stats prints', () => {
    const nothing = { receivedRate: undefined, sentRate: undefined, readRate: undefined, writtenRate: undefined };
    const cases: Record<
      string,
      { pair: Pair; flavour?: 'podman'; first: Partial<StatsSample>; second: Partial<StatsSample> }
    > = {
      'cgroup v1': {
        pair: cgroup1,
        first: { memoryBytes: 331776, readBytes: 0, writtenBytes: 0, receivedBytes: 1042, sentBytes: 0, ...nothing },
        second: {
          time: Date.parse('2026-11-27T09:38:27.493Z'),
          cpuPercent: (148277876 / 2110000000) * 2 * 100,
          memoryBytes: 331776 - 4096,
          memoryLimitBytes: 67108864,
          processes: 1,
          ...{ receivedBytes: 3166, sentBytes: 531, readBytes: 4608, writtenBytes: 8192 },
          ...{ receivedRate: 2000, sentRate: 500, readRate: 4608 / 1.062, writtenRate: 8192 / 1.062 },
        },
      },
      'cgroup v2': {
        pair: cgroup2,
        first: { memoryBytes: 9_000_000 - 2510848, readBytes: 0, writtenBytes: 0, processes: 5 },
        second: {
          cpuPercent: 400,
          memoryBytes: 9_000_000 - 2510848,
          memoryLimitBytes: 8217579520,
          readBytes: 7593984,
          writtenBytes: 100,
          receivedRate: 0,
        },
      },
      Podman: {
        pair: podman,
        flavour: 'podman',
        first: { memoryBytes: 278528, processes: 1 },
        second: { cpuPercent: (1322.351963 / 5003) * 100, receivedBytes: 586, receivedRate: 160 / 5.003, readBytes: 0 },
      },
      Windows: {
        pair: windows,
        first: { memoryBytes: 40_000_000, memoryLimitBytes: undefined },
        second: {
          cpuPercent: 25,
          memoryBytes: 41_000_000,
          processes: undefined,
          ...{ readBytes: 3000, readRate: 2000, writtenRate: 0, receivedBytes: 300, receivedRate: 0 },
        },
      },
    };
    for (const [where, { pair, flavour, first, second }] of Object.entries(cases)) {
      it(where, async () => {
        const samples = await samplesOf([lines(...pair)], flavour);
        assert.equal(samples.length, 2);
        assert.equal(samples[0]?.cpuPercent, undefined, 'One reading has no share of the processors');
        for (const [index, expected] of [first, second].entries()) {
          for (const [key, value] of Object.entries(expected)) {
            const given = samples[index]?.[key as keyof StatsSample];
            const same = given === value || Math.abs((given ?? NaN) - (value ?? NaN)) < 1e-6;
            assert.ok(same, `${key} of the sample ${index} is ${given}, not ${value}`);
          }
        }
      });
    }

    const [before, after] = cgroup1;
    const variants: Record<string, { message: Record<string, unknown>; expected: Partial<StatsSample> }> = {
      'no figures of a network that is the host’s': {
        message: { ...after, networks: undefined },
        expected: { receivedBytes: undefined, receivedRate: undefined, cpuPercent: (148277876 / 2110000000) * 200 },
      },
      'the processors counted one by one where the engine does not count them': {
        message: {
          ...after,
          cpu_stats: { cpu_usage: { total_usage: 884229711, percpu_usage: [1, 2, 3] }, system_cpu_usage: 877530000000 },
        },
        expected: { cpuPercent: (148277876 / 2110000000) * 300 },
      },
      'no share of processors that have not gone on': {
        message: { ...after, cpu_stats: { ...record(after['cpu_stats']), system_cpu_usage: 875420000000 } },
        expected: { cpuPercent: 0 },
      },
      'all memory where no more pages could be dropped than are used': {
        message: { ...after, memory_stats: { usage: 4000, stats: { total_inactive_file: 4000 }, limit: 0 } },
        expected: { memoryBytes: 4000, memoryLimitBytes: undefined },
      },
      'a new count after a restart': {
        message: { ...after, cpu_stats: { ...record(after['cpu_stats']), cpu_usage: { total_usage: 1 } } },
        expected: { cpuPercent: undefined, receivedBytes: 3166, receivedRate: undefined },
      },
    };
    for (const [what, { message, expected }] of Object.entries(variants)) {
      it(`with ${what}`, async () => {
        const [, second] = await samplesOf([lines(before, message)]);
        const given = Object.fromEntries(Object.keys(expected).map(key => [key, second?.[key as keyof StatsSample]]));
        assert.deepEqual(given, expected);
      });
    }
  });

  it('leave out the time when the container did not run, and compute nothing across it', async () => {
    const samples = await samplesOf([lines(stopped, cgroup1[0], stopped, cgroup1[1], stopped)]);
    assert.deepEqual(
      samples.map(({ cpuPercent, receivedBytes }) => [cpuPercent, receivedBytes]),
      [
        [undefined, 1042],
        [undefined, 3166],
      ],
    );
  });

  it('are the same wherever the stream is cut, and whatever comes between the messages', async () => {
    const random = new Random(announcedSeed());
    const expected = await samplesOf([lines(...cgroup1)]);
    const noise = ['\n', '\u0000\n', '{"read":\n', '[1,2]\n', 'null\n', `"${'x'.repeat(1_100_000)}"\n`];
    for (let round = 0; round < rounds; round++) {
      const [first, second] = cgroup1.map(message => lines(message));
      const text = Buffer.from(`${first}${random.pick(noise.slice(0, 3))}${second}${random.pick(noise)}`);
      const pieces: Buffer[] = [];
      for (let at = 0; at < text.length;) {
        const end = Math.min(text.length, at + 1 + random.below(Math.max(1, text.length / 4)));
        pieces.push(text.subarray(at, end));
        at = end;
      }
      assert.deepEqual(await samplesOf(pieces), expected);
    }
  });

  it('are numbers or missing, whatever the engine sends', async () => {
    const random = new Random(announcedSeed());
    for (let round = 0; round < rounds; round++) {
      const pair = random.pick([cgroup1, cgroup2, podman, windows]) ?? cgroup1;
      const messages = [...pair, ...pair].map(message => JSON.stringify(mutated(message, random, 0.2)));
      const text = messages.map(line => `${random.chance(0.1) ? spoilt(line, random) : line}\n`).join('');
      for (const sample of await samplesOf([text], random.pick(['docker', 'podman']))) {
        for (const [key, value] of Object.entries<unknown>({ ...sample })) {
          const fits = value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
          assert.ok(fits, `${key} is ${String(value)}`);
        }
        assert.ok(Math.abs(sample.time) <= 8.64e15);
      }
    }
  });

  it('fail with the engine’s sentence, and as lost when the connection breaks', async () => {
    const engine = fake.engine();
    const first = (): Promise<unknown> => stats(engine, 'a', { onSample: sample => assert.fail(`${sample.time}`) });
    fake.answers.set('/containers/a/stats', (_, response) =>
      sendJson(response, 404, { message: 'No such container: a' }),
    );
    await assert.rejects(
      first(),
      error => isEngineError(error, 'notFound') && error.message === 'No such container: a',
    );
    fake.answers.set('/containers/a/stats', (_, response) => {
      response.write('{"read"');
      setTimeout(() => response.destroy(), 20);
    });
    await assert.rejects(first(), error => isEngineError(error, 'unreachable'));
    engine.client.close();
  });

  it('close their socket when they are aborted, or when the listener throws', async () => {
    fake.answers.set('/containers/a/stats', (_, response) => void response.write(lines(...cgroup1)));
    const engine = fake.engine();
    const abort = new AbortController();
    const onSample = ({ cpuPercent }: StatsSample): void => {
      if (cpuPercent) abort.abort();
    };
    await assert.rejects(stats(engine, 'a', { signal: abort.signal, onSample }), error =>
      isEngineError(error, 'canceled'),
    );
    await until('the socket is closed', () => fake.sockets.size === 0);
    const refuse = (): void => assert.fail('No thanks');
    await assert.rejects(stats(engine, 'a', { onSample: refuse }), /No thanks/);
    await until('the socket is closed', () => fake.sockets.size === 0);
    engine.client.close();
  });
});
