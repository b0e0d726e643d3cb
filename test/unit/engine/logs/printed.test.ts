import assert from 'node:assert/strict';
import type { StreamName } from '../../../../src/engine/client/frames';
import { PrintedLineReader, type PrintedLines } from '../../../../src/engine/logs/printed';
import { readChunks } from '../../../../src/engine/logs/readChunks';

const frame = (type: 1 | 2, text: string): Buffer => {
  const payload = Buffer.from(text);
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
};

async function read(tty: boolean, ...chunks: readonly Buffer[]): Promise<PrintedLines[]> {
  async function* source(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const all: PrintedLines[] = [];
  const reader = new PrintedLineReader({ tty, oneByOne: false });
  for await (const lines of readChunks(source(), reader, undefined)) all.push(...lines);
  return all;
}

const told = (lines: readonly PrintedLines[], wanted: StreamName): string =>
  Buffer.concat(lines.filter(({ stream }) => stream === wanted).map(({ bytes }) => bytes)).toString();
const isWhole = ({ bytes }: PrintedLines): boolean => bytes.at(-1) === 0x0a;

describe('A log as it was printed', () => {
  const framed = [
    frame(1, 'grün 👩‍👩‍👧\r\n'),
    frame(1, 'long, '),
    frame(2, 'between\n'),
    frame(1, 'and on\n'),
    frame(2, 'no end'),
  ];

  it('comes in whole lines of each stream, wherever the chunks are cut', async () => {
    const all = Buffer.concat(framed);
    for (let at = 0; at <= all.length; at++) {
      const lines = await read(false, all.subarray(0, at), all.subarray(at));
      assert.equal(told(lines, 'stdout'), 'grün 👩‍👩‍👧\r\nlong, and on\n', `cut at ${at}`);
      assert.equal(told(lines, 'stderr'), 'between\nno end', `cut at ${at}`);
      assert.ok(
        lines.slice(0, -1).every(part => isWhole(part) || part.bytes.length === 0),
        `cut at ${at}`,
      );
    }
  });

  it('of a TTY has no frames', async () => {
    const all = Buffer.from('one\r\ntwo 👩‍👩‍👧\r\nthree');
    for (let at = 0; at <= all.length; at++) {
      const lines = await read(true, all.subarray(0, at), all.subarray(at));
      assert.equal(told(lines, 'stdout'), all.toString(), `cut at ${at}`);
      assert.ok(lines.slice(0, -2).every(isWhole), `cut at ${at}`);
    }
  });

  it('passes a line of many megabytes on in parts rather than keep it', async () => {
    const part = Buffer.alloc(400_000, 'x');
    const lines = await read(true, ...Array.from({ length: 10 }, () => part), Buffer.from('\n'));
    assert.ok(Math.max(...lines.map(({ bytes }) => bytes.length)) < 2_000_000);
    assert.equal(told(lines, 'stdout').length, 4_000_001);
  });
});
