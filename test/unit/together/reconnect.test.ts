import assert from 'node:assert/strict';
import { Connection, type ConnectionTimes } from '../../../src/engine/connection/connection';
import { Mirror } from '../../../src/engine/mirror/mirror';
import { containerEntry, event, FakeEngine } from '../../support/engines/fakeEngine';
import { sentenceOf } from '../../support/sentence';
import { until } from '../../support/until';

const times: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 50,
  pingDeadline: 5_000,
  patience: 60_000,
  healthy: 0,
};

describe('Which engine is followed', () => {
  let first: FakeEngine;
  let second: FakeEngine;
  let connection: Connection | undefined;
  let mirror: Mirror | undefined;

  beforeEach(async () => {
    first = await new FakeEngine().start();
    second = await new FakeEngine().start();
    first.containers = [containerEntry('a')];
    second.containers = [containerEntry('b')];
  });

  afterEach(async () => {
    mirror?.dispose();
    connection?.dispose();
    await Promise.all([first.dispose(), second.dispose()]);
  });

  const begin = (some: Partial<ConnectionTimes> = {}): Mirror => {
    const candidates = (): (typeof first.endpoint)[] => [first.endpoint, second.endpoint];
    connection = new Connection({ candidates, times: { ...times, ...some } });
    mirror = new Mirror(connection);
    connection.start();
    return mirror;
  };
  const url = (): string | undefined => connection?.engine?.endpoint.url;
  const names = (): string[] => mirror?.list('container').map(({ name }) => name) ?? [];

  it('stays the one that restarts, although another answers meanwhile', async () => {
    await begin().whenReady();
    await first.stop();
    await until('the loss is noticed', () => connection?.state.kind !== 'connected');
    await until('it was tried', () => connection?.state.kind === 'unreachable');
    assert.equal(second.requests.length, 0);
    await first.start();
    await until('it is back', () => url() === first.endpoint.url && mirror?.state === 'ready');
    assert.deepEqual(names(), ['a']);
  });

  it('becomes the next one when the first stays away', async () => {
    await begin({ keepEndpointFor: 100 }).whenReady();
    await first.stop();
    await until('the second serves', () => url() === second.endpoint.url && mirror?.state === 'ready');
    assert.deepEqual(names(), ['b']);
  });

  const forbid = (path: string): void =>
    void first.answers.set(path, (_, response) => response.writeHead(403).end('{"message":"not allowed here"}'));

  it('has no rows of a kind that may not be listed, says so, and is followed in all others', async () => {
    forbid('/volumes');
    const mirror = begin();
    await mirror.whenReady();
    assert.deepEqual([names(), mirror.list('volume')], [['a'], []]);
    assert.deepEqual([mirror.isForbidden('volume'), mirror.isForbidden('container')], [true, false]);
    const asked = first.to('/volumes').length;
    first.containers.push(containerEntry('c'));
    first.emit(event('volume', 'create', 'v'));
    first.emit(event('container', 'create', 'c'));
    await until('what comes shows', () => names().join() === 'a,c');
    assert.equal(first.to('/volumes').length, asked);
    first.answers.delete('/volumes');
    first.volumes = [{ Name: 'v' }];
    first.breakSockets();
    await until('it is asked again after a loss', () => mirror.list('volume').length === 1);
    assert.equal(mirror.isForbidden('volume'), false);
  });

  it('loses the rows of a kind that the engine forbids to list, and says so', async () => {
    first.volumes = [{ Name: 'v' }];
    const mirror = begin();
    await mirror.whenReady();
    assert.equal(mirror.list('volume').length, 1);
    forbid('/volumes');
    first.emit(event('volume', 'create', 'w'));
    await new Promise<void>(resolve => mirror.onDidChangeState(() => resolve()));
    assert.equal(mirror.isForbidden('volume'), true);
    await until('its rows are gone', () => mirror.list('volume').length === 0);
    assert.deepEqual([mirror.state, names()], ['ready', ['a']]);
  });

  it('is asked for a forbidden kind again when somebody wants it, and for nothing when all kinds may be listed', async () => {
    forbid('/volumes');
    const mirror = begin();
    await mirror.whenReady();
    await mirror.retryForbidden();
    assert.equal(mirror.isForbidden('volume'), true);
    first.answers.delete('/volumes');
    await mirror.retryForbidden();
    assert.equal(mirror.isForbidden('volume'), false);
    assert.equal(mirror.state, 'ready');
    const asked = first.requests.length;
    await mirror.retryForbidden();
    assert.equal(first.requests.length, asked);
  });

  it('is said to refuse when its containers may not be listed, with its sentence', async () => {
    forbid('/containers/json');
    begin();
    const state = await until('it refuses', () =>
      connection?.state.kind === 'unreachable' ? connection.state : undefined,
    );
    assert.equal(state.reason, 'refused');
    assert.deepEqual(
      state.attempts.map(({ error }) => sentenceOf(error)),
      ['not allowed here'],
    );
  });

  it('is connected anew at once when somebody asks for it while it hangs', async () => {
    first.hang();
    await second.stop();
    begin({ pingDeadline: 300 });
    await until('it hangs', () => connection?.state.kind === 'unreachable' && connection.state.reason === 'hung');
    const pings = (): number => first.to('/_ping').length;
    await until('it is waited for patiently', () => pings() === 2);
    connection?.retry();
    await until('it is pinged anew', () => pings() === 3);
  });

  it('is listed though the head of its event stream comes only with the first event', async () => {
    first.answers.set('/events', (_, response) => {
      void until('the lists were read', () => first.to('/volumes').length > 0).then(() => {
        first.containers.push(containerEntry('c'));
        response.writeHead(200);
        response.write(`${JSON.stringify(event('container', 'create', 'c'))}\n`);
      });
    });
    await begin().whenReady();
    await until('what came before the head shows', () => names().join() === 'a,c');
  });
});
