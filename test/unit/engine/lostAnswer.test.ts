import assert from 'node:assert/strict';
import { Connection } from '../../../src/engine/connection';
import { containerKind, inspect } from '../../../src/engine/containers';
import { lookUpChange } from '../../../src/engine/lostAnswer';
import { containerEntry, FakeEngine, sendJson } from './fakeEngine';

describe('A change whose answer was lost, and that the engine is still at,', () => {
  let fake: FakeEngine;
  let connection: Connection;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a', { State: 'created' })];
    connection = new Connection({ candidates: () => [fake.endpoint] });
    connection.start();
  });
  afterEach(async () => {
    connection.dispose();
    await fake.dispose();
  });

  const isRunning = (): Promise<{ done: boolean }> =>
    lookUpChange(
      connection,
      fake.endpoint,
      async (engine, signal) => {
        const [row] = await containerKind.list(engine, ['a'], signal);
        return { done: row?.state === 'running' };
      },
      { patience: 50, settle: (engine, signal) => inspect(engine, 'a', { signal }) },
    );

  it('is not said to be undone before the engine tells of the object again', async () => {
    fake.answers.set('/containers/a/json', (_, response) => {
      setTimeout(() => {
        fake.containers = [containerEntry('a')];
        sendJson(response, 200, {});
      }, 300);
    });
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
