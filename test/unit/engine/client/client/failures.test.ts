import assert from 'node:assert/strict';
import { beat } from '../../../../../src/engine/connection/identity';
import { EngineError } from '../../../../../src/engine/errors';
import { sendJson } from '../../../../support/engines/fakeEngine';
import { clientUnderTest, failsWith, lostAnswer } from '../clients';

describe('EngineClient', () => {
  const on = clientUnderTest();

  describe('meets a kept socket that the engine has closed, and', () => {
    /** The engine closes the socket as soon as the request comes, `times` times. */
    const breakNext = (times: number, path = '/x'): void => {
      let broken = 0;
      on.fake.answers.set(path, (_, response) => {
        if (broken++ < times) response.socket?.destroy();
        else sendJson(response, 200, broken);
      });
    };

    it('sends a read once more', async () => {
      breakNext(1);
      assert.equal(await on.client.read({ path: '/x' }), 2);
      assert.equal(on.fake.to('/x').length, 2);
    });

    it('sends a ping twice at most', async () => {
      breakNext(1, '/_ping');
      await beat(on.client);
      breakNext(2, '/_ping');
      await assert.rejects(beat(on.client), failsWith('unreachable'));
      assert.equal(on.fake.to('/_ping').length, 4);
    });

    it('sends a read three times at most', async () => {
      breakNext(5);
      await assert.rejects(on.client.read({ path: '/x' }), failsWith('unreachable'));
      assert.equal(on.fake.to('/x').length, 3);
    });

    it('never sends a write again', async () => {
      breakNext(1);
      await assert.rejects(on.client.call({ method: 'POST', path: '/x' }), lostAnswer(true));
      assert.equal(on.fake.to('/x').length, 1);
    });

    it('reads on after the engine’s restart', async () => {
      await on.client.read({ path: '/images/json' });
      await on.fake.stop();
      await on.fake.start();
      assert.deepEqual(await on.client.read({ path: '/images/json' }), []);
    });
  });

  describe('meets an engine that fails, and', () => {
    it('sends a read three times', async () => {
      on.fake.answers.set('/x', (_, response) => sendJson(response, 500, { message: 'not now' }));
      await assert.rejects(on.client.read({ path: '/x' }), failsWith('failed', /not now/));
      assert.equal(on.fake.to('/x').length, 3);
    });

    for (const status of [304, 400, 403, 404, 409, 501, 503]) {
      it(`sends a read that is answered with ${status} once`, async () => {
        on.fake.answers.set('/x', (_, response) => response.writeHead(status).end());
        await on.client.read({ path: '/x' }).catch(() => undefined);
        assert.equal(on.fake.to('/x').length, 1);
      });
    }

    it('sends a write once', async () => {
      on.fake.answers.set('/x', (_, response) => sendJson(response, 500, { message: 'not now' }));
      await assert.rejects(on.client.call({ method: 'POST', path: '/x' }), lostAnswer(false));
      assert.equal(on.fake.to('/x').length, 1);
    });
  });

  describe('tells whether the answer to a failed write was lost:', () => {
    const post = (): Promise<unknown> => on.client.call({ method: 'POST', path: '/x' });

    it('within the answer', async () => {
      on.fake.answers.set('/x', (_, response) => {
        response.writeHead(201).write('{"Id":');
        setTimeout(() => response.destroy(), 5);
      });
      await assert.rejects(post(), lostAnswer(true));
    });
    it('an answer of garbage', async () => {
      on.fake.answers.set('/x', (_, response) => response.writeHead(201).end('{"Id":\u0001'));
      await assert.rejects(post(), lostAnswer(true));
    });
    it('when the connection is given up', async () => {
      on.fake.answers.set('/x', () => on.client.close());
      await assert.rejects(post(), lostAnswer(true));
    });
    it('when the connection is given up because another request could not connect', async () => {
      const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
      on.fake.answers.set('/x', () =>
        on.client.close(new EngineError('unreachable', { said: cause.message }, { cause })),
      );
      await assert.rejects(post(), lostAnswer(true));
    });
    it('not when nobody listens', async () => {
      await on.fake.stop();
      await assert.rejects(post(), lostAnswer(false));
    });
    it('not when the client was closed before', async () => {
      on.client.close();
      await assert.rejects(post(), lostAnswer(false));
    });
    it('not when it was canceled', async () => {
      const abort = new AbortController();
      on.fake.answers.set('/x', () => abort.abort());
      await assert.rejects(on.client.call({ method: 'POST', path: '/x', signal: abort.signal }), lostAnswer(false));
    });
  });

  describe('cannot connect', () => {
    it('where there is no socket', async () => {
      await on.fake.stop();
      await assert.rejects(on.client.read({ path: '/x' }), failsWith('unreachable', /ENOENT/));
    });
  });
});
