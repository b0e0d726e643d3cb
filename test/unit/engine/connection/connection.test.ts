import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { delay } from '../../../../src/base/abort';
import {
  Connection,
  type ConnectionOptions,
  type ConnectionState,
  type ConnectionTimes,
} from '../../../../src/engine/connection/connection';
import type { Engine } from '../../../../src/engine/connection/engine';
import { endpointCandidates, parseEndpoint } from '../../../../src/engine/endpoints/endpoint';
import { EngineError } from '../../../../src/engine/errors';
import { compiled } from '../../../support/compiled';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

/** Retries so rare that only a socket that appears explains a quick connection. */
const patient: Partial<ConnectionTimes> = { firstRetry: 60_000, lastRetry: 60_000 };
const quick: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 100,
  pingDeadline: 250,
  pingEvery: 30,
  patience: 1_000,
  healthy: 20,
};

describe('Connection', () => {
  let fake: FakeEngine;
  let connections: Connection[];

  beforeEach(() => {
    fake = new FakeEngine();
    connections = [];
  });

  afterEach(async () => {
    for (const connection of connections) connection.dispose();
    await fake.dispose();
  });

  const begin = (
    times: Partial<ConnectionTimes> = quick,
    candidates: ConnectionOptions['candidates'] = () => [fake.endpoint],
  ): { connection: Connection; states: ConnectionState[] } => {
    const connection = new Connection({ candidates, times, random: () => 0.5 });
    const states: ConnectionState[] = [];
    connection.onDidChangeState(state => states.push(state));
    connection.start();
    connections.push(connection);
    return { connection, states };
  };

  const connected = (connection: Connection): Promise<Engine> =>
    until('it is connected', () => (connection.state.kind === 'connected' ? connection.state.engine : undefined));
  const unreachable = (connection: Connection): Promise<ConnectionState & { kind: 'unreachable' }> =>
    until('it is unreachable', () => (connection.state.kind === 'unreachable' ? connection.state : undefined));

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
        fake.pingHeaders = { ...(told && { 'Api-Version': told }), Server: 'Docker/99.0 (linux)' };
        fake.answers.set('/version', (_, response) => response.end(JSON.stringify(range)));
        await fake.start();
        const { connection } = begin();
        if (typeof expected === 'string') {
          assert.equal((await connected(connection)).identity.apiVersion, expected);
        } else {
          const { attempts, reason } = await unreachable(connection);
          assert.match(attempts[0]?.error.message ?? '', expected);
          assert.deepEqual([attempts[0]?.error.kind, reason], ['unsupported', 'refused']);
        }
      });
    }

    for (const [name, headers, expected] of identities) {
      it(`to ${name}, by an unversioned ping`, async () => {
        fake.pingHeaders = headers;
        await fake.start();
        const engine = await connected(begin().connection);
        assert.deepEqual(engine.identity, expected);
        assert.equal(fake.requests[0]?.version, undefined);
        await engine.client.read({ path: '/images/json' });
        assert.equal(fake.requests[1]?.version, expected.apiVersion);
      });
    }

    it('to the first candidate that answers', async () => {
      await fake.start();
      const absent = parseEndpoint(join(fake.folder, 'absent.sock'), 'default');
      const { connection } = begin(quick, () => [absent, fake.endpoint]);
      assert.deepEqual((await connected(connection)).endpoint, fake.endpoint);
    });

    describe('where the first candidate hangs,', () => {
      let first: FakeEngine;

      beforeEach(async () => {
        first = await new FakeEngine().start();
        first.hang();
        await fake.start();
      });
      afterEach(() => first.dispose());

      it('past it when patience does not help', async () => {
        const { connection, states } = begin(quick, () => [first.endpoint, fake.endpoint]);
        assert.deepEqual((await connected(connection)).endpoint, fake.endpoint);
        const [said] = states;
        assert.deepEqual([said?.kind, said?.kind === 'unreachable' && said.reason], ['unreachable', 'hung']);
      });

      it('to it when it answers while there is patience, though another would answer sooner', async () => {
        const { connection } = begin(quick, () => [first.endpoint, fake.endpoint]);
        await unreachable(connection);
        first.resume();
        assert.deepEqual((await connected(connection)).endpoint, first.endpoint);
      });
    });
  });

  describe('tells why there is no engine:', () => {
    it('no socket', async () => {
      const { attempts, reason } = await unreachable(begin().connection);
      assert.equal(reason, 'absent');
      assert.match(attempts[0]?.error.message ?? '', /ENOENT/);
      assert.deepEqual(attempts[0]?.endpoint, fake.endpoint);
    });

    it('a socket that nobody listens on', async () => {
      await leaveDeadSocket(fake.socketPath);
      const { attempts, reason } = await unreachable(begin().connection);
      assert.equal(reason, 'absent');
      assert.match(attempts[0]?.error.message ?? '', /ECONNREFUSED/);
    });

    it('a file that is no socket', async () => {
      writeFileSync(fake.socketPath, '');
      assert.equal((await unreachable(begin().connection)).reason, 'absent');
    });

    it('an engine that accepts and never answers', async () => {
      await fake.start();
      fake.hang();
      const { connection } = begin();
      const { attempts, reason } = await unreachable(connection);
      assert.equal(reason, 'hung');
      assert.equal(attempts[0]?.error.message, 'no answer within 0.25 s');
    });

    it('an engine that answers with an error', async () => {
      fake.answers.set('/_ping', (_, response) => response.writeHead(500).end('{"message":"shutting down"}'));
      await fake.start();
      const { attempts } = await unreachable(begin().connection);
      assert.equal(attempts[0]?.error.message, 'shutting down');
    });

    it('no right to the socket', async () => {
      await fake.start();
      chmodSync(fake.folder, 0o755);
      assert.equal(await reasonWithoutRight(fake.socketPath), 'denied EACCES');
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
        const { connection } = begin(patient, () => endpointCandidates({ ...context, platform: 'linux', home: '/' }));
        const { attempts, reason } = await unreachable(connection);
        assert.equal(reason, 'misconfigured');
        assert.match(attempts[0]?.error.message ?? '', /“(tcp|fd):\/\//);
        assert.match(attempts[0]?.error.message.replace("'", '’') ?? '', message);
      });
    }

    it('since when, across all attempts', async () => {
      const { connection, states } = begin();
      const { since } = await unreachable(connection);
      await until('there are more attempts', () => states.length >= 3);
      assert.ok(states.every(state => state.kind === 'unreachable' && state.since === since));
    });
  });

  describe('tries again', () => {
    it('after pauses that grow to a limit', async () => {
      const times: number[] = [];
      const candidates = (): never[] => {
        times.push(performance.now());
        return [];
      };
      begin({ ...quick, firstRetry: 20, lastRetry: 80 }, candidates);
      await until('there are attempts', () => times.length >= 6);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      for (const [index, least] of [20, 40, 80, 80, 80].entries()) {
        assert.ok((gaps[index] ?? 0) >= least - 2, `gap ${index}: ${gaps[index]} ms`);
      }
    });

    it('at once when it is told to', async () => {
      const { connection } = begin(patient);
      await unreachable(connection);
      fake.answers.clear();
      const other = join(fake.folder, 'moved.sock');
      await fake.start();
      renameSync(fake.socketPath, other);
      renameSync(other, fake.socketPath);
      connection.retry();
      await connected(connection);
    });

    it('when a configuration that could not be read is told to have changed', async () => {
      await fake.start();
      let text = 'tcp://';
      const { connection } = begin(patient, () => [parseEndpoint(text, 'setting')]);
      await unreachable(connection);
      text = fake.endpoint.url;
      connection.retry();
      await connected(connection);
    });

    it('at once when the socket appears', async () => {
      const { connection } = begin(patient);
      await unreachable(connection);
      await fake.start();
      await connected(connection);
    });

    it('at once when the socket of another candidate appears', async () => {
      const absent = parseEndpoint(join(fake.folder, 'absent.sock'), 'default');
      const { connection } = begin(patient, () => [absent, fake.endpoint]);
      await unreachable(connection);
      await fake.start();
      await connected(connection);
    });

    it('at once when a socket that nobody listened on is made anew', async () => {
      await leaveDeadSocket(fake.socketPath);
      const { connection } = begin({ ...patient, firstRetry: 60_000 });
      await unreachable(connection);
      renameSync(fake.socketPath, `${fake.socketPath}.old`);
      await fake.start();
      await connected(connection);
    });

    for (const pause of [0, 20]) {
      it(`at once when the folders of the socket appear, ${pause} ms apart, and then the socket`, async () => {
        const path = join(fake.folder, 'run', 'user', 'engine.sock');
        const { connection } = begin(patient, () => [parseEndpoint(path, 'default')]);
        await unreachable(connection);
        mkdirSync(join(fake.folder, 'run'));
        await delay(pause);
        mkdirSync(dirname(path));
        await delay(pause);
        await fake.start();
        renameSync(fake.socketPath, path);
        await connected(connection);
      });
    }

    it('without end, and without holding on to anything of the attempts before', async () => {
      const { states } = begin({ ...quick, firstRetry: 1, lastRetry: 2 });
      await until('there are attempts', () => states.length > 10);
      const early = openThings();
      await until('there are attempts', () => states.length > 60);
      assert.ok(openThings().length <= early.length + 2, openThings().join());
    });
  });

  describe('loses its engine', () => {
    it('when a doubt was right: connecting at once, then connected to a new engine object', async () => {
      await fake.start();
      const { connection, states } = begin();
      const first = await connected(connection);
      await delay(30);
      first.client.close(new EngineError('unreachable', 'gone'));
      connection.reportDoubt(first, new EngineError('unreachable', 'gone'));
      await until('it says so', () => states.some(({ kind }) => kind === 'connecting'));
      const second = await connected(connection);
      assert.notEqual(second, first);
      assert.deepEqual(
        states.map(({ kind }) => kind),
        ['connected', 'connecting', 'connected'],
      );
      await assert.rejects(first.client.read({ path: '/images/json' }), { message: 'gone' });
    });

    it('not when an engine of before is doubted', async () => {
      await fake.start();
      const { connection, states } = begin();
      const first = await connected(connection);
      connection.reportDoubt(first, new EngineError('unreachable', 'gone'));
      await until('it is connected anew', () => states.filter(({ kind }) => kind === 'connected').length === 2);
      connection.reportDoubt(first, new EngineError('unreachable', 'gone'));
      await delay(20);
      assert.equal(connection.state.kind, 'connected');
    });

    it('also when a listener doubts it while it hears of it', async () => {
      await fake.start();
      const { connection, states } = begin();
      let reports = 0;
      connection.onDidChangeState(state => {
        if (state.kind !== 'connected' || reports++ > 0) return;
        connection.reportDoubt(state.engine, new EngineError('unreachable', 'gone'));
      });
      await until('it is connected anew', () => states.filter(({ kind }) => kind === 'connected').length === 2);
    });

    it('and backs off when connections do not hold', async () => {
      await fake.start();
      let count = 0;
      const { connection } = begin({ ...quick, firstRetry: 20, lastRetry: 500, healthy: 10_000 });
      connection.onDidChangeState(state => {
        if (state.kind !== 'connected') return;
        count++;
        connection.reportDoubt(state.engine, new EngineError('unreachable', 'gone'));
      });
      await delay(400);
      assert.ok(count >= 3 && count <= 5, `${count} connections`);
    });

    it('and finds it again after its restart', async () => {
      await fake.start();
      const { connection } = begin();
      const first = await connected(connection);
      await fake.stop();
      connection.reportDoubt(first, new EngineError('unreachable', 'gone'));
      await unreachable(connection);
      await fake.start();
      await connected(connection);
      await assert.rejects(first.client.read({ path: '/images/json' }), { kind: 'unreachable' });
    });
  });

  describe('is hurried', () => {
    it('to make the next attempt at once', async () => {
      await fake.start();
      const { connection } = begin({ ...patient, healthy: 60_000 });
      connection.reportDoubt(await connected(connection), new EngineError('unreachable', 'gone'));
      await until('it has answered', () => fake.to('/_ping').length > 1);
      await delay(50);
      assert.equal(connection.state.kind, 'connecting');
      connection.hurry();
      await connected(connection);
    });

    it('without giving up an attempt that is under way', async () => {
      await fake.start();
      fake.hang();
      const { connection } = begin({ ...patient, pingDeadline: 2_000 });
      await until('it is dialled', () => fake.to('/_ping').length > 0);
      connection.hurry();
      fake.resume();
      await connected(connection);
      assert.equal(fake.to('/_ping').length, 1);
    });
  });

  describe('pings', () => {
    const pings = (): number => fake.to('/_ping').length;

    it('never while nobody watches', async () => {
      await fake.start();
      await connected(begin().connection);
      await delay(150);
      assert.equal(pings(), 1);
    });

    it('while somebody watches, and as often for one as for three', async () => {
      await fake.start();
      const { connection } = begin();
      await connected(connection);
      const watchers = [connection.watch(), connection.watch(), connection.watch()];
      await delay(200);
      const counted = pings();
      assert.ok(counted >= 4 && counted <= 8, `${counted} pings`);
      watchers[0]?.dispose();
      watchers[0]?.dispose();
      watchers[1]?.dispose();
      await until('it still pings', () => pings() > counted + 1);
      watchers[2]?.dispose();
      await delay(60);
      const last = pings();
      await delay(120);
      assert.equal(pings(), last);
      connection.watch();
      await until('it pings again', () => pings() > last);
    });

    it('over the connection by which it found the engine', async () => {
      await fake.start();
      const { connection } = begin();
      connection.watch();
      await until('it has pinged some times', () => pings() > 4);
      assert.equal(fake.connections, 1);
    });

    it('and tells a hung engine within the deadline, the same engine as connected when it answers', async () => {
      await fake.start();
      const { connection, states } = begin();
      const engine = await connected(connection);
      connection.watch();
      fake.hang();
      const hung = performance.now();
      const state = await unreachable(connection);
      assert.equal(state.reason, 'hung');
      assert.equal(state.attempts[0]?.error.message, 'no answer within 0.25 s');
      assert.ok(performance.now() - hung < 30 + 250 + 300);
      assert.equal(connection.engine, engine);
      fake.resume();
      assert.equal(await connected(connection), engine);
      assert.deepEqual(
        states.map(({ kind }) => kind),
        ['connected', 'unreachable', 'connected'],
      );
    });

    it('and dials anew when its patience with a hung engine ends', async () => {
      await fake.start();
      const { connection } = begin({ ...quick, patience: 500 });
      const engine = await connected(connection);
      connection.watch();
      fake.hang();
      await unreachable(connection);
      await until('it gives the engine up', () => connection.engine === undefined);
      assert.equal(connection.state.kind, 'unreachable');
      fake.resume();
      assert.notEqual(await connected(connection), engine);
    });

    it('and loses an engine that is gone', async () => {
      await fake.start();
      const { connection } = begin();
      await connected(connection);
      connection.watch();
      await fake.stop();
      assert.equal((await unreachable(connection)).reason, 'absent');
    });
  });

  it('waits patiently for an engine that hangs from the start, and connects as soon as it answers', async () => {
    await fake.start();
    fake.hang();
    const { connection } = begin();
    await unreachable(connection);
    await until('it asks again', () => fake.to('/_ping').length === 2);
    await delay(150);
    assert.equal(fake.to('/_ping').length, 2);
    fake.resume();
    const resumed = performance.now();
    await connected(connection);
    assert.ok(performance.now() - resumed < 300);
  });

  describe('leaves nothing open once disposed', () => {
    const moments: [name: string, prepare: (connection: Connection) => Promise<unknown>][] = [
      ['while it is connected and watched', async connection => void (await connected(connection), connection.watch())],
      [
        'while a stream is open',
        async connection => (await connected(connection)).client.stream({ method: 'GET', path: '/events' }),
      ],
      [
        'while a read waits',
        async connection => {
          const { client } = await connected(connection);
          fake.hang();
          void client.read({ path: '/images/json' }).catch(() => undefined);
          await until('the engine has it', () => fake.to('/images/json').length);
        },
      ],
      [
        'while the engine hangs',
        async connection => {
          await connected(connection);
          connection.watch();
          fake.hang();
          await unreachable(connection);
        },
      ],
      [
        'while the engine is away',
        async connection => {
          const engine = await connected(connection);
          await fake.stop();
          connection.reportDoubt(engine, new EngineError('unreachable', 'gone'));
          await unreachable(connection);
        },
      ],
      ['before it is connected', () => Promise.resolve()],
    ];
    for (const [name, prepare] of moments) {
      it(name, async () => {
        await fake.start();
        const before = openThings();
        const { connection } = begin();
        await prepare(connection);
        connection.dispose();
        await until(`nothing is left open (${name})`, () => openThings().length <= before.length).catch(() =>
          assert.deepEqual(openThings(), before),
        );
        assert.equal(fake.sockets.size, 0);
      });
    }

    it('so that a process with nothing else to do ends', async () => {
      await fake.start();
      await run(
        `const { Connection } = require(${moduleOf('connection/connection')});
         const { Mirror } = require(${moduleOf('mirror/mirror')});
         const { parseEndpoint } = require(${moduleOf('endpoints/endpoint')});
         const connection = new Connection({ candidates: () => [parseEndpoint(process.argv[1], 'setting')] });
         const mirror = new Mirror(connection);
         connection.start();
         connection.watch();
         mirror.whenReady().then(() => { mirror.dispose(); connection.dispose(); });`,
        fake.socketPath,
      );
    });
  });

  it('fires no state after its end', async () => {
    await fake.start();
    const { connection, states } = begin();
    await connected(connection);
    const before = states.length;
    connection.dispose();
    await delay(60);
    assert.equal(states.length, before);
  });
});

function moduleOf(name: string): string {
  return JSON.stringify(compiled(`engine/${name}`));
}

/** What keeps this process alive: sockets, pipes, timers. The test runner's own timer is among them. */
function openThings(): string[] {
  return process.getActiveResourcesInfo().filter(name => /Pipe|TCP|Timeout|FSEvent|Immediate/.test(name));
}

async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, ...args], { timeout: 8_000 });
  return stdout;
}

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

/** A socket file as a crashed engine leaves it. */
async function leaveDeadSocket(path: string): Promise<void> {
  const server: Server = createServer();
  await new Promise<void>(resolve => server.listen(`${path}.live`, resolve));
  renameSync(`${path}.live`, path);
  await new Promise(resolve => server.close(resolve));
  assert.ok(existsSync(path));
}
