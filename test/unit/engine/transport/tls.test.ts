import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { delay } from '../../../../src/base/abort';
import { EngineClient } from '../../../../src/engine/client/client';
import { type EngineErrorKind, isEngineError } from '../../../../src/engine/errors';
import { openTransport, type Transport } from '../../../../src/engine/transport/transport';
import { makeAuthority } from '../../../support/engines/certificates';
import { saying, sentenceOf } from '../../../support/sentence';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder';
import { until } from '../../../support/until';

/** With what the types of Node leave out. */
type ServerSocket = tls.TLSSocket & { servername?: string | false };

describe('A connection over TLS', () => {
  let folder: TemporaryFolder;
  let ca: string;
  let own: { cert: Buffer; key: Buffer };
  let server: tls.Server | undefined;

  before(async () => {
    folder = temporaryFolder('tls-unit');
    const authority = await makeAuthority(folder.path);
    const files = await authority.issue('server', { usage: 'serverAuth', names: 'DNS:localhost,IP:127.0.0.1' });
    ca = authority.ca;
    own = { cert: await readFile(files.cert), key: await readFile(files.key) };
  });
  after(() => folder.remove());
  afterEach(() => server?.close());

  /** A server that takes connections, and a transport to it. */
  const serve = async (
    options: tls.TlsOptions = {},
    onConnection: (socket: ServerSocket) => void = () => undefined,
    host = 'localhost',
  ): Promise<Transport> => {
    server = tls.createServer({ ...own, ...options }, onConnection);
    server.listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return openTransport({ kind: 'tcp', host, port, tls: { ca, skipVerify: false } });
  };

  it('ends with all reads that wait, more than have a socket too, and leaves the program running', async () => {
    let connections = 0;
    const transport = await serve({}, socket => {
      connections++;
      socket.on('error', () => undefined).resume();
    });
    await transport.open();
    const client = new EngineClient(transport, '1.41');
    const reads = Array.from({ length: 20 }, () => client.read({ path: '/info' }));
    const outcomes = Promise.allSettled(reads);
    await until('all sockets are in use', () => connections === 7);
    client.close();
    for (const outcome of await outcomes) {
      assert.ok(outcome.status === 'rejected' && isEngineError(outcome.reason, 'unreachable'), outcome.status);
    }
    await delay(1); // Timers go on.
    await assert.rejects(transport.open(), saying(/The connection was closed/));
  });

  it('names the host to the server, as one that has several certificates needs it, and never an address', async () => {
    for (const [host, expected] of [
      ['localhost', 'localhost'],
      ['127.0.0.1', false],
    ] as const) {
      const named: unknown[] = [];
      const transport = await serve({}, socket => named.push(socket.servername), host);
      await transport.open();
      const client = new EngineClient(transport, '1.41');
      const read = client.read({ path: '/info' }).catch(() => undefined);
      await until('the server has a connection', () => named.length > 0);
      client.close();
      await read;
      server?.close();
      assert.deepEqual(named, [expected], host);
    }
  });

  it('is not opened with a pipe in the place of a certificate, and waits for nobody at it', async () => {
    const pipe = join(folder.path, 'pipe.pem');
    execFileSync('mkfifo', [pipe]);
    const transport = openTransport({ kind: 'tcp', host: 'localhost', port: 1, tls: { ca: pipe, skipVerify: false } });
    await assert.rejects(transport.open(), error => {
      assert.ok(isEngineError(error, 'invalid'));
      assert.equal(sentenceOf(error), `The certificate file ${pipe} is not a file`);
      return true;
    });
    transport.close();
  });

  const elder = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const wanting = { requestCert: true, rejectUnauthorized: true };
  const refusals: [name: string, options: tls.TlsOptions, kind: EngineErrorKind, sentence: RegExp][] = [
    [
      'a client certificate that is wanted by TLS 1.2',
      { ...wanting, maxVersion: 'TLSv1.2' },
      'unauthorized',
      /^localhost:\d+ wants a client certificate, and none is given$/,
    ],
    [
      'a client certificate that is wanted by TLS 1.3',
      { ...wanting, minVersion: 'TLSv1.3' },
      'unauthorized',
      /^localhost:\d+ wants a client certificate, and none is given$/,
    ],
    ['versions of TLS that are too old', elder, 'unreachable', /^localhost:\d+ does not speak TLS 1\.2 or newer$/],
  ];
  for (const [name, options, kind, sentence] of refusals) {
    it(`tells ${name}`, async () => {
      const transport = await serve({ ca: await readFile(ca), ...options });
      await transport.open();
      const client = new EngineClient(transport, '1.41');
      await assert.rejects(client.beat({ method: 'GET', path: '/_ping' }), (error: unknown) => {
        assert.ok(isEngineError(error, kind), String(error));
        assert.match(sentenceOf(error), sentence);
        return true;
      });
      client.close();
    });
  }
});
