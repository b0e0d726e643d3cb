import assert from 'node:assert/strict';
import { delay } from '../../../src/base/abort';
import { Connection, type ConnectionOptions, type ConnectionTimes } from '../../../src/engine/connection/connection';
import { parseEndpoint } from '../../../src/engine/endpoints/endpoint';
import { Mirror } from '../../../src/engine/mirror/mirror';
import { containerEntry, FakeEngine } from '../../support/engines/fakeEngine';
import { startFaultProxy } from '../../support/engines/faultProxy';
import { until } from '../../support/until';

const times: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 60_000,
  watchedRetry: 20,
  pingDeadline: 200,
  pingEvery: 300,
  patience: 5_000,
  healthy: 60_000,
  sleep: 2_000,
};

describe('A connection that somebody watches', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;

  const begin = async (options: Partial<ConnectionOptions> = {}): Promise<void> => {
    connection = new Connection({ candidates: () => [fake.endpoint], times, ...options });
    mirror = new Mirror(connection);
    connection.start();
    await mirror.whenReady();
  };
  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a')];
  });
  afterEach(async () => {
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  describe('when the machine slept', () => {
    let asleep: number;
    beforeEach(() => (asleep = 0));
    const sleep = (): void => void (asleep += 8 * 3_600_000);
    const now = (): number => Date.now() + asleep;

    it('is asked once, everything is listed again, and requests under way go on', async () => {
      fake.answers.set('/waits', (_, response) => response.writeHead(200).flushHeaders());
      await begin({ now });
      connection.watch();
      const { client } = connection.engine ?? assert.fail();
      const waiting = await client.stream({ method: 'GET', path: '/waits' });
      fake.containers = [containerEntry('b')];
      sleep();
      await until('the rows are the engine’s', () => mirror.state === 'ready' && mirror.get('container', 'b'));
      assert.equal(fake.to('/events').length, 2);
      await delay(700);
      assert.equal(fake.to('/events').length, 2);
      assert.equal(connection.engine?.client, client);
      assert.ok(!waiting.destroyed);
    });

    it('is soon made anew if only new connections are answered', async () => {
      const proxy = await startFaultProxy(fake.socketPath);
      try {
        const endpoint = parseEndpoint(proxy.host, 'setting');
        await begin({ now, candidates: () => [endpoint], times: { ...times, pingDeadline: 60_000, patience: 60_000 } });
        const { client } = connection.engine ?? assert.fail();
        for (const link of proxy.links) link.afflict({ kind: 'stall' });
        fake.containers = [containerEntry('b')];
        sleep();
        await until('the rows are the engine’s', () => mirror.state === 'ready' && mirror.get('container', 'b'));
        assert.notEqual(connection.engine?.client, client);
      } finally {
        proxy.dispose();
      }
    });
  });

  it('is made anew when its connections are silent and new ones are answered', async () => {
    const proxy = await startFaultProxy(fake.socketPath);
    try {
      const endpoint = parseEndpoint(proxy.host, 'setting');
      await begin({ candidates: () => [endpoint] });
      for (const link of proxy.links) link.afflict({ kind: 'stall' });
      fake.containers = [containerEntry('b')];
      connection.watch();
      await until('the rows are the engine’s', () => mirror.state === 'ready' && mirror.get('container', 'b'));
    } finally {
      proxy.dispose();
    }
  });

  describe('because a change or a pull is under way, while nobody looks,', () => {
    const pull = { method: 'POST', path: '/images/create' } as const;
    beforeEach(async () => {
      fake.answers.set(pull.path, (_, response) => response.writeHead(200).flushHeaders());
      await begin({ times: { ...times, patience: 500 } });
    });

    it('ends it when the engine goes silent', async () => {
      const { client } = connection.engine ?? assert.fail();
      const pulling = await client.stream(pull);
      fake.hang();
      const stopping = client.call({ method: 'POST', path: '/containers/a/stop' });
      await Promise.all([
        assert.rejects(stopping, { kind: 'unreachable', answerLost: true }),
        assert.rejects(pulling.toArray()),
      ]);
    });

    it('does not ping after it is over', async () => {
      const { client } = connection.engine ?? assert.fail();
      const pings = (): number => fake.to('/_ping').length;
      const pulling = await client.stream(pull);
      await until('it was pinged some times', () => pings() >= 3);
      pulling.destroy();
      await assert.rejects(client.call({ method: 'POST', path: '/containers/a/stop' }), { kind: 'unsupported' });
      await delay(700);
      const last = pings();
      await delay(700);
      assert.equal(pings(), last);
    });
  });

  it('is not shown as hung when it is known to be slow', async () => {
    fake.answers.set('/_ping', (_, response) => {
      setTimeout(() => response.writeHead(200, fake.pingHeaders).end('OK'), 240);
    });
    await begin();
    const states: string[] = [];
    connection.onDidChangeState(({ kind }) => states.push(kind));
    connection.watch();
    const before = fake.to('/_ping').length;
    await until('it was pinged some times', () => fake.to('/_ping').length >= before + 3);
    assert.deepEqual(states, []);
  });

  it('finds an engine soon whose connections break, and tries it rarely when nobody watches', async () => {
    await begin();
    let answering = false;
    fake.answers.set('/_ping', (_, response) => {
      if (answering) response.writeHead(200, fake.pingHeaders).end('OK');
      else response.socket?.destroy();
    });
    const pings = (): number => fake.to('/_ping').length;
    fake.breakSockets();
    await delay(1_000);
    const unwatched = pings();
    assert.ok(unwatched < 13, `${unwatched} pings`);
    const watching = connection.watch();
    await delay(500);
    const watched = pings() - unwatched;
    assert.ok(watched >= 8 && watched <= 40, `${watched} pings`);
    answering = true;
    const answered = performance.now();
    await until('it is back', () => mirror.state === 'ready');
    assert.ok(performance.now() - answered < 250);
    watching.dispose();
  });

  it('is tried less and less often while it breaks before everything is read', async () => {
    await begin({ times: { ...times, watchedRetry: 1, lastRetry: 60_000, lastWatchedRetry: 40, healthy: 60_000 } });
    const opened: number[] = [];
    fake.answers.set('/events', (_, response) => {
      opened.push(performance.now());
      response.socket?.destroy();
    });
    connection.watch();
    fake.endStreams();
    await until('it is tried rarely', () => {
      const gaps = opened.slice(1).map((time, index) => time - (opened[index] ?? 0));
      return gaps.length > 5 && gaps.slice(-5).every(gap => gap >= 40);
    });
    fake.answers.delete('/events');
    await until('it is back', () => mirror.state === 'ready', { timeout: 1_000 });
  });

  it('is tried less and less often, down to a limit, while the engine stays away, and soon after it was reached', async () => {
    const lastWatchedRetry = 40;
    await begin({ times: { ...times, watchedRetry: 1, lastWatchedRetry, healthy: 60_000 } });
    let tried: number[] = [];
    const goAway = (): void => {
      tried = [];
      fake.answers.set('/_ping', (_, response) => {
        tried.push(performance.now());
        response.socket?.destroy();
      });
      fake.breakSockets();
    };
    const gaps = (): number[] => tried.slice(1).map((time, index) => time - (tried[index] ?? 0));
    const isRare = (): boolean =>
      tried.length > 20 &&
      gaps()
        .slice(-5)
        .every(gap => gap >= lastWatchedRetry);
    connection.watch();
    for (const time of ['once', 'though it was away before']) {
      goAway();
      await until(`it is tried rarely ${time}`, isRare);
      assert.ok(gaps().filter(gap => gap < lastWatchedRetry).length >= 10, gaps().map(Math.round).join());
      fake.answers.delete('/_ping');
      await until(`it is back ${time}`, () => mirror.state === 'ready', { timeout: 1_000 });
    }
  });
});
