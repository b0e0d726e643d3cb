import assert from 'node:assert/strict';
import { isUnreadable, type LogOptions, logs } from '../../../src/engine/logs/log';
import { type PrintedLines, printedLog } from '../../../src/engine/logs/printed';
import type { LogRecord } from '../../../src/engine/logs/records';
import { fromMilliseconds, toMilliseconds } from '../../../src/engine/logs/times';
import { dockerLogs, Fingerprint, type PrintedLog } from '../../support/engines/dockerLogs';
import { cancels, type EngineUnderTest, fails, onEngines } from '../engines';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
const lines = soak ? 1_000_000 : 50_000;

/** Lines on both streams in turn: long ones, ones with characters of several bytes, carriage returns, and a last one cut short. */
const mixed = `
BEGIN {
  long = "0123456789abcdef"; for (i = 0; i < 11; i++) long = long long
  for (i = 0; i < ${lines}; i++) {
    line = i " grüße 👩‍👩‍👧 e\\314\\201 the quick brown fox jumps over the lazy dog and runs away from it";
    if (i % 10000 == 9999) line = line long;
    if (i % 7 == 0) line = line "\\r";
    if (i % 3 == 0) print line > "/dev/stderr"; else print line;
  }
  printf "%s", "no end";
}`;

async function collect(records: AsyncIterable<LogRecord[]>): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for await (const group of records) all.push(...group);
  return all;
}

async function fingerprints(records: AsyncIterable<PrintedLines[]>): Promise<PrintedLog> {
  const streams = { stdout: new Fingerprint(), stderr: new Fingerprint() };
  for await (const group of records) for (const { stream, bytes } of group) streams[stream].add(bytes);
  return { stdout: streams.stdout.value, stderr: streams.stderr.value };
}

const texts = (records: readonly LogRecord[]): string[] => records.map(({ bytes }) => bytes.toString());

describe('The log of a container', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    it(`of ${lines} mixed lines equals docker logs, byte for byte`, async () => {
      const id = await ended(on, 'mixed', ['awk', mixed]);
      const expected = await dockerLogs(on.test, id);
      assert.ok(expected.stdout.bytes > lines * 50 && expected.stderr.bytes > lines * 25, JSON.stringify(expected));
      assert.deepEqual(await fingerprints(logs(on.engine, id)), expected);
      assert.deepEqual(await fingerprints(printedLog(on.engine, id)), expected, 'without times');
    }).timeout(soak ? 1_200_000 : 120_000);

    it('has whole lines of 40 kB, though lines of the other stream came in between', async () => {
      const script = `yes x | head -c 40000 | tr -d '\\n' & sleep 0.2; echo between >&2; wait; echo; echo after`;
      const id = await ended(on, 'long', ['sh', '-c', script]);
      const records = await collect(logs(on.engine, id));
      const lengths = records.map(({ stream, bytes }) => `${stream} ${bytes.length}`).sort();
      assert.deepEqual(lengths, ['stderr 8', 'stdout 20001', 'stdout 6']);
      const printed = await printedText(on, id);
      assert.ok(printed.includes(`${'x'.repeat(20_000)}\n`) && printed.includes('between\n'), 'without times');
    });

    it('of a TTY is what the terminal got, with whole long lines', async () => {
      const command = ['sh', '-c', `yes | head -n 30000 | tr -d '\\n'; echo; echo next; echo error >&2`];
      const id = await ended(on, 'terminal', command, { extra: { Tty: true } });
      const records = await collect(logs(on.engine, id));
      assert.deepEqual(texts(records), [`${'y'.repeat(30_000)}\r\n`, 'next\r\n', 'error\r\n']);
      const expected = await dockerLogs(on.test, id);
      assert.deepEqual((await fingerprints(logs(on.engine, id))).stdout, expected.stdout);
      assert.deepEqual((await fingerprints(printedLog(on.engine, id))).stdout, expected.stdout, 'without times');
    });

    it('begins and ends where requested', async () => {
      const id = await ended(on, 'parts', ['sh', '-c', 'for i in 1 2 3 4; do echo $i; sleep 1.1; done']);
      const all = await collect(logs(on.engine, id));
      assert.deepEqual(texts(all), ['1\n', '2\n', '3\n', '4\n']);
      const [, second, third] = all;
      assert.ok(second && third && third.time - second.time >= 1_000_000_000n);
      assert.deepEqual(texts(await collect(logs(on.engine, id, { tail: 1 }))), ['4\n']);
      assert.deepEqual(texts(await collect(logs(on.engine, id, { since: third.time }))), ['3\n', '4\n']);
      const until = fromMilliseconds(toMilliseconds(second.time) + (on.isDocker ? 1 : 1_000));
      assert.deepEqual(texts(await collect(logs(on.engine, id, { until }))), ['1\n', '2\n']);
      assert.deepEqual(texts(await collect(logs(on.engine, id, { until, tail: 1 }))), ['2\n']);
      assert.equal(await printedText(on, id, { until, tail: 1 }), '2\n', 'without times');
    });

    it('ends when its reader leaves or cancels, and closes the socket', async () => {
      const id = await on.run('chatty', { command: ['sh', '-c', 'while :; do echo x; sleep 0.01; done'] });
      for await (const group of logs(on.engine, id, { follow: true })) {
        assert.ok(group.length > 0);
        break;
      }
      await cancels(signal => collect(logs(on.engine, id, { follow: true, signal })));
    });

    it('that nobody can read fails with the engine’s sentence', async () => {
      const id = await on.run('mute', { host: { LogConfig: { Type: 'none' } } });
      const reading = collect(logs(on.engine, id));
      await fails(reading, on.isDocker ? 'unsupported' : 'failed', /log/);
      await reading.catch((error: unknown) => assert.ok(isUnreadable(error)));
    });

    it('of a missing container fails as not found', () => fails(collect(logs(on.engine, 'nosuch')), 'notFound'));
  });
});

/** Both streams, in order. */
async function printedText(on: EngineUnderTest, id: string, options: LogOptions = {}): Promise<string> {
  const parts: Buffer[] = [];
  for await (const lines of printedLog(on.engine, id, options)) parts.push(...lines.map(({ bytes }) => bytes));
  return Buffer.concat(parts).toString();
}

async function ended(
  on: EngineUnderTest,
  name: string,
  command: readonly string[],
  options: Parameters<EngineUnderTest['run']>[1] = {},
): Promise<string> {
  const id = await on.run(name, { ...options, command });
  await on.test.docker('wait', id);
  return id;
}
