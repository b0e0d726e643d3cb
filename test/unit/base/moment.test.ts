import assert from 'node:assert/strict';
import { parseMoment } from '../../../src/base/moment';

const now = new Date(2026, 0, 31, 14, 30, 0).getTime();
const at = (...parts: [number, number, number, number?, number?, number?, number?]): number =>
  new Date(...parts).getTime();

describe('A moment as people write it', () => {
  const moments: readonly (readonly [text: string, moment: number])[] = [
    ['10m', now - 600_000],
    [' 10 min ', now - 600_000],
    ['2h30m', now - 9_000_000],
    ['2h 30m ago', now - 9_000_000],
    ['1.5h', now - 5_400_000],
    ['90s', now - 90_000],
    ['1d', now - 86_400_000],
    ['1w', now - 604_800_000],
    ['now', now],
    ['Today', at(2026, 0, 31)],
    ['yesterday', at(2026, 0, 30)],
    ['2026-01-31', at(2026, 0, 31)],
    ['2026-1-3', at(2026, 0, 3)],
    ['2026-01-31 14:00', at(2026, 0, 31, 14)],
    ['2026-01-31T14:00:05', at(2026, 0, 31, 14, 0, 5)],
    ['2026-01-31 14:00:05.25', at(2026, 0, 31, 14, 0, 5, 250)],
    ['2026-01-31T14:00:05.123456789Z', Date.UTC(2026, 0, 31, 14, 0, 5, 123)],
    ['2026-01-31T14:00:00+02:00', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31 14:00 -0330', Date.UTC(2026, 0, 31, 17, 30)],
    ['14:00', at(2026, 0, 31, 14)],
    ['15:00', at(2026, 0, 30, 15)],
    ['00:00:01', at(2026, 0, 31, 0, 0, 1)],
    ['1769868000', 1_769_868_000_000],
  ];
  for (const [text, moment] of moments) {
    it(`is read: ${text}`, () => assert.equal(parseMoment(text, now), moment));
  }

  for (const text of [
    '',
    'soon',
    '10',
    '10x',
    'm',
    '-5m',
    '5m10',
    '2026-13-01',
    '2026-02-30',
    '2026-01-31 25:00',
    '24:00',
    '12:60',
    '31.01.2026',
    '2026-01-31 14',
    '9'.repeat(5_000) + 'm',
    '1m'.repeat(5_000) + 'x',
  ]) {
    it(`is not guessed: ${text.slice(0, 30)}`, () => assert.equal(parseMoment(text, now), undefined));
  }
});
