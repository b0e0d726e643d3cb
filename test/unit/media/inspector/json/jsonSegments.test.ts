import fc from 'fast-check';
import assert from 'node:assert/strict';
import { jsonLines } from '../../../../../media/inspector/json/jsonLines';
import { indentation, segmentsOf } from '../../../../../media/inspector/json/jsonSegments';

/** How many columns a text takes where wide characters take two. */
const columnsOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character > '\u10ff' ? 2 : 1), 0);

describe('segmentsOf', () => {
  const long = { key: 'x'.repeat(50), wide: '数据😀'.repeat(20), deep: [[[[[['y'.repeat(30)]]]]]] };
  const lines = jsonLines(long);

  for (const columns of [0, 8, 20, 33, 80, 1_000]) {
    it(`cuts every line into rows of ${columns} columns at the most, of which nothing is missing`, () => {
      const texts = lines.map(() => '');
      for (const { line, begin, end } of segmentsOf(lines, new Set(), columns)) {
        const part = lines[line]?.text.slice(begin, end) ?? '';
        assert.equal(begin, texts[line]?.length);
        const room = lines[line] ? columns - indentation(lines[line], columns) : 0;
        assert.ok(columnsOf(part) <= Math.max(8, room), part);
        assert.equal(Buffer.from(part).toString(), part, 'a character is cut in two');
        texts[line] = (texts[line] ?? '') + part;
      }
      assert.deepEqual(
        texts,
        lines.map(({ text }) => text),
      );
    });
  }

  it('leaves out what is folded, but its first line', () => {
    const shown = (...folded: string[]): (string | undefined)[] =>
      segmentsOf(jsonLines({ a: { b: [1] }, c: 2 }), new Set(folded), 80).map(
        ({ line }) => jsonLines({ a: { b: [1] }, c: 2 })[line]?.text,
      );
    assert.deepEqual(shown('/a'), ['{', '"a": {', '"c": 2', '}']);
    assert.deepEqual(shown('/a/b', '/gone'), ['{', '"a": {', '"b": [', '},', '"c": 2', '}']);
    assert.deepEqual(shown(''), ['{']);
  });

  it('ends for any text and any width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.nat(30), (text, columns) => {
        const [line] = jsonLines(text);
        const segments = segmentsOf(line ? [line] : [], new Set(), columns);
        assert.equal(segments.map(({ begin, end }) => line?.text.slice(begin, end)).join(''), line?.text);
      }),
    );
  });
});
