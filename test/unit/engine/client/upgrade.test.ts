import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { EngineClient } from '../../../../src/engine/client/client';
import type { RequestRecord } from '../../../../src/engine/client/request';
import { EngineError, isEngineError } from '../../../../src/engine/errors';
import { until } from '../../../support/until';

const switching = 'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n';
const plain = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n';

/** An engine's end of one connection, byte by byte. */
interface Peer {
  readonly socket: Socket;
  /** All that came, the request's head too. */
  received: string;
  ended: boolean;
}

async function readAll(stream: Duplex): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('EngineClient.upgrade', () => {
  let server: Server;
  let peers: Peer[];
  /** What the engine does once it has the head of a request. */
  let answer: (peer: Peer) => void;
  let records: RequestRecord[];
  let client: EngineClient;

  beforeEach(async () => {
    peers = [];
    records = [];
    answer = ({ socket }) => socket.write(switching);
    server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
      const peer: Peer = { socket, received: '', ended: false };
      peers.push(peer);
      socket.on('error', () => undefined);
      socket.on('end', () => (peer.ended = true));
      socket.on('data', chunk => {
        const before = peer.received.includes('\r\n\r\n');
        peer.received += chunk.toString();
        if (!before && peer.received.includes('\r\n\r\n')) answer(peer);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    client = new EngineClient({ kind: 'tcp', host: '127.0.0.1', port }, '1.41', record => records.push(record));
  });

  afterEach(async () => {
    client.close();
    for (const { socket } of peers) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  });

  const peer = (): Peer => peers[0] ?? assert.fail('Nobody connected');
  const attach = (signal?: AbortSignal): Promise<Duplex> =>
    client.upgrade({ method: 'POST', path: '/containers/x/attach', query: { stdin: true }, signal });

  it('asks to switch protocols, and sends no byte after a request without body', async () => {
    const stream = await attach();
    const [head = '', rest] = peer().received.split('\r\n\r\n');
    assert.match(head, /^POST \/v1\.41\/containers\/x\/attach\?stdin=true HTTP\/1\.1\r\n/);
    assert.match(head, /^Connection: Upgrade$/m);
    assert.match(head, /^Upgrade: tcp$/m);
    assert.match(head, /^Content-Length: 0$/m);
    assert.doesNotMatch(head, /Transfer-Encoding/);
    assert.equal(rest, '');
    assert.deepEqual(
      records.map(({ method, status }) => [method, status]),
      [['POST', 101]],
    );
    stream.destroy();
  });

  it('sends a body as JSON', async () => {
    const stream = await client.upgrade({ method: 'POST', path: '/exec/e/start', body: { Tty: true } });
    await until('the body came', () => peer().received.endsWith('{"Tty":true}'));
    assert.match(peer().received, /^Content-Length: 12$/m);
    stream.destroy();
  });

  for (const [status, head] of [
    ['101', switching],
    ['200', plain],
  ] as const) {
    describe(`answered with ${status}`, () => {
      it('loses no byte that comes with the head, wherever the chunks are cut', async () => {
        const bytes = Buffer.from(`${head}early ünd mehr`);
        for (let cut = 1; cut < bytes.length; cut++) {
          answer = ({ socket }) => {
            socket.write(bytes.subarray(0, cut));
            setImmediate(() => socket.end(bytes.subarray(cut)));
          };
          const stream = await attach();
          await new Promise(resolve => setImmediate(resolve));
          assert.equal(await readAll(stream), 'early ünd mehr', `cut at ${cut}`);
          peers.length = 0;
        }
      });

      it('closes one way only: it still reads what comes after the end of the input', async () => {
        answer = ({ socket }) => {
          socket.write(head);
          socket.on('end', () => socket.end('after'));
        };
        const stream = await attach();
        stream.end('input');
        assert.equal(await readAll(stream), 'after');
        assert.match(peer().received, /\r\n\r\ninput$/);
      });

      it('holds back a writer that is faster than the engine, and an engine that is faster than the reader', async () => {
        answer = ({ socket }) => {
          socket.pause();
          socket.write(head);
        };
        const stream = await attach();
        const chunk = Buffer.alloc(64 * 1024, 'x');
        let written = 0;
        while (stream.write(chunk) && written < 1_000) written++;
        assert.ok(written < 1_000, 'all was taken at once');
        const filled = peer().socket;
        let sent = 0;
        while (filled.write(chunk) && sent < 1_000) sent++;
        assert.ok(sent < 1_000, 'all was read though nobody asked');
        stream.destroy();
      });

      it('ends with an error of kind unreachable when the client is closed, canceled when its signal aborts', async () => {
        answer = ({ socket }) => socket.write(head);
        const abort = new AbortController();
        const streams = [await attach(), await attach(abort.signal)] as const;
        const errors = streams.map(
          stream => new Promise<unknown>(resolve => stream.once('close', () => resolve(stream.errored))),
        );
        abort.abort();
        client.close();
        const [closed, aborted] = await Promise.all(errors);
        assert.ok(isEngineError(closed, 'unreachable'), String(closed));
        assert.ok(isEngineError(aborted, 'canceled'), String(aborted));
        await until('the engine sees it', () => peers.every(({ ended, socket }) => ended || socket.destroyed));
      });
    });
  }

  it('fails with the engine’s sentence when the engine refuses', async () => {
    const body = '{"message":"Container abc is not running"}';
    answer = ({ socket }) => socket.write(`HTTP/1.1 409 Conflict\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await assert.rejects(attach(), (error: unknown) => {
      assert.ok(isEngineError(error, 'conflict'), String(error));
      assert.equal(error.message, 'Container abc is not running');
      return true;
    });
    assert.equal(records[0]?.status, 409);
  });

  it('fails as unreachable when the connection breaks before an answer, as canceled when it was given up', async () => {
    answer = ({ socket }) => socket.destroy();
    await assert.rejects(attach(), (error: unknown) => isEngineError(error, 'unreachable'));
    answer = () => undefined;
    const abort = new AbortController();
    const waiting = attach(abort.signal);
    await until('it was asked', () => peers.length === 2);
    abort.abort(new EngineError('canceled', { code: 'canceled' }));
    await assert.rejects(waiting, (error: unknown) => isEngineError(error, 'canceled'));
  });

  it('survives a connection that breaks while nobody listens', async () => {
    const stream = await attach();
    stream.resume();
    peer().socket.resetAndDestroy();
    await new Promise(resolve => stream.once('close', resolve));
  });
});
