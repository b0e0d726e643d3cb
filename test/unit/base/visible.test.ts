import assert from 'node:assert/strict';
import { oneLine, withoutIcons, withoutMarkup } from '../../../src/base/visible';

/** The least of many times, which a busy machine does not change, in milliseconds. */
function quickest(text: string): number {
  const times = Array.from({ length: 100 }, () => {
    const start = performance.now();
    assert.equal(oneLine(text).length, 200);
    return performance.now() - start;
  });
  return Math.min(...times);
}

describe('oneLine', () => {
  const cases: [name: string, text: string, shown: string][] = [
    ['leaves plain names alone', 'web_1.a-b', 'web_1.a-b'],
    ['leaves other scripts alone', 'données 数据 😀', 'données 数据 😀'],
    ['shows line breaks', 'a\r\nb', 'a␍␊b'],
    ['shows escape sequences', '\u001b]52;c;AA\u0007', '␛]52;c;AA␇'],
    ['shows tabs, NUL and delete', '\t\0\u007f', '␉␀␡'],
    ['shows C1 controls', '\u0085\u009b', '‹U+0085›‹U+009B›'],
    ['shows bidi overrides and isolates', 'a\u202Eb\u2066c\u200F', 'a‹U+202E›b‹U+2066›c‹U+200F›'],
    ['shows zero widths', 'a\u200bb\u2060c\ufeff', 'a‹U+200B›b‹U+2060›c‹U+FEFF›'],
    ['shows line and paragraph separators', '\u2028\u2029', '‹U+2028›‹U+2029›'],
    ['shows blank letters and tag characters', '\u3164\u{e0041}', '‹U+3164›‹U+E0041›'],
    ['shows lone surrogates', 'a\ud800', 'a‹U+D800›'],
  ];
  for (const [name, text, shown] of cases) it(name, () => assert.equal(oneLine(text), shown));

  it('cuts long text with an ellipsis, and keeps text up to the limit', () => {
    assert.equal(oneLine('abcdef', 5), 'abcd…');
    assert.equal(oneLine('abcde', 5), 'abcde');
  });

  it('cuts no character in two', () => assert.equal(oneLine('😀😀😀', 2), '😀…'));

  it('costs no more for megabytes than for what is shown', () => {
    const [short, long] = [1_000, 20_000_000].map(length => quickest(Buffer.alloc(length, 'x').toString('latin1')));
    assert.ok((long ?? Infinity) < 50 * (short ?? 0), `${long} ms for megabytes, ${short} ms for a kilobyte`);
  });
});

describe('withoutIcons', () => {
  it('breaks each icon', () => {
    assert.equal(withoutIcons('a $(bug) $(zap~spin)'), 'a $\u2060(bug) $\u2060(zap~spin)');
  });
  it('leaves other dollars alone', () => assert.equal(withoutIcons('$a ($) $ ('), '$a ($) $ ('));
});

describe('withoutMarkup', () => {
  it('breaks links and icons', () => {
    assert.equal(withoutMarkup('[x](command:a) $(bug)'), '[x]\u2060(command:a) $\u2060(bug)');
  });
  it('leaves brackets of other kinds alone', () => assert.equal(withoutMarkup('a[0] (b)'), 'a[0] (b)'));
});
