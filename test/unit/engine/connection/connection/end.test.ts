import assert from 'node:assert/strict';
import { delay } from '../../../../../src/base/abort';
import { Connection } from '../../../../../src/engine/connection/connection';
import { EngineError } from '../../../../../src/engine/errors';
import { until } from '../../../../support/until';
import { connected, connecting, moduleOf, openThings, run, unreachable } from '../connections';

describe('Connection', () => {
  const on = connecting();

  describe('leaves nothing open after it is disposed', () => {
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
          on.fake.hang();
          void client.read({ path: '/images/json' }).catch(() => undefined);
          await until('the engine has it', () => on.fake.to('/images/json').length);
        },
      ],
      [
        'while the engine hangs',
        async connection => {
          await connected(connection);
          connection.watch();
          on.fake.hang();
          await unreachable(connection);
        },
      ],
      [
        'while the engine is away',
        async connection => {
          const engine = await connected(connection);
          await on.fake.stop();
          connection.reportDoubt(engine, new EngineError('unreachable', { said: 'gone' }));
          await unreachable(connection);
        },
      ],
      ['before it is connected', () => Promise.resolve()],
    ];
    for (const [name, prepare] of moments) {
      it(name, async () => {
        await on.fake.start();
        const before = openThings();
        const { connection } = on.begin();
        await prepare(connection);
        connection.dispose();
        await until(`nothing is left open (${name})`, () => openThings().length <= before.length).catch(() =>
          assert.deepEqual(openThings(), before),
        );
        assert.equal(on.fake.sockets.size, 0);
      });
    }

    it('so that a process with nothing else to do ends', async () => {
      await on.fake.start();
      await run(
        `const { Connection } = require(${moduleOf('connection/connection')});
         const { Mirror } = require(${moduleOf('mirror/mirror')});
         const { parseEndpoint } = require(${moduleOf('endpoints/endpoint')});
         const connection = new Connection({ candidates: () => [parseEndpoint(process.argv[1], 'setting')] });
         const mirror = new Mirror(connection);
         connection.start();
         connection.watch();
         mirror.whenReady().then(() => { mirror.dispose(); connection.dispose(); });`,
        on.fake.socketPath,
      );
    });
  });

  it('fires no state after it is disposed', async () => {
    await on.fake.start();
    const { connection, states } = on.begin();
    await connected(connection);
    const before = states.length;
    connection.dispose();
    await delay(60);
    assert.equal(states.length, before);
  });
});
