import fc from 'fast-check';
import assert from 'node:assert/strict';
import { list, number, oneOf, record, records, text, textMap, texts } from '../../../src/base/read';

describe('The readers of untrusted values', () => {
  const cases: [name: string, read: (value: unknown) => unknown, good: [unknown, unknown][], empty: unknown][] = [
    ['record', record, [[{ a: 1 }, { a: 1 }]], {}],
    [
      'list',
      list,
      [
        [
          [1, 'a'],
          [1, 'a'],
        ],
      ],
      [],
    ],
    [
      'records',
      records,
      [
        [
          [{ a: 1 }, 2],
          [{ a: 1 }, {}],
        ],
      ],
      [],
    ],
    ['text', text, [['a', 'a']], ''],
    [
      'number',
      number,
      [
        [0, 0],
        [-1.5, -1.5],
      ],
      undefined,
    ],
    [
      'texts',
      texts,
      [
        [
          ['a', 1, null, 'b'],
          ['a', 'b'],
        ],
      ],
      [],
    ],
  ];
  const wrong: readonly unknown[] = [undefined, null, true, Symbol('a'), () => 1, NaN, Infinity];
  for (const [name, read, good, empty] of cases) {
    it(`${name} gives the wanted shape`, () => {
      for (const [value, expected] of good) assert.deepEqual(read(value), expected);
    });
    it(`${name} gives an empty one for anything else`, () => {
      for (const value of wrong) assert.deepEqual(read(value), empty);
    });
    it(`${name} never throws`, () => {
      fc.assert(fc.property(fc.anything(), value => void read(value)));
    });
  }

  it('textMap keeps text values only, and treats __proto__ as a plain key', () => {
    const map = textMap(JSON.parse('{"a":"1","b":2,"c":null,"__proto__":"p","constructor":"c"}'));
    assert.deepEqual(Object.entries(map), [
      ['a', '1'],
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
    assert.equal(Object.getPrototypeOf(map), null);
  });

  it('oneOf gives the value when it is an option, else the default', () => {
    assert.equal(oneOf('b', ['a', 'b'], 'a'), 'b');
    for (const value of ['c', 1, null, undefined, {}]) assert.equal(oneOf(value, ['a', 'b'], 'a'), 'a');
  });
});
