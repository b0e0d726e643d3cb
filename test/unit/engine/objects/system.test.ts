import assert from 'node:assert/strict';
import * as system from '../../../../src/engine/objects/system';
import { sendJson } from '../../../support/engines/fakeEngine';
import { operating } from '../operating';

describe('Operations, on answers that a real engine seldom gives', () => {
  const on = operating();

  describe('diskUse', () => {
    const answer = {
      LayersSize: 100,
      Images: [
        { Size: 60, SharedSize: 20, Containers: 1 },
        { Size: 80, SharedSize: 20, Containers: 0 },
      ],
      Containers: [{ State: 'running', SizeRw: 5 }, { State: 'exited', SizeRw: 7 }, { State: 'created' }],
      Volumes: [
        { UsageData: { Size: 11, RefCount: 1 } },
        { UsageData: { Size: 13, RefCount: 0 } },
        { UsageData: { Size: -1, RefCount: -1 } },
      ],
      BuildCache: [
        { Size: 17, InUse: false, Shared: false },
        { Size: 19, InUse: true, Shared: false },
        { Size: 23, InUse: false, Shared: true },
      ],
    };

    it('sums what docker system df sums', async () => {
      on.fake.answers.set('/system/df', (_, response) => sendJson(response, 200, answer));
      assert.deepEqual(await system.diskUse(on.engine), {
        images: { count: 2, size: 100, reclaimable: 60 },
        containers: { count: 3, size: 12, reclaimable: 7 },
        volumes: { count: 3, size: 24, reclaimable: 13 },
        buildCache: { count: 2, size: 36, reclaimable: 17 },
      });
      assert.equal(on.fake.requests[0]?.query.get('type'), null);
    });

    it('asks newer engines for each type', async () => {
      on.fake.answers.set('/system/df', (_, response) => sendJson(response, 200, answer));
      await system.diskUse(on.fake.engine('1.42'));
      assert.ok(on.fake.requests[0]?.query.getAll('type').join().includes('build-cache'));
    });

    it('waits for the answer to another’s question where the engine gives one at a time', async () => {
      const busy = { message: 'a disk usage operation is already running' };
      on.fake.answers.set('/system/df', (_, response) =>
        on.fake.requests.length < 5 ? sendJson(response, 500, busy) : sendJson(response, 200, answer),
      );
      assert.equal((await system.diskUse(on.engine)).images.size, 100);
      assert.equal(on.fake.requests.length, 5);
    });

    it('ends its wait when it is canceled, and waits for no other failure', async () => {
      const abort = new AbortController();
      on.fake.answers.set('/system/df', (_, response) => {
        sendJson(response, 500, { message: 'a disk usage operation is already running' });
        abort.abort();
      });
      await assert.rejects(system.diskUse(on.engine, { signal: abort.signal }), { kind: 'canceled' });
      on.fake.answers.set('/system/df', (_, response) => sendJson(response, 409, { message: 'no disk' }));
      await assert.rejects(system.diskUse(on.engine), { message: 'no disk' });
    });

    it('is all zero where the engine tells nothing', async () => {
      on.fake.answers.set('/system/df', (_, response) => sendJson(response, 200, { Images: null }));
      const nothing = { count: 0, size: 0, reclaimable: 0 };
      const expected = { images: nothing, containers: nothing, volumes: nothing, buildCache: nothing };
      assert.deepEqual(await system.diskUse(on.engine), expected);
    });
  });
});
