import assert from 'node:assert/strict';
import { KeyWatch, readKeys } from '../../../../../src/ui/terminals/processes/keys';

describe('Detach keys', () => {
  const written: [text: string, keys: string | undefined][] = [
    ['ctrl-p,ctrl-q', '\x10\x11'],
    ['ctrl-],ctrl-]', '\x1d\x1d'],
    ['Ctrl-A, d', '\x01d'],
    ['ctrl-@,ctrl-[,ctrl-\\,ctrl-^,ctrl-_', '\x00\x1b\x1c\x1e\x1f'],
    ['', undefined],
    ['ctrl-', undefined],
    ['ctrl-1', undefined],
    ['quit', undefined],
  ];
  for (const [text, keys] of written) {
    it(`written “${text}” are ${keys === undefined ? 'refused' : JSON.stringify(keys)}`, () => {
      assert.equal(readKeys(text), keys);
    });
  }

  const typed: [name: string, keys: string, input: string[], passed: string, found: boolean][] = [
    ['together', 'ab', ['xab'], 'x', true],
    ['one after the other', 'ab', ['x', 'a', 'b'], 'x', true],
    ['begun and not gone on with', 'ab', ['a', 'x'], 'ax', false],
    ['begun twice', 'aab', ['a', 'a', 'a', 'b'], 'a', true],
    ['held until something follows', 'ab', ['a'], '', false],
    ['not at all', 'ab', ['ba'], 'b', false],
  ];
  for (const [name, keys, input, passed, found] of typed) {
    it(`are found when typed ${name}: ${found ? 'yes' : 'no'}`, () => {
      const watch = new KeyWatch(keys);
      const results = input.map(data => watch.take(data));
      assert.equal(results.map(result => result.passed).join(''), passed);
      assert.equal(
        results.some(result => result.found),
        found,
      );
    });
  }
});
