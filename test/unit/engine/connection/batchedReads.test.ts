import assert from 'node:assert/strict';
import { BatchedReads } from '../../../../src/engine/connection/batchedReads';
import { containerKind } from '../../../../src/engine/objects/containers/kind';
import { containerEntry, FakeEngine } from '../../../support/engines/fakeEngine';

const many = 50;

describe('Batched reads', () => {
  let fake: FakeEngine;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = Array.from({ length: many }, (_, index) => containerEntry(`c${index}`));
  });
  afterEach(() => fake.dispose());

  const reads = (signal = new AbortController().signal): BatchedReads<{ id: string }> =>
    new BatchedReads((engine, until, ids) => containerKind.list(engine, ids, until), signal);

  it('ask in one list for the objects that are asked for together, and for later ones in another', async () => {
    const engine = fake.engine();
    const together = reads();
    const ids = Array.from({ length: many }, (_, index) => `c${index}`);
    const seen = await Promise.all(ids.map(id => together.read(engine, id)));
    for (const [index, rows] of seen.entries()) assert.ok(rows.some(({ id }) => id === ids[index]));
    fake.containers = [];
    assert.deepEqual(await together.read(engine, 'c1'), []);
    const lists = fake.requests
      .filter(({ path }) => path === '/containers/json')
      .map(({ query }) => query.get('filters'));
    assert.deepEqual(lists, [JSON.stringify({ id: ids }), JSON.stringify({ id: ['c1'] })]);
    engine.client.close();
  });

  it('ask each engine apart, and end with the signal', async () => {
    const [first, second] = [fake.engine(), fake.engine()];
    const ending = new AbortController();
    const together = reads(ending.signal);
    await Promise.all([together.read(first, 'c1'), together.read(second, '')]);
    assert.equal(fake.to('/containers/json').length, 2);
    const refused = assert.rejects(together.read(first, 'c1'), /left/);
    ending.abort(new Error('It was left'));
    await refused;
    for (const { client } of [first, second]) client.close();
  });
});
