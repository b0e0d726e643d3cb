import assert from 'node:assert/strict';
import type { Piece } from '../../../../src/engine/client/frames';
import { readShellPid } from '../../../../src/engine/processes/shellPid';
import { saying } from '../../../support/sentence';

const piece = (text: string, stream: Piece['stream'] = 'stdout'): Piece => ({
  stream,
  bytes: Buffer.from(text),
  ends: true,
});

async function* groups(...all: Piece[][]): AsyncGenerator<Piece[]> {
  for (const group of all) yield await Promise.resolve(group);
}

async function read(output: AsyncGenerator<Piece[]>): Promise<string[]> {
  const texts: string[] = [];
  for await (const pieces of output)
    for (const { stream, bytes } of pieces) texts.push(`${stream}:${bytes.toString()}`);
  return texts;
}

const told = '\x1b]quayside;42\x07\r\n';

describe('The process id that a shell prints', () => {
  it('is taken out of the output, wherever that is cut', async () => {
    const whole = Buffer.from(`warning\r\n${told}prömpt`);
    for (let cut = 1; cut < whole.length; cut++) {
      const cutInTwo = [whole.subarray(0, cut), whole.subarray(cut)].map((bytes): Piece[] => [
        { stream: 'stdout', bytes, ends: false },
      ]);
      const shaken = await readShellPid(groups(...cutInTwo));
      assert(shaken.kind === 'started' && shaken.pid === 42, `cut at ${cut}`);
      const bytes: Buffer[] = [];
      for await (const pieces of shaken.output) bytes.push(...pieces.map(each => each.bytes));
      assert.equal(Buffer.concat(bytes).toString(), 'warning\r\nprömpt', `cut at ${cut}`);
    }
  });

  it('leaves both streams as they are', async () => {
    const shaken = await readShellPid(
      groups([piece('early', 'stderr'), piece(told.replace('\r', '')), piece('late', 'stderr')], [piece('out')]),
    );
    assert(shaken.kind === 'started');
    assert.deepEqual(await read(shaken.output), ['stderr:early', 'stderr:late', 'stdout:out']);
  });

  it('is missing if the process ends before, with the engine’s reason', async () => {
    const shaken = await readShellPid(
      groups([piece('OCI runtime exec failed: ')], [piece('no söch file\r\n', 'stderr')]),
    );
    assert.deepEqual(shaken, { kind: 'failed', text: 'OCI runtime exec failed: no söch file' });
  });

  it('is not awaited for ever from a program that prints without end', async () => {
    let left = false;
    async function* flood(): AsyncGenerator<Piece[]> {
      try {
        for (;;) yield await Promise.resolve([piece('y\n'.repeat(1000))]);
      } finally {
        left = true;
      }
    }
    await assert.rejects(readShellPid(flood()), saying(/does not run what it is given/));
    assert.ok(left, 'the stream is left open');
  });

  it('leaves a stream that ends when its reader leaves', async () => {
    let left = false;
    async function* endless(): AsyncGenerator<Piece[]> {
      try {
        yield await Promise.resolve([piece(told)]);
        for (;;) yield await Promise.resolve([piece('more')]);
      } finally {
        left = true;
      }
    }
    const shaken = await readShellPid(endless());
    assert(shaken.kind === 'started');
    await shaken.output.next();
    await shaken.output.return(undefined);
    assert.ok(left);
  });
});
