import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Connection, type ConnectionTimes } from '../../../src/engine/connection/connection';
import type { Engine } from '../../../src/engine/connection/engine';
import type { Endpoint } from '../../../src/engine/endpoints/endpoint';
import { Mirror } from '../../../src/engine/mirror/mirror';
import { containerEntry, event, FakeEngine, sendJson } from '../../support/engines/fakeEngine';
import { until } from '../../support/until';

const times: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 100,
  pingDeadline: 250,
  pingEvery: 30,
  patience: 2_000,
  healthy: 20,
};

describe('An engine that is doubted', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;
  let engine: Engine;
  /** What a shell or a pull is to its engine: an answer that has begun and waits. */
  let waiting: IncomingMessage;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a')];
    fake.answers.set('/waits', (_, response) => response.writeHead(200).flushHeaders());
  });
  afterEach(() => {
    mirror.dispose();
    connection.dispose();
    return fake.dispose();
  });

  const begin = async (some: Partial<ConnectionTimes> = {}): Promise<void> => {
    const candidates = (): Endpoint[] => [fake.endpoint];
    connection = new Connection({ candidates, times: { ...times, ...some }, random: () => 0.5 });
    mirror = new Mirror(connection);
    connection.start();
    await mirror.whenReady();
    engine = connection.engine ?? assert.fail();
    waiting = await engine.client.stream({ method: 'GET', path: '/waits' });
    waiting.on('error', () => undefined);
    fake.containers = [containerEntry('b')];
  };
  const isFollowedAgain = (): Promise<unknown> =>
    until('the rows are the engine’s', () => mirror.state === 'ready' && mirror.get('container', 'b'));

  /** Answers so often with an error, then as usual. */
  const fail = (path: string, status: number, failures: number): void => {
    fake.answers.set(path, (_, response) => {
      if (--failures === 0) fake.answers.delete(path);
      sendJson(response, status, { message: 'not now' });
    });
  };

  const doubts: [what: string, happens: () => void][] = [
    ['its event stream ended', () => fake.endStreams()],
    ['its event stream broke', () => fake.streams.forEach(stream => stream.socket?.destroy())],
    [
      'it failed to list',
      () => {
        fail('/containers/json', 500, 3);
        fake.emit(event('container', 'create', 'b'));
      },
    ],
    [
      'its event stream ended while what is in between failed',
      () => {
        fail('/_ping', 503, 2);
        fake.endStreams();
      },
    ],
  ];
  for (const [what, happens] of doubts) {
    it(`because ${what} is listed again, and everything else on it goes on`, async () => {
      await begin({ pingDeadline: 4_500 });
      happens();
      await isFollowedAgain();
      assert.notEqual(connection.engine, engine);
      assert.equal(connection.engine?.client, engine.client);
      assert.ok(!waiting.destroyed);
    });
  }

  it('is not even listed again when one ping fails', async () => {
    await begin();
    const pings = (): number => fake.to('/_ping').length;
    const before = pings();
    fail('/_ping', 502, 1);
    connection.watch();
    await until('it has pinged again', () => pings() > before + 2);
    assert.equal(connection.engine, engine);
    assert.equal(fake.to('/events').length, 1);
  });

  it('is lost when it answers as another version', async () => {
    await begin();
    fake.pingHeaders = { ...fake.pingHeaders, Server: 'Docker/28.5.2 (linux)' };
    fake.endStreams();
    await until('what it was asked is over', () => waiting.destroyed);
    await isFollowedAgain();
    assert.equal(connection.engine?.identity.version, '28.5.2');
  });

  it('is lost when it is silent, and shown as hung until it answers', async () => {
    await begin();
    fake.hang();
    fake.endStreams();
    await until('what it was asked is over', () => waiting.destroyed);
    await until('it hangs', () => connection.state.kind === 'unreachable' && connection.state.reason === 'hung');
    fake.resume();
    await isFollowedAgain();
  });

  it('is asked less and less often while its event stream breaks, and at once when somebody asks for it', async () => {
    await begin({ firstRetry: 40, lastRetry: 60_000, healthy: 60_000 });
    const opened: number[] = [];
    fake.answers.set('/events', (_, response) => {
      opened.push(performance.now());
      response.writeHead(200).end();
    });
    fake.endStreams();
    await until('it was followed again some times', () => opened.length === 3);
    const gaps = opened.slice(1).map((time, index) => time - (opened[index] ?? 0));
    for (const [index, least] of [80, 160].entries()) {
      assert.ok((gaps[index] ?? 0) >= least - 2, `gap ${index}: ${gaps[index]} ms`);
    }
    fake.answers.delete('/events');
    connection.retry();
    await isFollowedAgain();
    assert.ok(!waiting.destroyed);
  });
});
