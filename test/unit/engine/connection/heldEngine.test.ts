import assert from 'node:assert/strict';
import { HeldEngine } from '../../../../src/engine/connection/heldEngine';
import { EngineError } from '../../../../src/engine/errors';
import { FakeEngine } from '../../../support/engines/fakeEngine';

describe('An engine that is held', () => {
  const fake = new FakeEngine();
  const engine = fake.engine();
  const gone = new EngineError('unreachable', { said: 'gone' });
  const slept = new EngineError('unreachable', { code: 'machineSlept' });
  after(async () => {
    engine.client.close();
    await fake.dispose();
  });

  it('tells the first doubt, and the next one only after it is trusted again', async () => {
    const held = new HeldEngine(engine);
    const broken = held.trust();
    held.doubt(slept);
    held.doubt(gone);
    assert.deepEqual(await broken, { kind: 'doubt', error: slept });
    assert.equal(held.isTrusted, false);
    const again = held.trust();
    assert.equal(held.isTrusted, true);
    held.doubt(gone);
    assert.deepEqual(await again, { kind: 'doubt', error: gone });
  });

  it('is lost for good, with the first error, also while it is doubted', async () => {
    const held = new HeldEngine(engine);
    held.doubt(slept);
    held.lose(gone);
    held.lose(slept);
    assert.equal(held.loss, gone);
    assert.equal(held.untilLost.reason, gone);
    assert.deepEqual(await held.trust(), { kind: 'loss', error: gone });
  });
});
