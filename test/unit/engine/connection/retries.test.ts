import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { delay } from '../../../../src/base/abort';
import { parseEndpoint } from '../../../../src/engine/endpoints/endpoint';
import { EngineError } from '../../../../src/engine/errors';
import { until } from '../../../support/until';
import { connected, connecting, leaveDeadSocket, openThings, patient, quick, unreachable } from './connections';

describe('Connection', () => {
  const on = connecting();

  describe('tries again', () => {
    it('after pauses that grow to a limit', async () => {
      const times: number[] = [];
      const candidates = (): never[] => {
        times.push(performance.now());
        return [];
      };
      on.begin({ ...quick, firstRetry: 20, lastRetry: 80 }, candidates);
      await until('there are attempts', () => times.length >= 6);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      for (const [index, least] of [20, 40, 80, 80, 80].entries()) {
        assert.ok((gaps[index] ?? 0) >= least - 2, `gap ${index}: ${gaps[index]} ms`);
      }
    });

    it('at once when it is told to', async () => {
      const { connection } = on.begin(patient);
      await unreachable(connection);
      on.fake.answers.clear();
      const other = join(on.fake.folder, 'moved.sock');
      await on.fake.start();
      renameSync(on.fake.socketPath, other);
      renameSync(other, on.fake.socketPath);
      connection.retry();
      await connected(connection);
    });

    it('when it is told that an unreadable configuration has changed', async () => {
      await on.fake.start();
      let text = 'tcp://';
      const { connection } = on.begin(patient, () => [parseEndpoint(text, 'setting')]);
      await unreachable(connection);
      text = on.fake.endpoint.url;
      connection.retry();
      await connected(connection);
    });

    it('at once when the socket appears', async () => {
      const { connection } = on.begin(patient);
      await unreachable(connection);
      await on.fake.start();
      await connected(connection);
    });

    it('at once when the socket of another candidate appears', async () => {
      const absent = parseEndpoint(join(on.fake.folder, 'absent.sock'), 'default');
      const { connection } = on.begin(patient, () => [absent, on.fake.endpoint]);
      await unreachable(connection);
      await on.fake.start();
      await connected(connection);
    });

    it('at once when a dead socket is replaced', async () => {
      await leaveDeadSocket(on.fake.socketPath);
      const { connection } = on.begin({ ...patient, firstRetry: 60_000 });
      await unreachable(connection);
      renameSync(on.fake.socketPath, `${on.fake.socketPath}.old`);
      await on.fake.start();
      await connected(connection);
    });

    for (const pause of [0, 20]) {
      it(`at once when the folders of the socket appear, ${pause} ms apart, and then the socket`, async () => {
        const path = join(on.fake.folder, 'run', 'user', 'engine.sock');
        const { connection } = on.begin(patient, () => [parseEndpoint(path, 'default')]);
        await unreachable(connection);
        mkdirSync(join(on.fake.folder, 'run'));
        await delay(pause);
        mkdirSync(dirname(path));
        await delay(pause);
        await on.fake.start();
        renameSync(on.fake.socketPath, path);
        await connected(connection);
      });
    }

    it('without end, and keeps nothing of earlier attempts open', async () => {
      const { states } = on.begin({ ...quick, firstRetry: 1, lastRetry: 2 });
      await until('there are attempts', () => states.length > 10);
      const early = openThings();
      await until('there are attempts', () => states.length > 60);
      assert.ok(openThings().length <= early.length + 2, openThings().join());
    });
  });

  describe('is hurried', () => {
    it('to make the next attempt at once', async () => {
      await on.fake.start();
      const { connection } = on.begin({ ...patient, healthy: 60_000 });
      connection.reportDoubt(await connected(connection), new EngineError('unreachable', { said: 'gone' }));
      await until('it has answered', () => on.fake.to('/_ping').length > 1);
      await delay(50);
      assert.equal(connection.state.kind, 'connecting');
      connection.hurry();
      await connected(connection);
    });

    it('without giving up an attempt that is under way', async () => {
      await on.fake.start();
      on.fake.hang();
      const { connection } = on.begin({ ...patient, pingDeadline: 2_000 });
      await until('it is pinged', () => on.fake.to('/_ping').length > 0);
      connection.hurry();
      on.fake.resume();
      await connected(connection);
      assert.equal(on.fake.to('/_ping').length, 1);
    });
  });

  it('waits patiently for an engine that hangs from the start, and connects as soon as it answers', async () => {
    await on.fake.start();
    on.fake.hang();
    const { connection } = on.begin();
    await unreachable(connection);
    await until('it asks again', () => on.fake.to('/_ping').length === 2);
    await delay(150);
    assert.equal(on.fake.to('/_ping').length, 2);
    on.fake.resume();
    const resumed = performance.now();
    await connected(connection);
    assert.ok(performance.now() - resumed < 300);
  });
});
