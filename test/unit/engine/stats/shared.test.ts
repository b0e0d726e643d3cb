import assert from 'node:assert/strict';
import type http from 'node:http';
import type { Disposable } from '../../../../src/base/disposable';
import { Connection } from '../../../../src/engine/connection/connection';
import { Mirror } from '../../../../src/engine/mirror/mirror';
import { SharedStats, type StatsUpdate } from '../../../../src/engine/stats/shared';
import { containerEntry, event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';
import { cgroup1 } from './messages';

const linger = 40;

describe('Shared figures', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;
  let shared: SharedStats;
  /** The open streams of each container. */
  let streams: Map<string, Set<http.ServerResponse>>;
  let clock: number;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    streams = new Map();
    clock = Date.parse('2026-01-01T00:00:00Z');
    fake.containers = ['a', 'b'].map(id => containerEntry(id));
    for (const id of ['a', 'b']) {
      fake.answers.set(`/containers/${id}/stats`, (_, response) => {
        response.writeHead(200).flushHeaders();
        streams.set(id, (streams.get(id) ?? new Set()).add(response));
        response.on('close', () => streams.get(id)?.delete(response));
      });
    }
    connection = new Connection({ candidates: () => [fake.endpoint], times: { firstRetry: 5, lastRetry: 20 } });
    mirror = new Mirror(connection);
    shared = new SharedStats({ connection, mirror }, { linger, history: 600_000, firstRetry: 5, lastRetry: 20 });
    connection.start();
    await mirror.whenReady();
  });
  afterEach(async () => {
    shared.dispose();
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  const open = (id: string): number => streams.get(id)?.size ?? 0;
  const asked = (id: string): number => fake.to(`/containers/${id}/stats`).length;
  const isOpen = (id: string, count = 1): Promise<unknown> => until(`${count} streams`, () => open(id) === count);
  const isClosed = (id: string): Promise<unknown> => until('no stream is open', () => open(id) === 0);
  const send = (id: string, ms = 1_000): void => {
    clock += ms;
    const line = `${JSON.stringify({ ...cgroup1[0], read: new Date(clock).toISOString() })}\n`;
    for (const stream of streams.get(id) ?? []) stream.write(line);
  };
  /** A listener that keeps what it would show: a reset empties it. */
  const look = (id: string): Disposable & { shown: number[]; updates: StatsUpdate[] } => {
    const shown: number[] = [];
    const updates: StatsUpdate[] = [];
    const watch = shared.watch(id, update => {
      updates.push(update);
      if (update.reset) shown.splice(0);
      shown.push(...update.samples.map(({ time }) => time));
    });
    return { shown, updates, dispose: () => watch.dispose() };
  };
  const change = (id: string, entry: Record<string, unknown>, action: string): void => {
    fake.containers = fake.containers.map(old => (old['Id'] === id ? containerEntry(id, entry) : old));
    fake.emit(event('container', action, id));
  };

  it('are requested once for any number of listeners, and not at all without one', async () => {
    const lookers = [look('a'), look('a'), look('a')];
    await isOpen('a');
    send('a');
    await until('all have seen it', () => lookers.every(({ shown }) => shown.length === 1));
    const late = look('a');
    assert.deepEqual(late.updates, [
      { reset: true, samples: lookers[0]?.updates[1]?.samples, failure: undefined, ended: false },
    ]);
    assert.deepEqual([asked('a'), asked('b')], [1, 0]);
    for (const looker of [...lookers, late]) looker.dispose();
    await isClosed('a');
    assert.equal(fake.requests.filter(({ path }) => path.endsWith('/stats')).length, 1);
  });

  it('end soon after the last listener has left, and are forgotten', async () => {
    const [first, second] = [look('a'), look('a')];
    await isOpen('a');
    send('a');
    await until('it came', () => first.shown.length === 1);
    first.dispose();
    first.dispose();
    send('a');
    await until('who looks goes on seeing', () => second.shown.length === 2);
    assert.equal(first.shown.length, 1);
    const start = performance.now();
    second.dispose();
    await isClosed('a');
    assert.ok(performance.now() - start >= linger - 5);
    assert.deepEqual(look('a').shown, []);
    await isOpen('a');
    assert.equal(asked('a'), 2);
  });

  it('continue if a listener returns at once', async () => {
    const first = look('a');
    await isOpen('a');
    send('a');
    await until('it came', () => first.shown.length === 1);
    first.dispose();
    const second = look('a');
    assert.deepEqual(second.shown, first.shown);
    const other = look('b');
    await isOpen('b');
    other.dispose();
    await isClosed('b'); // So long after, the first would have ended too.
    assert.deepEqual([open('a'), asked('a')], [1, 1]);
  });

  it('are kept for ten minutes', async () => {
    const looker = look('a');
    await isOpen('a');
    for (let second = 0; second < 700; second++) send('a');
    await until('all came', () => looker.shown.length === 700);
    assert.deepEqual(look('a').shown, looker.shown.slice(-601));
    send('a', 700_000);
    await until('one more came', () => looker.shown.length === 701);
    assert.deepEqual(look('a').shown, looker.shown.slice(-1));
  });

  it('are no more than can be drawn if an engine sends far too many', async () => {
    const looker = look('a');
    await isOpen('a');
    for (let count = 0; count < 2_000; count++) send('a', 1);
    await until('all came', () => looker.shown.length === 2_000);
    assert.equal(look('a').shown.length, 1_200);
  });

  it('begin again when the engine’s clock is set back', async () => {
    const looker = look('a');
    await isOpen('a');
    send('a');
    send('a');
    send('a', -3_600_000);
    send('a');
    await until('the old ones are taken back', () => looker.shown.length === 2);
    assert.deepEqual(look('a').shown, looker.shown);
  });

  it('follow the container through a stop, a start, a pause and its removal', async () => {
    const looker = look('a');
    await isOpen('a');
    send('a');
    await until('it came', () => looker.shown.length === 1);
    change('a', { State: 'exited', Status: 'Exited (0) 1 second ago' }, 'die');
    await isClosed('a');
    assert.equal(asked('a'), 1);
    change('a', { State: 'running', Status: 'Up 1 second' }, 'start');
    await isOpen('a');
    send('a');
    await until('it goes on', () => looker.shown.length === 2);
    change('a', { State: 'paused', Status: 'Up 1 second (Paused)' }, 'pause');
    await until('the row is paused', () => mirror.get('container', 'a')?.state === 'paused');
    assert.deepEqual([open('a'), asked('a')], [1, 2]);
    fake.containers = [];
    fake.emit(event('container', 'destroy', 'a'));
    await isClosed('a');
    assert.equal(looker.shown.length, 2, 'What was shown stays readable');
  });

  it('of a stopped container are not requested until it runs', async () => {
    change('a', { State: 'created', Status: 'Created' }, 'update');
    await until('the row is so', () => mirror.get('container', 'a')?.state === 'created');
    const [looker, absent] = [look('a'), look('new')];
    fake.containers.push(containerEntry('new'));
    fake.emit(event('container', 'start', 'new'));
    await until('the new one is asked for', () => asked('new') > 0);
    assert.equal(asked('a'), 0);
    change('a', {}, 'start');
    await isOpen('a');
    looker.dispose();
    absent.dispose();
  });

  it('return after the stream ended, the connection was lost or the engine restarted', async () => {
    const looker = look('a');
    await isOpen('a');
    send('a');
    for (const stream of streams.get('a') ?? []) stream.end();
    await until('it is asked for again', () => asked('a') === 2 && open('a') === 1);
    send('a');
    await until('it goes on', () => looker.shown.length === 2);
    fake.breakSockets();
    await until('it is asked for again', () => asked('a') >= 3 && open('a') === 1);
    await fake.stop();
    await fake.start();
    await until('it is asked for again', () => asked('a') >= 4 && open('a') === 1);
    await mirror.whenReady();
    send('a');
    await until('it goes on', () => looker.shown.length === 3);
    assert.equal(open('a'), 1);
    assert.deepEqual(
      looker.updates.map(({ failure }) => failure).filter(Boolean),
      [],
      'What the connection tells is no failure of the figures',
    );
  });

  it('are out of date once their stream has ended, until another one brings some', async () => {
    const looker = look('a');
    await isOpen('a');
    send('a');
    const ended = (): boolean | undefined => looker.updates.at(-1)?.ended;
    await until('they are of now', () => ended() === false);
    for (const stream of streams.get('a') ?? []) stream.destroy();
    await until('they are not', () => ended() === true);
    await isOpen('a');
    send('a');
    await until('they are again', () => ended() === false);
    await fake.stop();
    await until('they are not', () => ended() === true);
    const late = look('a');
    assert.deepEqual([late.updates[0]?.samples.length, late.updates[0]?.ended], [2, true]);
    assert.equal(looker.shown.length, 2, 'What was shown stays readable');
  });

  it('are out of date for a listener who comes while another stream is requested', async () => {
    const looker = look('a');
    await isOpen('a');
    send('a');
    await until('it came', () => looker.shown.length === 1);
    fake.answers.set('/containers/a/stats', () => undefined);
    for (const stream of streams.get('a') ?? []) stream.destroy();
    await until('another is asked for', () => asked('a') === 2);
    const late = look('a');
    assert.deepEqual([late.updates[0]?.samples.length, late.updates[0]?.ended], [1, true]);
  });

  it('that the engine refuses are told as refused, also to later listeners, and requested again', async () => {
    const answer = fake.answers.get('/containers/a/stats');
    const message = 'stats is not supported in rootless mode without cgroups v2';
    fake.answers.set('/containers/a/stats', (_, response) => sendJson(response, 500, { message }));
    const looker = look('a');
    await until('it was tried again', () => asked('a') >= 3);
    assert.equal(looker.updates.at(-1)?.failure?.message, message);
    const late = look('a');
    assert.equal(late.updates[0]?.failure?.message, message);
    if (answer) fake.answers.set('/containers/a/stats', answer);
    await isOpen('a');
    send('a');
    await until('samples take it back', () => late.shown.length === 1 && late.updates.at(-1)?.failure === undefined);
  });

  it('end with the session, and none begin after it', async () => {
    const looker = look('a');
    await isOpen('a');
    shared.dispose();
    await isClosed('a');
    looker.dispose();
    const late = look('b');
    assert.deepEqual(late.shown, []);
    late.dispose();
    assert.equal(asked('b'), 0);
  });
});
