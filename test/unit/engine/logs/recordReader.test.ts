import assert from 'node:assert/strict';
import { readChunks } from '../../../../src/engine/logs/readChunks';
import { type RecordOptions, recordReader } from '../../../../src/engine/logs/recordReader';
import type { LogRecord } from '../../../../src/engine/logs/records';

const docker: RecordOptions = { tty: false, ownStamps: false };
const podman: RecordOptions = { tty: false, ownStamps: true };

function frame(type: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

const stamp = (second: number, nanos = '000000000'): string =>
  `2026-01-31T14:00:${String(second).padStart(2, '0')}.${nanos}Z `;
const told = ({ stream, time, bytes }: LogRecord): string => `${stream} ${time % 60_000_000_000n} ${bytes.toString()}`;

async function read(options: RecordOptions, ...chunks: readonly Buffer[]): Promise<string[]> {
  async function* source(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const records: LogRecord[] = [];
  for await (const group of readChunks(source(), recordReader(options), undefined)) records.push(...group);
  return records.map(told);
}

describe('The records of a log', () => {
  const mixed = Buffer.concat([
    frame(1, `${stamp(1, '000000005')}plain\n`),
    frame(2, `${stamp(1, '000000006')}grün 👩‍👩‍👧 e\u0301\r\n`),
    frame(1, `${stamp(2)}long, `),
    frame(2, `${stamp(2, '000000001')}between\n`),
    frame(1, `${stamp(2)}and on, `),
    frame(1, `${stamp(2)}to its end\n`),
    frame(1, `${stamp(3)}\n`),
    frame(1, `${stamp(4)}the run ended here`),
    frame(1, `${stamp(5)}💥\n`),
  ]);
  const expected = [
    'stdout 1000000005 plain\n',
    'stderr 1000000006 grün 👩‍👩‍👧 e\u0301\r\n',
    'stderr 2000000001 between\n',
    'stdout 2000000000 long, and on, to its end\n',
    'stdout 3000000000 \n',
    'stdout 4000000000 the run ended here',
    'stdout 5000000000 💥\n',
  ];

  it('are the same wherever the stream is cut in two', async () => {
    for (let at = 0; at <= mixed.length; at++) {
      assert.deepEqual(await read(docker, mixed.subarray(0, at), mixed.subarray(at)), expected, `cut at ${at}`);
    }
  });

  it('join pieces that have their own stamps, as on Podman', async () => {
    const chunks = ['2026-01-31T14:00:01Z ab', '2026-01-31T14:00:02Z c\u00e9'].map(text => frame(1, text));
    const end = frame(1, '2026-01-31T14:00:02+00:00 d\n');
    assert.deepEqual(await read(podman, ...chunks, end), ['stdout 1000000000 abcéd\n']);
  });

  const piece = 'x'.repeat(16_384);
  const terminal = Buffer.from(
    `${stamp(1)}plain\r\n${stamp(2)}${piece}${stamp(2)}goes on\r\n${stamp(3)}ends within${stamp(4)}next 💥\r\n`,
  );
  it('of a TTY are the same wherever the stream is cut in two', async () => {
    for (let at = 0; at <= terminal.length; at += at > 100 && at < 16_400 ? 997 : 1) {
      assert.deepEqual(
        await read({ tty: true, ownStamps: false }, terminal.subarray(0, at), terminal.subarray(at)),
        [
          'stdout 1000000000 plain\r\n',
          `stdout 2000000000 ${piece}goes on\r\n`,
          'stdout 3000000000 ends within',
          'stdout 4000000000 next 💥\r\n',
        ],
        `cut at ${at}`,
      );
    }
  });

  it('of a TTY keep the times that a program prints within its lines', async () => {
    const own = `level=info ts=${stamp(5, '123456789')}msg=hi ${stamp(5, '123456790')}\r\n`;
    const line = `${stamp(5, '123456790')}${own}`;
    assert.deepEqual(await read({ tty: true, ownStamps: false }, Buffer.from(line)), [`stdout 5123456790 ${own}`]);
  });

  it('of a TTY on Podman keep times that are earlier, of another zone, or where programs write times', async () => {
    const own =
      'ts=2026-01-31T14:00:05Z at 2026-01-31T16:00:07+02:00 ts=2026-01-31T14:00:06Z at 2026-01-31T14:00:06Z ms';
    const line = `2026-01-31T14:00:06Z ${own}2026-01-31T14:00:06Z g=hi, 2026-01-31T14:00:07Z you\r\n`;
    assert.deepEqual(await read({ tty: true, ownStamps: true }, Buffer.from(line)), [
      `stdout 6000000000 ${own}g=hi, you\r\n`,
    ]);
  });

  it('of a TTY hold an endless line in pieces, without the engine’s stamps', async () => {
    const lines = Buffer.from(`${`${stamp(1)}${piece}`.repeat(200)}${stamp(1)}end\r\n${stamp(2)}next\r\n`);
    for (const size of [5_000, 65_536, lines.length]) {
      const chunks = Array.from({ length: Math.ceil(lines.length / size) }, (_, index) =>
        lines.subarray(index * size, (index + 1) * size),
      );
      const all = await read({ tty: true, ownStamps: false }, ...chunks);
      assert.equal(all.pop(), 'stdout 2000000000 next\r\n');
      const parts = all.map(text => text.replace('stdout 1000000000 ', ''));
      assert.ok(parts.join('') === `${piece.repeat(200)}end\r\n`, `chunks of ${size}`);
      assert.ok(size === lines.length || Math.max(...parts.map(({ length }) => length)) < 1_200_000);
    }
  });

  it('keep a program’s own stamps at the start of its lines', async () => {
    const line = `${stamp(1)}${stamp(1)}the program says so\r\n`;
    assert.deepEqual(await read({ tty: true, ownStamps: false }, Buffer.from(line)), [
      `stdout 1000000000 ${stamp(1)}the program says so\r\n`,
    ]);
  });

  it('hold an endless line in pieces, not whole', async () => {
    const chunks = Array.from({ length: 80 }, () => frame(1, `${stamp(1)}${'x'.repeat(16_384)}`));
    const lengths = (await read(docker, ...chunks)).map(text => text.length);
    assert.ok(lengths.length >= 2 && Math.max(...lengths) < 1_100_000, String(lengths));
  });
});
