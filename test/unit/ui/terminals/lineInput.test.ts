import assert from 'node:assert/strict';
import { LineInput } from '../../../../src/ui/terminals/lineInput';

describe('Lines that are typed for a program without a terminal', () => {
  const cases: [name: string, keys: string, expected: { echo: string; sent: string; ends: boolean }][] = [
    ['go with Enter', 'one\rtwo', { echo: 'one\r\ntwo', sent: 'one\n', ends: false }],
    [
      'are mended by Backspace, a character at a time',
      'a😀\x7fb\r',
      { echo: 'a😀\b \bb\r\n', sent: 'ab\n', ends: false },
    ],
    ['have nothing before their start', '\x7f\x7fa\r', { echo: 'a\r\n', sent: 'a\n', ends: false }],
    ['are dropped by Ctrl+U', 'ab\x15c\r', { echo: 'ab\b \b\b \bc\r\n', sent: 'c\n', ends: false }],
    ['know no arrows', 'a\x1b[D\x1bOA\x1b[1;5Cb\r', { echo: 'ab\r\n', sent: 'ab\n', ends: false }],
    ['may be pasted', '\x1b[200~a\r\nb\n\x1b[201~', { echo: 'a\r\nb\r\n', sent: 'a\nb\n', ends: false }],
    ['end with Ctrl+D', 'last\x04more', { echo: 'last', sent: 'last', ends: true }],
    ['know no other controls', 'a\x03\x1ab\r', { echo: 'ab\r\n', sent: 'ab\n', ends: false }],
  ];
  for (const [name, keys, expected] of cases) {
    it(name, () => assert.deepEqual(new LineInput().take(keys), expected));
  }
});
