import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random';

/** What is wrong with a connection. Only answers are spoilt: what the engine is asked is always what was asked. */
export type Fault =
  /** Both ends are destroyed at once. */
  | { kind: 'cut' }
  /** Nothing passes in either direction, and both ends stay open, as when the way between them is gone. */
  | { kind: 'stall' }
  /** Each chunk comes so many milliseconds late, and its bytes at that rate. */
  | { kind: 'slow'; latency: number; bytesPerSecond: number }
  /** After so many bytes of the answer it ends as if all were well. */
  | { kind: 'truncate'; after: number }
  /** After so many bytes of the answer some are garbage. */
  | { kind: 'corrupt'; after: number }
  /** The pieces of a chunk come in another order. */
  | { kind: 'reorder' }
  /** Each byte comes alone. */
  | { kind: 'split' }
  /** The client is told the end at once; what it still sends gets to the engine. */
  | { kind: 'halfClose' }
  /** The engine is asked, and the connection is lost when it begins to answer. */
  | { kind: 'swallow' };

/** No byte of it is allowed in JSON, in an HTTP head or as a chunk's length. */
const garbage = Buffer.from([0x01, 0xff, 0x00, 0x1b, 0xc3, 0x28, 0x7f, 0x01]);
/** More bytes than these come together even where each should come alone: that says no more, and takes long. */
const mostAlone = 3_000;

/** One connection through the proxy, with whatever is wrong with it. */
export class FaultLink {
  #fault: Fault | undefined;
  #passed = 0;
  #stalled: Promise<void> | undefined;
  #flowOn: () => void = () => undefined;
  readonly #upstream: Socket;

  constructor(
    private readonly client: Socket,
    target: NetConnectOpts,
    private readonly random: Random,
    onRequestBytes: (bytes: Buffer) => void,
  ) {
    this.#upstream = connect({ ...target, allowHalfOpen: true });
    for (const socket of [client, this.#upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.destroy());
    }
    client.on('data', onRequestBytes);
    this.#pump(client, this.#upstream, chunk => this.#passOn(this.#upstream, chunk));
    this.#pump(this.#upstream, client, chunk => this.#answer(chunk));
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Gives it a fault instead of the one before. */
  afflict(fault: Fault): void {
    this.heal();
    this.#fault = fault;
    this.#passed = 0;
    if (fault.kind === 'cut') this.destroy();
    else if (fault.kind === 'halfClose') this.client.end();
    else if (fault.kind === 'stall') this.#stalled = new Promise(resolve => (this.#flowOn = resolve));
  }

  /** What is still open is as it should be, and what was held back comes. */
  heal(): void {
    this.#fault = undefined;
    this.#stalled = undefined;
    this.#flowOn();
  }

  destroy(): void {
    this.#flowOn();
    this.client.destroy();
    this.#upstream.destroy();
  }

  #pump(from: Socket, to: Socket, pass: (chunk: Buffer) => Promise<void>): void {
    let passing = Promise.resolve();
    const then = (action: () => void | Promise<void>): void => {
      passing = passing.then(async () => {
        await this.#stalled;
        await action();
      });
    };
    from.on('data', (chunk: Buffer) => then(() => pass(chunk)));
    from.on('end', () => then(() => void to.end()));
    from.on('close', () =>
      then(() => {
        if (to.writableFinished || !from.readableEnded) to.destroy();
      }),
    );
  }

  async #passOn(to: Socket, bytes: Buffer): Promise<void> {
    if (!to.destroyed && to.writable && !to.write(bytes)) {
      await new Promise<void>(resolve => {
        to.once('drain', resolve);
        to.once('close', resolve);
      });
    }
  }

  async #answer(chunk: Buffer): Promise<void> {
    const fault = this.#fault;
    const before = this.#passed;
    this.#passed += chunk.length;
    const pass = (bytes: Buffer): Promise<void> => this.#passOn(this.client, bytes);
    switch (fault?.kind) {
      case 'slow':
        return this.#passSlowly(chunk, fault);
      case 'truncate':
        if (this.#passed < fault.after) return pass(chunk);
        await pass(chunk.subarray(0, Math.max(0, fault.after - before)));
        this.client.end();
        this.#upstream.destroy();
        return;
      case 'corrupt':
        return pass(this.#passed > fault.after ? this.#corrupted(chunk, Math.max(0, fault.after - before)) : chunk);
      case 'reorder':
        for (const piece of shuffled(chunk, this.random)) await pass(piece);
        return;
      case 'split':
        for (const piece of alone(chunk)) {
          await pass(piece);
          await nextTurn();
        }
        return;
      case 'swallow':
        this.destroy();
        return;
      case 'cut':
      case 'stall':
      case 'halfClose':
      case undefined:
        return pass(chunk);
    }
  }

  async #passSlowly(chunk: Buffer, { latency, bytesPerSecond }: Extract<Fault, { kind: 'slow' }>): Promise<void> {
    await delay(latency);
    const step = Math.max(1, Math.floor(bytesPerSecond / 20));
    for (let at = 0; at < chunk.length; at += step) {
      const isSlow = this.#fault?.kind === 'slow';
      await this.#passOn(this.client, isSlow ? chunk.subarray(at, at + step) : chunk.subarray(at));
      if (!isSlow) return;
      if (at + step < chunk.length) await delay(50);
    }
  }

  #corrupted(chunk: Buffer, at: number): Buffer {
    this.#fault = undefined;
    const spoilt = Buffer.from(chunk);
    garbage.copy(spoilt, Math.min(at, spoilt.length - 1));
    return spoilt;
  }
}

function alone(chunk: Buffer): Buffer[] {
  const bytes = [...chunk.subarray(0, mostAlone)].map(byte => Buffer.of(byte));
  return chunk.length > mostAlone ? [...bytes, chunk.subarray(mostAlone)] : bytes;
}

/** Two to four pieces of a chunk, never in their own order. */
function shuffled(chunk: Buffer, random: Random): Buffer[] {
  if (chunk.length < 2) return [chunk];
  const count = Math.min(chunk.length, 2 + random.below(3));
  const size = Math.ceil(chunk.length / count);
  const pieces = Array.from({ length: count }, (_, index) => chunk.subarray(index * size, (index + 1) * size));
  const first = pieces.splice(1 + random.below(pieces.length - 1), 1);
  return [...first, ...pieces];
}
