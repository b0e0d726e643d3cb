import fc from 'fast-check';
import assert from 'node:assert/strict';
import { jsonLines } from '../../../../../media/inspector/json/jsonLines';
import { findMatches, mostMatches } from '../../../../../media/inspector/json/jsonSearch';

const found = (json: unknown, wanted: string): string[] => {
  const lines = jsonLines(json);
  return findMatches(lines, wanted).map(({ line, begin, end }) => `${line}: ${lines[line]?.text.slice(begin, end)}`);
};

describe('findMatches', () => {
  it('finds in keys and values, in upper and lower case', () => {
    assert.deepEqual(found({ Label: 'a label', other: 'LABEL label' }, 'label'), [
      '1: Label',
      '1: label',
      '2: LABEL',
      '2: label',
    ]);
  });

  it('finds nothing for nothing', () => assert.deepEqual(found({ a: 1 }, ''), []));

  it('finds no match within another one', () => assert.deepEqual(found('aaaa', 'aa'), ['0: aa', '0: aa']));

  it('tells places after characters of two units', () => assert.deepEqual(found('😀 x', 'x'), ['0: x']));

  it('takes signs of expressions as they are', () => {
    for (const wanted of ['.*', '[a]', '(a|b)', 'a{2}', '^a$', 'a+?', '$&', '-', '/', '\u{1f600}', '\\\\']) {
      const text = JSON.parse(`"${wanted}"`) as string;
      assert.deepEqual(found([text, 'nothing'], wanted), [`1: ${wanted}`], wanted);
    }
  });

  it('finds any text wherever it stands, as often as it stands there', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', '.', '\\', '[', '^', ' ', '-'), maxLength: 20 });
    fc.assert(
      fc.property(letters, letters, (text, wanted) => {
        const [line] = jsonLines(text);
        const times = wanted === '' ? 0 : (line?.text.toLowerCase().split(wanted.toLowerCase()).length ?? 0) - 1;
        assert.equal(found(text, wanted).length, times);
      }),
    );
  });

  it('takes halves of characters', () => assert.deepEqual(found('x', '\ud83d'), []));

  it('ends where a count says nothing more', () => {
    assert.equal(findMatches(jsonLines('x'.repeat(mostMatches + 5)), 'x').length, mostMatches);
  });
});
