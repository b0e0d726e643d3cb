import fc from 'fast-check';
import assert from 'node:assert/strict';
import { type JsonLine, jsonLines } from '../../../../../media/inspector/json/jsonLines';

const key = fc.oneof(fc.string(), fc.constantFrom('a/b', '~1', '__proto__', '', '\u202e', '0'));
/** Values as `JSON.parse` makes them, with keys that would lead astray. */
const json = fc
  .letrec(again => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
      fc.constant(null),
      fc.array(again('value'), { maxLength: 5 }),
      fc.array(fc.tuple(key, again('value')), { maxLength: 5 }).map(entries => Object.fromEntries(entries)),
    ),
  }))
  .value.map(value => JSON.parse(JSON.stringify(value)) as unknown);

const printed = (lines: readonly JsonLine[]): string =>
  lines.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`).join('\n');

describe('jsonLines', () => {
  it('prints as JSON.stringify does', () => {
    const value = { a: [1, -0.5, 'x', true, null], 'b"': {}, c: [], d: { 'e/f~': { g: [[]] } } };
    assert.equal(printed(jsonLines(value)), JSON.stringify(value, undefined, 2));
  });

  for (const value of ['x', 3, false, null, [], {}]) {
    it(`makes one line of ${JSON.stringify(value)}`, () => {
      assert.deepEqual(
        jsonLines(value).map(({ text, end }) => [text, end]),
        [[JSON.stringify(value), undefined]],
      );
    });
  }

  it('prints any value so that it is read as the same', () => {
    fc.assert(fc.property(json, value => assert.deepEqual(JSON.parse(printed(jsonLines(value))), value)));
  });

  it('shows nothing that hides or reorders', () => {
    const [line] = jsonLines('a\u202eb\u200b\ufeff');
    assert.equal(line?.text, String.raw`"a\u202eb\u200b\ufeff"`);
  });

  it('tells where each value is, so that it is found there', () => {
    fc.assert(
      fc.property(json, value => {
        for (const line of jsonLines(value)) assert.equal(at(value, line.path), line.value);
      }),
    );
  });

  it('tells where each key ends and each value begins', () => {
    fc.assert(
      fc.property(json, value => {
        for (const { text, valueAt, value: own } of jsonLines(value)) {
          const [before, after] = [text.slice(0, valueAt), text.slice(valueAt).replace(/,$/, '')];
          if (before !== '') assert.equal(typeof JSON.parse(before.replace(/: $/, '')), 'string');
          if (typeof own !== 'object') assert.deepEqual(JSON.parse(after), own);
        }
      }),
    );
  });

  it('numbers the siblings, and leads from each bracket to the one that closes it', () => {
    fc.assert(
      fc.property(json, value => {
        const lines = jsonLines(value);
        for (const [index, { end, depth, path, siblings }] of lines.entries()) {
          if (end === undefined) continue;
          const closing = lines[end];
          assert.deepEqual([closing?.path, closing?.depth, closing?.position], [path, depth, 0]);
          assert.equal(closing?.siblings, siblings);
          const inside = lines.slice(index + 1, end).filter(line => line.depth === depth + 1 && line.position > 0);
          assert.deepEqual(
            inside.map(({ position, siblings: all }) => [position, all]),
            inside.map((_, place) => [place + 1, inside.length]),
          );
        }
      }),
    );
  });
});

/** What RFC 6901 finds. */
function at(value: unknown, path: string): unknown {
  const names = path.split('/').slice(1);
  return names
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, name) => (found as Record<string, unknown>)[name], value);
}
