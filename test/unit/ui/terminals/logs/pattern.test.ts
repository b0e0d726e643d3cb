import assert from 'node:assert/strict';
import { LogFilter } from '../../../../../src/ui/terminals/logs/logFilter';
import { parsePattern, SlowPattern } from '../../../../../src/ui/terminals/logs/pattern';

function matching(typed: string, lines: readonly string[]): string[] {
  const matches = parsePattern(typed)?.find(lines) ?? [];
  return lines.filter((_, index) => matches[index]);
}

describe('A pattern', () => {
  const lines = ['GET /health 200', 'error: Timeout', 'ERROR: disk', 'a.b', 'axb', '100 %'];
  const cases: readonly (readonly [typed: string, matches: readonly string[]])[] = [
    ['error', ['error: Timeout', 'ERROR: disk']],
    ['ERROR', ['ERROR: disk']],
    ['a.b', ['a.b']],
    ['/a.b/', ['a.b', 'axb']],
    ['/^error/i', ['error: Timeout', 'ERROR: disk']],
    ['/health', ['GET /health 200']],
    ['!error', ['error: Timeout', 'ERROR: disk']],
    ['[', []],
  ];
  for (const [typed, expected] of cases) {
    it(`finds: ${typed}`, () => assert.deepEqual(matching(typed, lines), expected));
  }

  it('tells where a line matches', () => {
    assert.deepEqual(parsePattern('/o+/')?.find(['foo', 'bar']), [{ start: 1, length: 2 }, undefined]);
    assert.deepEqual(parsePattern('ba')?.find(['foo', 'a BAR']), [undefined, { start: 2, length: 2 }]);
  });

  it('is undefined if nothing was typed, and excludes with an exclamation mark', () => {
    assert.equal(parsePattern(''), undefined);
    assert.equal(parsePattern('!'), undefined);
    assert.equal(parsePattern('!x')?.exclude, true);
  });

  it('is refused if it is not a valid expression', () => {
    assert.throws(() => parsePattern('/(/'), SyntaxError);
  });

  for (const typed of ['/^(a+)+$/', '/(a|aa)+$/', '/(.*a){25}$/']) {
    it(`is given up if it would take years: ${typed}`, () => {
      const start = performance.now();
      assert.throws(() => parsePattern(typed)?.find([`${'a'.repeat(60)}b`]), SlowPattern);
      assert.ok(performance.now() - start < 2_000);
      assert.deepEqual(matching('/ok/', ['ok']), ['ok'], 'the next pattern works');
    });
  }
});

describe('A filter', () => {
  const filtered = (typed: string, context: number, groups: readonly (readonly string[])[]): [string[], number] => {
    const pattern = parsePattern(typed);
    assert.ok(pattern);
    const filter = new LogFilter(pattern, context);
    const all: string[] = [];
    const shown: string[] = [];
    for (const group of groups) {
      const base = all.length;
      all.push(...group);
      shown.push(...filter.take(pattern.find(group)).map(index => all[base + index] ?? 'missing'));
    }
    return [shown, filter.hidden];
  };

  const lines = ['1', '2', 'x3', '4', '5', '6', 'x7', 'x8', '9'];
  const cases: readonly (readonly [typed: string, context: number, shown: string, hidden: number])[] = [
    ['x', 0, 'x3 x7 x8', 6],
    ['!x', 0, '1 2 4 5 6 9', 3],
    ['x', 1, '2 x3 4 6 x7 x8 9', 2],
    ['x', 5, '1 2 x3 4 5 6 x7 x8 9', 0],
    ['nothing', 3, '', 9],
  ];
  for (const [typed, context, shown, hidden] of cases) {
    it(`shows for ${typed} with ${context} lines around: ${shown}, however the lines are grouped`, () => {
      for (let size = 1; size <= lines.length; size++) {
        const groups = lines.flatMap((_, index) => (index % size === 0 ? [lines.slice(index, index + size)] : []));
        assert.deepEqual(filtered(typed, context, groups), [shown.split(' ').filter(Boolean), hidden], `${size}`);
      }
    });
  }
});
