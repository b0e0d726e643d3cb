import fc from 'fast-check';
import assert from 'node:assert/strict';
import { type Nanoseconds, StampReader } from '../../../../src/engine/logs/times';

const time = (iso: string, nanoseconds = 0): Nanoseconds => BigInt(Date.parse(iso)) * 1_000_000n + BigInt(nanoseconds);

describe('The stamps of a log', () => {
  const known: readonly (readonly [stamp: string, time: Nanoseconds])[] = [
    ['2026-01-31T14:00:05.123456789Z', time('2026-01-31T14:00:05Z', 123_456_789)],
    ['2026-01-31T14:00:05.000000001Z', time('2026-01-31T14:00:05Z', 1)],
    ['2026-01-31T14:00:05.1Z', time('2026-01-31T14:00:05Z', 100_000_000)],
    ['2026-01-31T14:00:05Z', time('2026-01-31T14:00:05Z')],
    ['2026-01-31T15:00:05+01:00', time('2026-01-31T14:00:05Z')],
    ['2026-01-31T14:00:05.999999999-00:30', time('2026-01-31T14:30:05Z', 999_999_999)],
    ['2026-01-31T14:00:06.000000000Z', time('2026-01-31T14:00:06Z')],
  ];
  const none = [
    '',
    'text',
    'a line of text that has no stamp at all',
    '2026-01-31T14:00:05.123456789Z',
    '2026-01-31T14:00:05.12345678xZ text',
    '2026-01-31T14:00:05.Z text',
    '2026-01-31T14:00:05garbage text',
    '2026-13-31T14:00:05Z text',
    ' 2026-01-31T14:00:05Z text',
  ];

  it('are read to the nanosecond, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 20 }), stamps => {
        const reader = new StampReader();
        for (const [stamp, expected] of stamps) {
          assert.deepEqual(reader.read(Buffer.from(`${stamp} text`)), { time: expected, length: stamp.length + 1 });
        }
      }),
    );
  });

  it('are none if nothing of their form is there', () => {
    const reader = new StampReader();
    for (const before of known) {
      reader.read(Buffer.from(`${before[0]} text`));
      for (const text of none) assert.equal(reader.read(Buffer.from(text)), undefined, text);
    }
  });
});
