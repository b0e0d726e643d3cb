import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delay } from '../../../../src/base/abort';
import type { Engine } from '../../../../src/engine/connection/engine';
import { endpointCandidates, parseEndpoint } from '../../../../src/engine/endpoints/endpoint';
import { EngineError } from '../../../../src/engine/errors';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { sentenceOf } from '../../../support/sentence';
import { until } from '../../../support/until';
import {
  connected,
  connecting,
  forgiving,
  leaveDeadSocket,
  moduleOf,
  patient,
  quick,
  run,
  unreachable,
} from './connections';

describe('Connection', () => {
  const on = connecting();

  describe('connects', () => {
    const identities: [name: string, headers: Record<string, string>, expected: Engine['identity']][] = [
      [
        'Docker 20.10',
        { 'Api-Version': '1.41', Server: 'Docker/20.10.24+dfsg1 (linux)' },
        { flavour: 'docker', version: '20.10.24+dfsg1', apiVersion: '1.41' },
      ],
      [
        'Podman',
        { 'Api-Version': '1.41', 'Libpod-Api-Version': '4.3.1', Server: 'Libpod/4.3.1 (linux)' },
        { flavour: 'podman', version: '4.3.1', apiVersion: '1.41' },
      ],
    ];
    const ranges: [name: string, told: string, range: object, expected: string | RegExp][] = [
      ['Docker Engine 29', '1.52', { ApiVersion: '1.52', MinAPIVersion: '1.44' }, '1.51'],
      ['Docker of the future that still knows this API', '1.99', { MinAPIVersion: '1.51' }, '1.51'],
      ['one that tells no minimum', '1.99', {}, '1.51'],
      ['one whose ping says nothing', '', { ApiVersion: '1.43', MinAPIVersion: '1.12' }, '1.43'],
      ['one whose ping talks nonsense', 'x', { ApiVersion: '1.43' }, '1.43'],
      ['the oldest that is known', '1.40', {}, '1.40'],
      ['one that is too old', '1.39', {}, /^Docker Engine 99\.0 is too old: it speaks the Engine API up to 1\.39/],
      ['one with a one-digit API', '1.9', {}, /is too old: it speaks the Engine API up to 1\.9, and 1\.40 is needed$/],
      ['one that is too new', '1.99', { MinAPIVersion: '1.52' }, /is too new: it speaks the Engine API from 1\.52 on/],
      ['one that never tells', '', { ApiVersion: 5 }, /does not say which version of the Engine API it speaks$/],
    ];
    for (const [name, told, range, expected] of ranges) {
      it(`${typeof expected === 'string' ? 'to' : 'not to'} ${name}`, async () => {
        on.fake.pingHeaders = { ...(told && { 'Api-Version': told }), Server: 'Docker/99.0 (linux)' };
        on.fake.answers.set('/version', (_, response) => response.end(JSON.stringify(range)));
        await on.fake.start();
        const { connection } = on.begin();
        if (typeof expected === 'string') {
          assert.equal((await connected(connection)).identity.apiVersion, expected);
        } else {
          const { attempts, reason } = await unreachable(connection);
          assert.match(sentenceOf(attempts[0]?.error), expected);
          assert.deepEqual([attempts[0]?.error.kind, reason], ['unsupported', 'refused']);
        }
      });
    }

    for (const [name, headers, expected] of identities) {
      it(`to ${name}, by an unversioned ping`, async () => {
        on.fake.pingHeaders = headers;
        await on.fake.start();
        const engine = await connected(on.begin().connection);
        assert.deepEqual(engine.identity, expected);
        assert.equal(on.fake.requests[0]?.version, undefined);
        await engine.client.read({ path: '/images/json' });
        assert.equal(on.fake.requests[1]?.version, expected.apiVersion);
      });
    }

    it('to the first candidate that answers', async () => {
      await on.fake.start();
      const absent = parseEndpoint(join(on.fake.folder, 'absent.sock'), 'default');
      const { connection } = on.begin(quick, () => [absent, on.fake.endpoint]);
      assert.deepEqual((await connected(connection)).endpoint, on.fake.endpoint);
    });

    describe('where the first candidate hangs,', () => {
      let first: FakeEngine;

      beforeEach(async () => {
        first = await new FakeEngine().start();
        first.hang();
        await on.fake.start();
      });
      afterEach(() => first.dispose());

      it('to the next one when patience does not help', async () => {
        const { connection, states } = on.begin(quick, () => [first.endpoint, on.fake.endpoint]);
        assert.deepEqual((await connected(connection)).endpoint, on.fake.endpoint);
        const [said] = states;
        assert.deepEqual([said?.kind, said?.kind === 'unreachable' && said.reason], ['unreachable', 'hung']);
      });

      it('to it when it answers in time, although another would answer sooner', async () => {
        const { connection } = on.begin(quick, () => [first.endpoint, on.fake.endpoint]);
        await unreachable(connection);
        first.resume();
        assert.deepEqual((await connected(connection)).endpoint, first.endpoint);
      });
    });
  });

  describe('tells why there is no engine:', () => {
    it('no socket', async () => {
      const { attempts, reason } = await unreachable(on.begin().connection);
      assert.equal(reason, 'absent');
      assert.match(sentenceOf(attempts[0]?.error), /ENOENT/);
      assert.deepEqual(attempts[0]?.endpoint, on.fake.endpoint);
    });

    it('a socket that nobody listens on', async () => {
      await leaveDeadSocket(on.fake.socketPath);
      const { attempts, reason } = await unreachable(on.begin().connection);
      assert.equal(reason, 'absent');
      assert.match(sentenceOf(attempts[0]?.error), /ECONNREFUSED/);
    });

    it('a file that is no socket', async () => {
      writeFileSync(on.fake.socketPath, '');
      assert.equal((await unreachable(on.begin().connection)).reason, 'absent');
    });

    it('an engine that accepts and never answers', async () => {
      await on.fake.start();
      on.fake.hang();
      const { connection } = on.begin();
      const { attempts, reason } = await unreachable(connection);
      assert.equal(reason, 'hung');
      assert.equal(sentenceOf(attempts[0]?.error), 'no answer within 0.25 s');
    });

    it('an engine that answers with an error', async () => {
      on.fake.answers.set('/_ping', (_, response) => response.writeHead(500).end('{"message":"shutting down"}'));
      await on.fake.start();
      const { attempts } = await unreachable(on.begin().connection);
      assert.equal(sentenceOf(attempts[0]?.error), 'shutting down');
    });

    it('no right to the socket', async () => {
      await on.fake.start();
      chmodSync(on.fake.folder, 0o755);
      assert.equal(await reasonWithoutRight(on.fake.socketPath), 'denied EACCES');
    });

    const unreadable: [name: string, context: { setting: string; env: Record<string, string> }, message: RegExp][] = [
      [
        'a DOCKER_HOST that cannot be read',
        { setting: '', env: { DOCKER_HOST: 'tcp://' } },
        /“tcp:\/\/” is not an engine’s/,
      ],
      ['a setting that is not supported', { setting: 'fd://host', env: {} }, /fd:\/\/ are not supported/],
    ];
    for (const [name, context, message] of unreadable) {
      it(name, async () => {
        const { connection } = on.begin(patient, () =>
          endpointCandidates({ ...context, platform: 'linux', home: '/' }),
        );
        const { attempts, reason } = await unreachable(connection);
        assert.equal(reason, 'misconfigured');
        assert.match(sentenceOf(attempts[0]?.error), /“(tcp|fd):\/\//);
        assert.match(sentenceOf(attempts[0]?.error).replace("'", '’'), message);
      });
    }

    it('since when, across all attempts', async () => {
      const { connection, states } = on.begin();
      const { since } = await unreachable(connection);
      await until('there are more attempts', () => states.length >= 3);
      assert.ok(states.every(state => state.kind === 'unreachable' && state.since === since));
    });
  });

  describe('loses its engine', () => {
    it('when a doubt was right: it is connecting at once, then connected with a new engine object', async () => {
      await on.fake.start();
      const { connection, states } = on.begin();
      const first = await connected(connection);
      await delay(30);
      first.client.close(new EngineError('unreachable', { said: 'gone' }));
      connection.reportDoubt(first, new EngineError('unreachable', { said: 'gone' }));
      await until('it says so', () => states.some(({ kind }) => kind === 'connecting'));
      const second = await connected(connection);
      assert.notEqual(second, first);
      assert.deepEqual(
        states.map(({ kind }) => kind),
        ['connected', 'connecting', 'connected'],
      );
      await assert.rejects(first.client.read({ path: '/images/json' }), { message: 'gone' });
    });

    it('not when an earlier engine is doubted', async () => {
      await on.fake.start();
      const { connection, states } = on.begin();
      const first = await connected(connection);
      connection.reportDoubt(first, new EngineError('unreachable', { said: 'gone' }));
      await until('it is connected anew', () => states.filter(({ kind }) => kind === 'connected').length === 2);
      connection.reportDoubt(first, new EngineError('unreachable', { said: 'gone' }));
      await delay(20);
      assert.equal(connection.state.kind, 'connected');
    });

    it('also when a listener doubts it as soon as it is connected', async () => {
      await on.fake.start();
      const { connection, states } = on.begin();
      let reports = 0;
      connection.onDidChangeState(state => {
        if (state.kind !== 'connected' || reports++ > 0) return;
        connection.reportDoubt(state.engine, new EngineError('unreachable', { said: 'gone' }));
      });
      await until('it is connected anew', () => states.filter(({ kind }) => kind === 'connected').length === 2);
    });

    it('and backs off when connections do not hold', async () => {
      await on.fake.start();
      const times: number[] = [];
      const { connection } = on.begin({ ...forgiving, firstRetry: 20, lastRetry: 500, healthy: 10_000 });
      connection.onDidChangeState(state => {
        if (state.kind !== 'connected') return;
        times.push(performance.now());
        connection.reportDoubt(state.engine, new EngineError('unreachable', { said: 'gone' }));
      });
      await until('it was connected five times', () => times.length >= 5);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      for (const [index, least] of [20, 40, 80, 160].entries()) {
        assert.ok((gaps[index] ?? 0) >= least - 2, `gap ${index}: ${gaps[index]} ms`);
      }
    });

    it('and finds it again after its restart', async () => {
      await on.fake.start();
      const { connection } = on.begin();
      const first = await connected(connection);
      await on.fake.stop();
      connection.reportDoubt(first, new EngineError('unreachable', { said: 'gone' }));
      await unreachable(connection);
      await on.fake.start();
      await connected(connection);
      await assert.rejects(first.client.read({ path: '/images/json' }), { kind: 'unreachable' });
    });
  });
});

/** Connects, takes all rights to the socket away, and returns why the next connection fails. Root is made nobody. */
function reasonWithoutRight(socket: string): Promise<string> {
  return run(
    `const { Connection } = require(${moduleOf('connection/connection')});
     const { errorCode } = require(${moduleOf('errors')});
     const { parseEndpoint } = require(${moduleOf('endpoints/endpoint')});
     const connection = new Connection({ candidates: () => [parseEndpoint(process.argv[1], 'setting')] });
     connection.onDidChangeState(state => {
       if (state.kind === 'connected') {
         require('node:fs').chmodSync(process.argv[1], 0);
         if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
         state.engine.client.close();
         connection.reportDoubt(state.engine, state.engine);
       }
       if (state.kind === 'unreachable') {
         process.stdout.write(state.reason + ' ' + errorCode(state.attempts[0].error));
         connection.dispose();
       }
     });
     connection.start();`,
    socket,
  );
}
