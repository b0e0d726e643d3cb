import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { EngineClient } from '../../../../src/engine/client/client';
import { beat } from '../../../../src/engine/connection/identity';
import type { EngineErrorKind } from '../../../../src/engine/errors';
import { FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';
import { clientUnderTest, failsWith } from './clients';

describe('EngineClient', () => {
  const on = clientUnderTest();

  describe('asks', () => {
    it('the versioned path with a query: objects as JSON, undefined left out, and a body of JSON', async () => {
      on.fake.answers.set('/x', (_, response) => sendJson(response, 200, { ok: 1 }));
      const query = { a: 'b c&d', no: undefined, yes: true, n: 0, filters: { id: ['ü'] } };
      const answer = await on.client.call({ method: 'POST', path: '/x', query, body: { Name: 'n', None: undefined } });
      assert.deepEqual(answer, { ok: 1 });
      const [seen] = on.fake.to('/x');
      assert.equal(seen?.version, '1.41');
      assert.deepEqual(
        [...seen.query],
        [
          ['a', 'b c&d'],
          ['yes', 'true'],
          ['n', '0'],
          ['filters', '{"id":["ü"]}'],
        ],
      );
      assert.equal(seen.body, '{"Name":"n"}');
    });

    it('unversioned paths when it was given no version', async () => {
      const unversioned = new EngineClient(on.fake.endpoint.address);
      await unversioned.read({ path: '/images/json' });
      unversioned.close();
      assert.equal(on.fake.requests[0]?.version, undefined);
    });

    it('over TCP as well', async () => {
      const other = await new FakeEngine().start('tcp');
      other.images = [{ Id: 'i' }];
      const tcp = new EngineClient({ kind: 'tcp', host: '127.0.0.1', port: other.port }, '1.41');
      assert.deepEqual(await tcp.read({ path: '/images/json' }), [{ Id: 'i' }]);
      tcp.close();
      await other.dispose();
    });

    it('without a body when there is nothing in it', async () => {
      on.fake.answers.set('/x', (_, response) => response.writeHead(204).end());
      assert.equal(await on.client.call({ method: 'POST', path: '/x' }), undefined);
      assert.equal(on.fake.to('/x')[0]?.body, '');
    });
  });

  describe('takes an answer', () => {
    const answers: [name: string, status: number, body: string, value: unknown][] = [
      ['with JSON', 200, '{"a":1}\n', { a: 1 }],
      ['with JSON null', 200, 'null', null],
      ['without a body', 204, '', undefined],
      ['that nothing had to be done', 304, '', undefined],
    ];
    for (const [name, status, body, value] of answers) {
      it(name, async () => {
        on.fake.answers.set('/x', (_, response) => response.writeHead(status).end(body));
        assert.deepEqual(await on.client.read({ path: '/x' }), value);
        assert.deepEqual(await on.client.call({ method: 'POST', path: '/x' }), value);
      });
    }

    const failures: [name: string, status: number, body: string, kind: EngineErrorKind, message: RegExp][] = [
      ['that fails, with the engine’s sentence', 404, '{"message":"No such container: x"}', 'notFound', /^No such/],
      ['that is not JSON', 200, '<html>', 'failed', /answer to \/x is not JSON/],
      ['that leads elsewhere', 302, '', 'failed', /status 302/],
    ];
    for (const [name, status, body, kind, message] of failures) {
      it(name, async () => {
        on.fake.answers.set('/x', (_, response) => response.writeHead(status).end(body));
        await assert.rejects(on.client.read({ path: '/x' }), failsWith(kind, message));
      });
    }

    it('whose characters are cut between two chunks', async () => {
      const bytes = Buffer.from('"数据"');
      on.fake.answers.set('/x', (_, response) => {
        response.write(bytes.subarray(0, 2));
        setTimeout(() => response.end(bytes.subarray(2)), 5);
      });
      assert.equal(await on.client.read({ path: '/x' }), '数据');
    });

    it('that is lost in its middle: reads and calls reject', async () => {
      on.fake.answers.set('/x', (_, response) => {
        response.writeHead(200);
        response.write('[1,');
        setTimeout(() => response.destroy(), 5);
      });
      await assert.rejects(on.client.read({ path: '/x' }), failsWith('unreachable'));
      await assert.rejects(on.client.call({ method: 'POST', path: '/x' }), failsWith('unreachable'));
    });

    it('that fails and is lost in its middle', async () => {
      on.fake.answers.set('/x', (_, response) => {
        response.writeHead(500);
        response.write('{"mess');
        setTimeout(() => response.destroy(), 5);
      });
      await assert.rejects(on.client.call({ method: 'POST', path: '/x' }), failsWith('unreachable'));
    });
  });

  describe('aborts', () => {
    const unanswered: [name: string, answer: Parameters<typeof on.fake.answers.set>[1]][] = [
      ['before the answer’s head', () => undefined],
      ['within the answer’s body', (_, response) => response.writeHead(200).write('[')],
    ];
    for (const [name, answer] of unanswered) {
      for (const how of ['read', 'call'] as const) {
        it(`a ${how} ${name}, as canceled, and closes its socket`, async () => {
          on.fake.answers.set('/x', answer);
          const abort = new AbortController();
          const request = { method: 'POST', path: '/x', signal: abort.signal } as const;
          const asking = how === 'read' ? on.client.read(request) : on.client.call(request);
          await until('the engine has the request', () => on.fake.to('/x').length);
          setTimeout(() => abort.abort(), 5);
          await assert.rejects(asking, failsWith('canceled'));
          await until('the socket is closed', () => on.fake.sockets.size === 0);
          assert.equal(on.fake.to('/x').length, 1);
        });
      }
    }

    it('a request that was aborted before, without sending it', async () => {
      await assert.rejects(on.client.read({ path: '/x', signal: AbortSignal.abort() }), failsWith('canceled'));
      assert.equal(on.fake.requests.length, 0);
    });

    it('a stream that is under way', async () => {
      const abort = new AbortController();
      const response = await on.client.stream({ method: 'GET', path: '/events', signal: abort.signal });
      abort.abort();
      await until('the stream is closed', () => response.destroyed && on.fake.sockets.size === 0);
    });

    it('and leaves no listener on the caller’s signal, however the request ended', async () => {
      const { signal } = new AbortController();
      await on.client.read({ path: '/images/json', signal });
      await on.client.read({ path: '/nowhere', signal }).catch(() => undefined);
      await on.client.call({ method: 'GET', path: '/images/json', signal });
      const stream = await on.client.stream({ method: 'GET', path: '/events', signal });
      stream.destroy();
      await until('the listeners are gone', () => getEventListeners(signal, 'abort').length === 0);
    });
  });

  describe('keeps sockets', () => {
    it('open for the next read, and at most seven for any number of reads at once', async () => {
      await Promise.all(Array.from({ length: 50 }, () => on.client.read({ path: '/images/json' })));
      for (let count = 0; count < 20; count++) await on.client.read({ path: '/images/json' });
      assert.ok(on.fake.mostSockets <= 7, `${on.fake.mostSockets} sockets`);
      assert.ok(on.fake.sockets.size > 0);
    });

    it('apart for what waits: no number of waiting calls delays a read, and Node warns of no leak', async () => {
      const warnings: Error[] = [];
      const onWarning = (warning: Error): void => void warnings.push(warning);
      process.on('warning', onWarning);
      on.fake.answers.set('/wait', () => undefined);
      const { signal } = new AbortController();
      const waiting = Array.from({ length: 20 }, () => on.client.call({ method: 'POST', path: '/wait', signal }));
      const all = Promise.allSettled(waiting);
      await until('all wait', () => on.fake.to('/wait').length === 20);
      await on.client.read({ path: '/images/json' });
      on.client.close();
      for (const outcome of await all) assert.equal(outcome.status, 'rejected');
      process.off('warning', onWarning);
      assert.deepEqual(warnings, []);
    });

    it('for changes: at most 64 for any number of them, and none for a request that waits', async () => {
      on.fake.answers.set('/wait', () => undefined);
      const waits = Array.from({ length: 70 }, () => on.client.wait({ method: 'POST', path: '/wait' }));
      const calls = Array.from({ length: 70 }, () => on.client.call({ method: 'POST', path: '/wait' }));
      const all = Promise.allSettled([...waits, ...calls]);
      await until('they wait', () => on.fake.to('/wait').length === 134);
      await on.client.read({ path: '/images/json' });
      assert.equal(on.fake.to('/wait').length, 134);
      on.client.close();
      await all;
    });

    it('one for all pings', async () => {
      for (let count = 0; count < 5; count++) await beat(on.client);
      assert.equal(on.fake.connections, 1);
    });

    it('no longer than the call, when it waits', async () => {
      on.fake.answers.set('/x', (_, response) => response.writeHead(204).end());
      await on.client.call({ method: 'POST', path: '/x' });
      await until('the socket is closed', () => on.fake.sockets.size === 0);
    });
  });

  describe('after it is closed', () => {
    it('rejects requests under way and later ones with the reason', async () => {
      on.fake.answers.set('/x', () => undefined);
      const waiting = on.client.call({ method: 'POST', path: '/x' });
      await until('the engine has the request', () => on.fake.to('/x').length);
      on.client.close();
      await assert.rejects(waiting, failsWith('unreachable', /connection was closed/));
      await assert.rejects(on.client.read({ path: '/images/json' }), failsWith('unreachable', /connection was closed/));
      await until('all sockets are closed', () => on.fake.sockets.size === 0);
    });
  });

  it('records each request once, with the status of the answer or 0', async () => {
    await on.client.read({ path: '/images/json' });
    await on.client.read({ path: '/nowhere' }).catch(() => undefined);
    on.fake.answers.set('/x', (_, response) => response.socket?.destroy());
    await on.client.call({ method: 'POST', path: '/x' }).catch(() => undefined);
    assert.deepEqual(
      on.records.map(({ method, path, status }) => `${method} ${path} ${status}`),
      ['GET /images/json 200', 'GET /nowhere 404', 'POST /x 0'],
    );
    assert.ok(on.records.every(({ ms }) => ms >= 0));
  });

  describe('ignores the environment', () => {
    const variables = { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' };
    const before = { ...process.env };
    beforeEach(() => Object.assign(process.env, variables));
    afterEach(() => {
      for (const name of Object.keys(variables)) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
    });

    it('when it was given a socket', async () => {
      process.env['DOCKER_CLIENT_TIMEOUT'] = '1';
      process.env['DOCKER_PATH_PREFIX'] = '/prefix';
      try {
        assert.deepEqual(await on.client.read({ path: '/images/json' }), []);
        assert.equal(on.fake.to('/images/json').length, 1);
      } finally {
        Reflect.deleteProperty(process.env, 'DOCKER_CLIENT_TIMEOUT');
        Reflect.deleteProperty(process.env, 'DOCKER_PATH_PREFIX');
      }
    });

    it('when it was given a TCP port', async () => {
      const other = await new FakeEngine().start('tcp');
      const tcp = new EngineClient({ kind: 'tcp', host: '127.0.0.1', port: other.port }, '1.41');
      assert.deepEqual(await tcp.read({ path: '/images/json' }), []);
      tcp.close();
      await other.dispose();
    });
  });
});
