import assert from 'node:assert/strict';
import { EngineClient } from '../../../../src/engine/client/client';
import type { RequestRecord } from '../../../../src/engine/client/request';
import { type EngineErrorKind, isEngineError } from '../../../../src/engine/errors';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { sentenceOf } from '../../../support/sentence';

/** A fake engine, and a client that has told of these requests. */
export interface ClientUnderTest {
  fake: FakeEngine;
  client: EngineClient;
  records: RequestRecord[];
}

/** For the tests of a suite, each with an engine and a client of its own. */
export function clientUnderTest(): ClientUnderTest {
  const on = {} as ClientUnderTest;
  beforeEach(async () => {
    on.fake = await new FakeEngine().start();
    on.records = [];
    on.client = new EngineClient(on.fake.endpoint.address, '1.41', record => on.records.push(record));
  });
  afterEach(async () => {
    on.client.close();
    await on.fake.dispose();
  });
  return on;
}

/** For `assert.rejects`: an EngineError of this kind. */
export const failsWith =
  (kind: EngineErrorKind, message?: RegExp) =>
  (error: unknown): true => {
    assert.ok(isEngineError(error, kind), String(error));
    if (message) assert.match(sentenceOf(error), message);
    return true;
  };

/** For `assert.rejects`: an EngineError that says whether the answer was lost. */
export const lostAnswer =
  (lost: boolean) =>
  (error: unknown): true => {
    assert.ok(isEngineError(error), String(error));
    assert.equal(error.answerLost, lost, error.message);
    return true;
  };
