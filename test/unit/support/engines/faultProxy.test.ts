import assert from 'node:assert/strict';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { type FaultProxy, startFaultProxy } from '../../../support/engines/faultProxy';
import { rawApi } from '../../../support/engines/rawEngine';
import { Random } from '../../../support/random';
import { until } from '../../../support/until';

const images = Array.from({ length: 100 }, (_, index) => ({ Id: `sha256:${index}`, RepoTags: ['ü'.repeat(20)] }));

describe('The fault proxy', () => {
  let fake: FakeEngine;
  let proxy: FaultProxy;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.images = images;
    proxy = await startFaultProxy(fake.socketPath, { random: new Random(1) });
  });
  afterEach(async () => {
    proxy.dispose();
    await fake.dispose();
  });

  const list = (timeout?: number): Promise<unknown> => rawApi(proxy.socket, timeout)('GET', '/images/json');

  it('passes on what is asked and answered, and remembers the requests', async () => {
    assert.deepEqual(await list(), images);
    assert.deepEqual(proxy.requests, [{ method: 'GET', path: '/images/json' }]);
    await until('the connection is closed', () => proxy.links.size === 0);
  });

  it('cuts', async () => {
    proxy.afflict({ kind: 'cut' });
    await assert.rejects(list());
    proxy.heal();
    assert.deepEqual(await list(), images);
  });

  it('stalls, and flows on', async () => {
    proxy.afflict({ kind: 'stall' });
    let answer: unknown;
    const listing = list().then(value => (answer = value));
    await assert.rejects(list(200));
    assert.equal(answer, undefined);
    proxy.heal();
    assert.deepEqual(await listing, images);
  });

  it('is slow', async () => {
    proxy.afflict({ kind: 'slow', latency: 100, bytesPerSecond: 20_000 });
    const begin = performance.now();
    assert.deepEqual(await list(), images);
    const took = performance.now() - begin;
    assert.ok(took > 300 && took < 3_000, `${took} ms`);
  });

  it('lets bytes come alone, and keeps them all', async () => {
    proxy.afflict({ kind: 'split' });
    assert.deepEqual(await list(), images);
  });

  for (const fault of [
    { kind: 'truncate', after: 300 },
    { kind: 'corrupt', after: 300 },
    { kind: 'corrupt', after: 0 },
    { kind: 'reorder' },
    { kind: 'halfClose' },
    { kind: 'swallow' },
  ] as const) {
    it(`spoils an answer: ${JSON.stringify(fault)}`, async () => {
      proxy.afflict(fault);
      const outcome = await list(2_000).then(JSON.stringify, (error: unknown) => error);
      assert.notEqual(outcome, JSON.stringify(images));
      if (fault.kind !== 'halfClose') assert.equal(fake.to('/images/json').length, 1);
      proxy.heal();
      assert.deepEqual(await list(), images);
    });
  }

  it('refuses, accepts, and replaces its socket', async () => {
    proxy.refuse();
    await assert.rejects(list(), { code: 'ENOENT' });
    await proxy.accept();
    assert.deepEqual(await list(), images);
    await proxy.replace();
    assert.deepEqual(await list(), images);
  });

  it('gives a fault to a share of the connections, the same for the same seed', async () => {
    const drawn = async (): Promise<string> => {
      const other = await startFaultProxy(fake.socketPath, { random: new Random(7) });
      other.afflict({ kind: 'cut' }, 0.5);
      let outcomes = '';
      for (let count = 0; count < 12; count++) {
        outcomes += await rawApi(other.socket)('GET', '/images/json').then(
          () => '+',
          () => '-',
        );
      }
      other.dispose();
      return outcomes;
    };
    const first = await drawn();
    assert.match(first, /\+/);
    assert.match(first, /-/);
    assert.equal(await drawn(), first);
  });
});
