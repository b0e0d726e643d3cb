import assert from 'node:assert/strict';
import type * as LogPromptModule from '../../../../../src/ui/terminals/logs/logPrompt';
import { l10n, loadAnew } from '../../vscodeStub';

const { LogPrompt } = loadAnew([], 'terminals/logs/logPrompt', { l10n }) as typeof LogPromptModule;
const label = 'filter (!text hides, /expression/)';

describe('The question at the foot of a log', () => {
  const cases: [what: string, before: string, keys: readonly string[], line: string, answer: string | undefined][] = [
    ['takes what is typed', '', ['a', 'b', 'c'], 'abc', 'abc'],
    ['goes on with what was in force', 'ab', ['c'], 'abc', 'abc'],
    ['takes a paste', '', ['a b', 'c'], 'a bc', 'a bc'],
    ['rubs out a character, however wide', 'a日😀', ['\x7f', '\b'], 'a', 'a'],
    ['rubs out nothing before its start', '', ['\x7f', 'a'], 'a', 'a'],
    ['rubs out all', 'abc', ['\x15', 'd'], 'd', 'd'],
    ['knows no arrows', 'ab', ['\x1b[D', '\x1bOA', 'c'], 'abc', 'abc'],
    ['takes no controls', 'ab', ['\x01', '\x0b', '\x9b', 'c\nd'], 'abcd', 'abcd'],
    ['looks for a tab, and shows it', '', ['a\tb'], 'a␉b', 'a\tb'],
    ['looks for what cannot be seen, and shows it', '', ['❤', '\ufe0f'], '❤‹U+FE0F›', '❤\ufe0f'],
    ['answers with nothing', 'abc', ['\x15'], '', undefined],
  ];
  for (const [what, before, keys, line, answer] of cases) {
    it(what, () => {
      const prompt = new LogPrompt('filter', before);
      for (const key of keys) assert.equal(prompt.type(key), 'open');
      assert.equal(prompt.line, `${label}: ${line}▏`);
      const asked = prompt.type('\r');
      assert.ok(typeof asked === 'object');
      assert.equal(asked.answer?.typed, answer);
    });
  }

  it('is left by Escape and Ctrl+C', () => {
    assert.equal(new LogPrompt('find', 'abc').type('\x1b'), 'left');
    assert.equal(new LogPrompt('find', 'abc').type('\x03'), 'left');
  });

  it('says what is wrong with an expression until it is corrected', () => {
    const prompt = new LogPrompt('find', '/a(/');
    assert.equal(prompt.type('\r'), 'open');
    assert.match(prompt.line, /^find: \/a\(\/▏ Invalid regular expression: .+$/);
    assert.equal(prompt.type('\x7f'), 'open');
    assert.equal(prompt.line, 'find: /a(▏');
  });

  it('takes no more text than can be searched, and no half of a character', () => {
    const prompt = new LogPrompt('find', 'x'.repeat(499));
    for (const key of ['😀', 'y', 'z']) prompt.type(key);
    const asked = prompt.type('\r');
    assert.ok(typeof asked === 'object');
    assert.equal(asked.answer?.typed, `${'x'.repeat(499)}y`);
  });
});
