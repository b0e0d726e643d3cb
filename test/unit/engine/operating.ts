import assert from 'node:assert/strict';
import type { Engine } from '../../../src/engine/connection/engine';
import { type EngineErrorKind, isEngineError } from '../../../src/engine/errors';
import { FakeEngine } from '../../support/engines/fakeEngine';
import { sentenceOf } from '../../support/sentence';

/** A fake engine, and what operations take for it. */
export interface Operating {
  fake: FakeEngine;
  engine: Engine;
}

/** For the tests of a suite, each with an engine of its own: for answers that a real one seldom gives. */
export function operating(): Operating {
  const on = {} as Operating;
  beforeEach(async () => {
    on.fake = await new FakeEngine().start();
    on.engine = on.fake.engine();
  });
  afterEach(async () => {
    on.engine.client.close();
    await on.fake.dispose();
  });
  return on;
}

/** That the work fails with an EngineError of this kind. */
export function fails(work: Promise<unknown>, kind: EngineErrorKind, message = /./): Promise<void> {
  return assert.rejects(work, error => isEngineError(error, kind) && message.test(sentenceOf(error)));
}
