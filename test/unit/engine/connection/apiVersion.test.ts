import assert from 'node:assert/strict';
import { atLeast, compareVersions } from '../../../../src/engine/connection/apiVersion';

describe('API versions', () => {
  it('are ordered by their numbers', () => {
    assert.ok(compareVersions('1.9', '1.41') < 0);
    assert.ok(compareVersions('2.0', '1.41') > 0);
    assert.equal(compareVersions('1.41', '1.41'), 0);
    assert.ok(atLeast('1.42', '1.42') && atLeast('1.100', '1.42') && !atLeast('1.41', '1.42'));
  });
});
