import assert from 'node:assert/strict';
import { Connection } from '../../../src/engine/connection/connection';
import type { Engine } from '../../../src/engine/connection/engine';
import { connectedEngine, findOutcome } from '../../../src/engine/connection/outcome';
import { parseEndpoint } from '../../../src/engine/endpoints/endpoint';
import { isEngineError } from '../../../src/engine/errors';
import * as kind from '../../../src/engine/objects/containers/kind';
import * as containers from '../../../src/engine/objects/containers/operations';
import * as networks from '../../../src/engine/objects/networks';
import * as volumes from '../../../src/engine/objects/volumes';
import { type FaultProxy, startFaultProxy } from '../../support/engines/faultProxy';
import { saying } from '../../support/sentence';
import { until } from '../../support/until';
import { type EngineUnderTest, onEngines } from '../engines';

interface Operation {
  name: string;
  /** Makes what it works on, and gives its id. */
  prepare(on: EngineUnderTest): Promise<string>;
  work(engine: Engine, id: string): Promise<unknown>;
  /** Whether it shows, by `GET /containers/json`, `/networks` or `/volumes`. */
  shows(engine: Engine, id: string, signal: AbortSignal): Promise<boolean>;
}

const running = async (engine: Engine, id: string, signal: AbortSignal): Promise<string | undefined> =>
  (await kind.containerKind.list(engine, [id], signal))[0]?.state;

const operations: readonly Operation[] = [
  {
    name: 'start',
    prepare: on => on.create('box'),
    work: containers.start,
    shows: async (...args) => (await running(...args)) === 'running',
  },
  {
    name: 'stop',
    prepare: on => on.run('box'),
    work: (engine, id) => containers.stop(engine, id, { timeout: 1 }),
    shows: async (...args) => (await running(...args)) === 'exited',
  },
  {
    name: 'pause',
    prepare: on => on.run('box'),
    work: containers.pause,
    shows: async (...args) => (await running(...args)) === 'paused',
  },
  {
    name: 'rename',
    prepare: on => on.create('box'),
    work: (engine, id) => containers.rename(engine, id, { name: 'renamed' }),
    shows: async (engine, id, signal) => (await kind.containerKind.list(engine, [id], signal))[0]?.name === 'renamed',
  },
  {
    name: 'remove',
    prepare: on => on.create('box'),
    work: (engine, id) => containers.remove(engine, id, {}),
    shows: async (...args) => (await running(...args)) === undefined,
  },
  {
    name: 'create a network',
    prepare: () => Promise.resolve('own'),
    work: (engine, name) => networks.create(engine, { name }),
    shows: async (engine, name, signal) =>
      (await networks.networkKind.list(engine, undefined, signal)).some(network => network.name === name),
  },
  {
    name: 'create a volume',
    prepare: () => Promise.resolve('data'),
    work: (engine, name) => volumes.create(engine, { name }),
    shows: async (engine, name, signal) =>
      (await volumes.volumeKind.list(engine, undefined, signal)).some(volume => volume.id === name),
  },
];

describe('A change whose answer is lost', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    let proxy: FaultProxy;
    let connection: Connection;

    before(async () => {
      proxy = await startFaultProxy(on.test.socket);
      const endpoint = parseEndpoint(proxy.host, 'setting');
      connection = new Connection({ candidates: () => [endpoint] });
      connection.start();
    });
    after(() => {
      connection.dispose();
      proxy.dispose();
    });

    const connected = (): Promise<Engine> => connectedEngine(connection, AbortSignal.timeout(20_000));
    const writes = (): string[] => proxy.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);

    for (const operation of operations) {
      const { name } = operation;
      it(`is found done and not sent again: ${name}`, async () => {
        const id = await operation.prepare(on);
        const engine = await connected();
        proxy.reset();
        proxy.afflict({ kind: 'swallow' });
        await assert.rejects(
          operation.work(engine, id),
          error => isEngineError(error, 'unreachable') && error.answerLost,
        );
        proxy.heal();
        const look = async (now: Engine, signal: AbortSignal): Promise<{ done: boolean }> => ({
          done: await operation.shows(now, id, signal),
        });
        assert.deepEqual(await findOutcome(connection, engine.endpoint, look), { done: true });
        assert.equal(writes().length, 1, writes().join());
      });
    }

    it('is found undone when the engine never heard of it, and the same after a restart', async () => {
      const id = await on.run('box');
      const engine = await connected();
      proxy.reset();
      proxy.afflict({ kind: 'stall' });
      const stopping = containers.stop(engine, id, { timeout: 0 });
      const failed = assert.rejects(stopping, error => isEngineError(error, 'unreachable') && error.answerLost);
      await until('it is under way', () => writes().length === 1);
      proxy.refuse();
      await failed;
      const looking = findOutcome(
        connection,
        engine.endpoint,
        async (now, signal) => ({ done: (await running(now, id, signal)) !== 'running' }),
        { patience: 500 },
      );
      proxy.heal();
      await proxy.accept();
      assert.deepEqual(await looking, { done: false });
    });

    it('stays unknown when the engine stays away', async () => {
      const engine = await connected();
      proxy.refuse();
      const look = async (now: Engine): Promise<{ done: boolean }> => {
        await now.client.read({ path: '/networks' });
        return { done: true };
      };
      const looking = findOutcome(connection, engine.endpoint, look, { absence: 300, patience: 0 });
      await assert.rejects(looking, saying(/no answer within 0.3 s/));
      await proxy.accept();
      await connected();
    });
  });
});
