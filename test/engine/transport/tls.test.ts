import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { EngineClient } from '../../../src/engine/client/client';
import { Connection } from '../../../src/engine/connection/connection';
import {
  type Endpoint,
  endpointCandidates,
  parseEndpoint,
  type TlsFiles,
} from '../../../src/engine/endpoints/endpoint';
import { type EngineError, isEngineError } from '../../../src/engine/errors';
import { type Authority, makeAuthority, protectKey, replaceFile } from '../../support/engines/certificates';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import { freePort } from '../../support/freePort';
import { run } from '../../support/processes';
import { sentenceOf } from '../../support/sentence';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

/** Out of the machine's own network: it has no bridge and no rules of its own. */
const quietNetwork = ['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false'];

describe('An engine behind TLS', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let ours: Authority;
  let others: Authority;
  let engine: TestEngine;
  let port: number;
  let server: { cert: string; key: string };
  let client: { cert: string; key: string };
  let right: TlsFiles;

  before(async () => {
    folder = temporaryFolder('tls');
    ours = await makeAuthority(folder.path);
    others = await makeAuthority(folder.path, 'other-ca');
    server = await ours.issue('server', { usage: 'serverAuth', names: 'IP:127.0.0.1' });
    client = await ours.issue('client', { usage: 'clientAuth' });
    right = { ca: ours.ca, ...client, skipVerify: false };
    port = await freePort();
    const tls = [`--tlscacert=${ours.ca}`, `--tlscert=${server.cert}`, `--tlskey=${server.key}`];
    const flags = ['--host', `tcp://127.0.0.1:${port}`, '--tlsverify', ...tls, ...quietNetwork];
    engine = await startEngine({ namespace: false, flags });
    await engine.loadBusybox();
  });
  after(async () => {
    await engine.dispose();
    folder.remove();
  });

  const endpointOf = (tls: TlsFiles | undefined, host = '127.0.0.1'): Endpoint =>
    parseEndpoint(`tcp://${host}:${port}`, 'added', tls);

  /** Connects once: the engine's version, or the error. */
  const attempt = async (endpoint: Endpoint): Promise<string | EngineError> => {
    const connection = new Connection({ candidates: () => [endpoint] });
    try {
      connection.start();
      return await until(
        'it is connected or not',
        () =>
          connection.engine?.identity.version ??
          (connection.state.kind === 'unreachable' ? connection.state.attempts[0]?.error : undefined),
        { timeout: 20_000 },
      );
    } finally {
      connection.dispose();
    }
  };
  const answers = async (endpoint: Endpoint): Promise<void> => {
    const answer = await attempt(endpoint);
    assert.ok(typeof answer === 'string', String(answer));
    assert.ok(engine.version.startsWith(answer.split('+')[0] ?? '-'), answer);
  };
  const refuses = async (endpoint: Endpoint, message: RegExp, kind: EngineError['kind']): Promise<void> => {
    const error = await attempt(endpoint);
    assert.ok(isEngineError(error), String(error));
    assert.match(sentenceOf(error), message);
    assert.equal(error.kind, kind, sentenceOf(error));
  };

  it('answers with the right certificates, and upgrades connections', async () => {
    await answers(endpointOf(right));
    const id = await runContainer(engine.api, { host: { NetworkMode: 'none' } });
    const secure = new EngineClient(endpointOf(right).address, '1.41');
    try {
      const body = { Cmd: ['cat'], AttachStdin: true, AttachStdout: true, Tty: true };
      const exec = (await secure.call({ method: 'POST', path: `/containers/${id}/exec`, body })) as { Id: string };
      const shell = await secure.upgrade({ method: 'POST', path: `/exec/${exec.Id}/start`, body: { Tty: true } });
      let echoed = '';
      shell.on('data', chunk => (echoed += String(chunk)));
      shell.write('over TLS\n');
      await until('the shell echoes', () => echoed.includes('over TLS\r\nover TLS'));
    } finally {
      secure.close();
      await engine.api('DELETE', `/containers/${id}?force=1`);
    }
  });

  it('answers by a context and by the environment as docker’s own command reaches it', async () => {
    const config = join(folder.path, 'docker');
    const docker = (...args: string[]): Promise<string> =>
      run(engine.client, args, { env: { PATH: process.env['PATH'], DOCKER_CONFIG: config } });
    const host = `tcp://127.0.0.1:${port}`;
    const files = `ca=${ours.ca},cert=${client.cert},key=${client.key}`;
    await docker('context', 'create', 'secure', '--docker', `host=${host},${files}`);
    await docker('context', 'use', 'secure');
    assert.equal((await docker('version', '--format', '{{.Server.Version}}')).trim(), engine.version);
    const around = { setting: '', platform: process.platform, home: folder.path };
    const [byContext] = await endpointCandidates({ ...around, env: { DOCKER_CONFIG: config } });
    assert.equal(byContext?.id, 'context:secure');
    await answers(byContext);

    const certificates = join(config, 'contexts', 'tls');
    const { address } = byContext;
    const ca = (address.kind === 'tcp' ? address.tls?.ca : undefined) ?? '';
    assert.ok(ca.startsWith(certificates), ca);
    const env = { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: join(ca, '..') };
    const [byEnvironment] = await endpointCandidates({ ...around, env });
    assert.equal(byEnvironment?.source, 'environment');
    await answers(byEnvironment);
  });

  it('names a wrong authority', async () => {
    const message = /^The certificate of 127\.0\.0\.1:\d+ is not signed by the authority in .*other-ca\.pem$/;
    await refuses(endpointOf({ ...right, ca: others.ca }), message, 'unreachable');
    await refuses(
      endpointOf({ skipVerify: false }),
      /is not signed by an authority that this system knows$/,
      'unreachable',
    );
  });

  it('names a wrong host name, with those that the certificate is for', () =>
    refuses(
      endpointOf(right, 'localhost'),
      /^The certificate of localhost:\d+ is for another host: IP Address:127\.0\.0\.1$/,
      'unreachable',
    ));

  it('answers in spite of both where nothing is to be verified', async () => {
    await answers(endpointOf({ ...client, skipVerify: true }, 'localhost'));
  });

  it('names a client certificate that is missing, of another authority, or expired', async () => {
    await refuses(
      endpointOf({ ca: ours.ca, skipVerify: false }),
      /wants a client certificate, and none is given$/,
      'unauthorized',
    );
    const foreign = await others.issue('foreign', { usage: 'clientAuth' });
    await refuses(
      endpointOf({ ...right, ...foreign }),
      /refuses the client certificate .*foreign\.pem/,
      'unauthorized',
    );
    const expired = await ours.issue('expired', { usage: 'clientAuth', expired: true });
    await refuses(
      endpointOf({ ...right, ...expired }),
      /refuses the client certificate .*expired\.pem/,
      'unauthorized',
    );
  });

  it('names files that are missing, protected, unfit or alone', async () => {
    const gone = join(folder.path, 'gone.pem');
    await refuses(
      endpointOf({ ...right, ca: gone }),
      /^The certificate file .*gone\.pem cannot be read: it does not exist$/,
      'invalid',
    );
    const key = await protectKey(client.key, 'secret');
    await refuses(endpointOf({ ...right, key }), /^The key .*\.protected is protected by a passphrase/, 'invalid');
    await refuses(endpointOf({ ...right, key: server.key }), /^The certificates .* cannot be used: /, 'invalid');
    await refuses(
      endpointOf({ ca: ours.ca, cert: client.cert, skipVerify: false }),
      /has no key beside it$/,
      'invalid',
    );
  });

  it('takes a renewed certificate without a new start', async () => {
    const [cert, key] = [join(folder.path, 'renewed.pem'), join(folder.path, 'renewed-key.pem')];
    await writeFile(cert, 'not yet');
    await writeFile(key, 'not yet');
    const connection = new Connection({
      candidates: () => [endpointOf({ ...right, cert, key })],
      times: { firstRetry: 50, lastRetry: 100 },
    });
    try {
      connection.start();
      await until('it is refused', () => connection.state.kind === 'unreachable');
      await replaceFile(key, client.key);
      await replaceFile(cert, client.cert);
      await until('it is connected', () => connection.engine, { timeout: 10_000 });
    } finally {
      connection.dispose();
      await rm(cert);
    }
  });

  it('tells a port without TLS, and one that wants it', async () => {
    const plain = createServer((_, answer) => answer.end());
    await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', () => resolve()));
    try {
      const { port: plainPort } = plain.address() as AddressInfo;
      const endpoint = parseEndpoint(`tcp://127.0.0.1:${plainPort}`, 'added', right);
      await refuses(endpoint, /^127\.0\.0\.1:\d+ does not speak TLS$/, 'unreachable');
    } finally {
      plain.close();
    }
    await refuses(endpointOf(undefined), /^Client sent an HTTP request to an HTTPS server\.$/, 'invalid');
  });

  it('names a certificate of the engine that has expired', async () => {
    const expired = await ours.issue('expired-server', { usage: 'serverAuth', names: 'IP:127.0.0.1', expired: true });
    await engine.stop();
    await replaceFile(server.cert, expired.cert);
    await replaceFile(server.key, expired.key);
    await engine.start();
    await refuses(endpointOf(right), /^The certificate of 127\.0\.0\.1:\d+ has expired$/, 'unreachable');
  });
});
