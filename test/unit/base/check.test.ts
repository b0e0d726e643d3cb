import assert from 'node:assert/strict';
import {
  type Check,
  checked,
  either,
  isBoolean,
  isIndex,
  isNumber,
  isPresent,
  isString,
  listOf,
  literal,
  mapOf,
  object,
  optional,
  pairOf,
  variants,
} from '../../../src/base/check';

const shape = object({ name: isString, age: optional(isNumber), json: isPresent });
const message = variants('type', { say: { text: isString }, count: { by: isIndex } });

describe('A check', () => {
  const cases: readonly [name: string, check: Check<unknown>, fits: readonly unknown[], misfits: readonly unknown[]][] =
    [
      ['of a text', isString, ['', 'a'], [1, null, undefined, ['a']]],
      ['of a boolean', isBoolean, [true, false], [0, 'true', null]],
      ['of a number', isNumber, [0, -1.5, 1e300], [NaN, Infinity, '1', null]],
      ['of an index', isIndex, [0, 7], [-1, 1.5, NaN, 2 ** 53, '1']],
      ['of one of several texts', literal('a', 'b'), ['a', 'b'], ['c', '', ['a'], null]],
      ['of a list', listOf(isString), [[], ['a']], [['a', 1], { 0: 'a' }, 'a', null]],
      ['of a pair', pairOf(isString, isNumber), [['a', 1]], [['a'], ['a', 1, 2], [1, 'a'], {}]],
      ['of a map', mapOf(isNumber), [{}, { a: 1 }], [{ a: '1' }, [1], null]],
      ['of one or another', either(isString, isNumber), ['a', 1], [true, null]],
      ['of what may be absent', optional(isString), ['a', undefined], [null, 1]],
      [
        'of an object',
        shape,
        [
          { name: 'a', json: null },
          { name: 'a', age: 1, json: {}, more: 'x' },
        ],
        [{ name: 'a' }, { json: 1 }, { name: 'a', age: '1', json: 1 }, [], null, 'a'],
      ],
      [
        'of variants',
        message,
        [
          { type: 'say', text: 'a' },
          { type: 'count', by: 1 },
        ],
        [{ type: 'say', by: 1 }, { type: 'toString' }, { type: '__proto__' }, { type: ['say'], text: 'a' }, {}, null],
      ],
    ];
  for (const [name, check, fits, misfits] of cases) {
    it(`${name} lets through what fits, as it is, and nothing else`, () => {
      for (const value of fits) assert.ok(check(value), JSON.stringify(value));
      for (const value of misfits) assert.equal(checked(check, value), undefined, JSON.stringify(value));
    });
  }

  it('gives the value itself, not a copy', () => {
    const value = { type: 'say', text: 'a' };
    assert.equal(checked(message, value), value);
  });
});
