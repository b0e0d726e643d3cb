import fc from 'fast-check';
import assert from 'node:assert/strict';
import { visibleJson, visibleLine, visibleText } from '../../../../media/shared/visible';
import { oneLine } from '../../../../src/base/visible';

/** What the page shows of a line at the most. */
const longest = 1_000;
/** Text in which controls, bidi marks, joiners, blank letters and halves of characters are no rarity. */
const unit = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom(
    'a',
    'b',
    '\n',
    '\r',
    '\t',
    '\0',
    '\u001b',
    '\u007f',
    '\u009b',
    '\u200b',
    '\u200f',
    '\u2028',
    '\u202e',
    '\u2066',
    '\u2069',
    '\u3164',
    '\ufe0f',
    '\ufeff',
    '\ud83d',
    '\ude00',
  ),
);
const foreign = fc.array(unit, { maxLength: 50 }).map(parts => parts.join(''));

describe('What the page makes visible', () => {
  it('of every character there is, is what the host does', () => {
    for (let first = 0; first <= 0x10ffff; first += 128) {
      const text = String.fromCodePoint(...Array.from({ length: 128 }, (_, index) => first + index));
      assert.equal(visibleLine(text), oneLine(text));
    }
  });

  it('of any line, is what the host does', () => {
    fc.assert(fc.property(foreign, text => assert.equal(visibleLine(text), oneLine(text, longest))));
  });

  it('of a line that is cut, is what the host does, and no half of a character', () => {
    for (const character of ['x', '😀', '\u202e']) {
      for (const length of [998, 999, 1_000, 1_001, 2_500]) {
        const text = `x${character.repeat(length)}`;
        assert.equal(visibleLine(text), oneLine(text, longest));
      }
    }
  });

  it('of a text, is what the host does of each of its lines', () => {
    fc.assert(
      fc.property(foreign, text => {
        const cells = (line: string): string =>
          line
            .split('\t')
            .map(cell => oneLine(cell))
            .join('\t');
        assert.equal(visibleText(text), text.replaceAll('\r\n', '\n').split('\n').map(cells).join('\n'));
      }),
    );
  });

  it('of a JSON text, is that of the same value', () => {
    fc.assert(
      fc.property(foreign, text => {
        const shown = visibleJson(JSON.stringify(text));
        assert.equal(JSON.parse(shown), text);
        assert.equal(visibleLine(shown), shown);
      }),
    );
  });
});
