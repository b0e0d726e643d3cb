import assert from 'node:assert/strict';
import { Connection, type ConnectionTimes } from '../../../../src/engine/connection/connection';
import { findOutcome, type Patience } from '../../../../src/engine/connection/outcome';
import { EngineError } from '../../../../src/engine/errors';
import { containerKind } from '../../../../src/engine/objects/containers/kind';
import { inspect, stopTimeout } from '../../../../src/engine/objects/containers/operations';
import { containerEntry, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

describe('A change whose answer was lost, while the engine still works on it,', () => {
  let fake: FakeEngine;
  let connection: Connection;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a', { State: 'created' })];
    begin();
  });
  afterEach(async () => {
    connection.dispose();
    await fake.dispose();
  });

  const begin = (times: Partial<ConnectionTimes> = {}): void => {
    connection = new Connection({ candidates: () => [fake.endpoint], times });
    connection.start();
  };
  const isRunning = (patience: Patience = 50): Promise<{ done: boolean }> =>
    findOutcome(
      connection,
      fake.endpoint,
      async (engine, signal) => {
        const [row] = await containerKind.list(engine, ['a'], signal);
        return { done: row?.state === 'running' };
      },
      { patience, settle: (engine, signal) => inspect(engine, 'a', { signal }) },
    );

  it('is not called undone before the engine answers about the object again', async () => {
    fake.answers.set('/containers/a/json', (_, response) => {
      setTimeout(() => {
        fake.containers = [containerEntry('a')];
        sendJson(response, 200, {});
      }, 300);
    });
    assert.deepEqual(await isRunning(), { done: true });
  });

  it('gets the time that the engine tells, even if a gateway fails at first', async () => {
    let asked = 0;
    fake.answers.set('/containers/a/json', (_, response) => {
      if (asked++ === 0) sendJson(response, 502, {});
      else sendJson(response, 200, { Config: { StopTimeout: 60 } });
    });
    const told: number[] = [];
    const found = isRunning(async (engine, signal) => {
      told.push(await stopTimeout(engine, 'a', { signal }));
      return 60_000;
    });
    await until('it is told', () => told.length > 0);
    const before = fake.to('/containers/json').length;
    await until('it was looked up some times', () => fake.to('/containers/json').length >= before + 3);
    fake.containers = [containerEntry('a')];
    assert.deepEqual(await found, { done: true });
    assert.deepEqual(told, [60]);
  });

  it('is looked up soon, though the connection was lost too often to be tried soon', async () => {
    connection.dispose();
    begin({ firstRetry: 60_000, lastRetry: 60_000, watchedRetry: 60_000, healthy: 60_000 });
    const engine = await until('it is connected', () => connection.engine);
    const pings = fake.to('/_ping').length;
    connection.reportDoubt(engine, new EngineError('unreachable', { said: 'gone' }));
    await until('it is asked', () => fake.to('/_ping').length > pings);
    fake.containers = [containerEntry('a')];
    assert.deepEqual(await isRunning(), { done: true });
  });

  it('is looked up once more when the object is gone, or the connection is lost again', async () => {
    let asked = 0;
    fake.answers.set('/containers/a/json', (_, response) => {
      if (asked++ < 4) response.socket?.destroy();
      else sendJson(response, 404, { message: 'No such container: a' });
    });
    assert.deepEqual(await isRunning(), { done: false });
    assert.equal(asked, 5);
  });
});
