import fc from 'fast-check';
import assert from 'node:assert/strict';
import { Demultiplexer, type Piece, readPieces, type StreamName } from '../../../../src/engine/client/frames';
import { EngineError } from '../../../../src/engine/errors';

const types = { stdout: 1, stderr: 2 };

function frame(type: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** The bytes of each stream, and how many frames ended. */
function joined(pieces: readonly Piece[]): { stdout: string; stderr: string; ends: number } {
  const of = (name: StreamName): string =>
    Buffer.concat(pieces.filter(({ stream }) => stream === name).map(({ bytes }) => bytes)).toString('hex');
  return { stdout: of('stdout'), stderr: of('stderr'), ends: pieces.filter(({ ends }) => ends).length };
}

function demultiplexed(...chunks: readonly Buffer[]): ReturnType<typeof joined> {
  const demultiplexer = new Demultiplexer();
  return joined(chunks.flatMap(chunk => demultiplexer.write(chunk)));
}

describe('The demultiplexer', () => {
  const mixed = Buffer.concat([
    frame(1, Buffer.from('plain\n')),
    frame(2, Buffer.from('grün 👩‍👩‍👧 e\u0301\r\n')),
    frame(0, Buffer.from('stdin is shown as stdout')),
    frame(1, Buffer.alloc(0)),
    frame(2, Buffer.from('💥')),
    frame(1, Buffer.alloc(300, 'x')),
  ]);
  const whole = demultiplexed(mixed);

  it('gives the same bytes wherever a stream is cut in two', () => {
    for (let at = 0; at <= mixed.length; at++) {
      assert.deepEqual(demultiplexed(mixed.subarray(0, at), mixed.subarray(at)), whole, `cut at ${at}`);
    }
  });

  it('gives the same bytes in chunks of one byte each', () => {
    assert.deepEqual(demultiplexed(...Array.from(mixed, byte => Buffer.from([byte]))), whole);
  });

  it('gives each stream what was sent to it, for any frames and any cuts', () => {
    const frames = fc.array(
      fc.tuple(fc.constantFrom<StreamName>('stdout', 'stderr'), fc.uint8Array({ maxLength: 40 })),
    );
    const cuts = fc.array(fc.nat(600));
    fc.assert(
      fc.property(frames, cuts, (sent, at) => {
        const bytes = Buffer.concat(sent.map(([stream, payload]) => frame(types[stream], Buffer.from(payload))));
        const edges = [0, ...at.filter(edge => edge < bytes.length).sort((a, b) => a - b), bytes.length];
        const got = demultiplexed(...edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge)));
        for (const name of ['stdout', 'stderr'] as const) {
          const expected = Buffer.concat(sent.filter(([stream]) => stream === name).map(([, payload]) => payload));
          assert.equal(got[name], expected.toString('hex'));
        }
      }),
    );
  });

  it('reserves no memory for a frame that claims four gigabytes', () => {
    const header = Buffer.from([1, 0, 0, 0, 255, 255, 255, 255]);
    const demultiplexer = new Demultiplexer();
    demultiplexer.write(header);
    const chunk = Buffer.from('some of it');
    assert.deepEqual(demultiplexer.write(chunk), [{ stream: 'stdout', bytes: chunk, ends: false }]);
  });

  it('fails with the engine’s sentence when that comes instead of output', () => {
    const sentence = 'error from daemon in stream: the log is broken';
    const demultiplexer = new Demultiplexer();
    const bytes = frame(3, Buffer.from(sentence));
    demultiplexer.write(bytes.subarray(0, 20));
    assert.throws(() => demultiplexer.write(bytes.subarray(20)), new EngineError('failed', { said: sentence }));
  });

  it('fails on what has no frames', () => {
    assert.throws(() => new Demultiplexer().write(Buffer.from('HTTP/1.1 400')), EngineError);
  });
});

describe('Pieces', () => {
  it('of a TTY are its bytes as they are', async () => {
    const groups: Piece[][] = [];
    for await (const group of readPieces(chunks('a', 'b'), true)) groups.push(group);
    assert.deepEqual(groups, [
      [{ stream: 'stdout', bytes: Buffer.from('a'), ends: false }],
      [{ stream: 'stdout', bytes: Buffer.from('b'), ends: false }],
    ]);
  });

  it('are not read ahead of the caller', async () => {
    let read = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for (; ; read++) yield await Promise.resolve(frame(1, Buffer.from('x')));
    }
    const pieces = readPieces(counted(), false);
    await pieces.next();
    await pieces.next();
    assert.equal(read, 1);
    await pieces.return(undefined);
  });
});

async function* chunks(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
