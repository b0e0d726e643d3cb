import assert from 'node:assert/strict';
import { LineInput } from '../../../src/ui/terminals/lineInput';
import { KeyWatch, readKeys } from '../../../src/ui/terminals/processes/keys';
import { PieceText } from '../../../src/ui/terminals/processes/pieceText';

describe('Detach keys', () => {
  const written: [text: string, keys: string | undefined][] = [
    ['ctrl-p,ctrl-q', '\x10\x11'],
    ['ctrl-],ctrl-]', '\x1d\x1d'],
    ['Ctrl-A, d', '\x01d'],
    ['ctrl-@,ctrl-[,ctrl-\\,ctrl-^,ctrl-_', '\x00\x1b\x1c\x1e\x1f'],
    ['', undefined],
    ['ctrl-', undefined],
    ['ctrl-1', undefined],
    ['quit', undefined],
  ];
  for (const [text, keys] of written) {
    it(`written “${text}” are ${keys === undefined ? 'refused' : JSON.stringify(keys)}`, () => {
      assert.equal(readKeys(text), keys);
    });
  }

  const typed: [name: string, keys: string, input: string[], passed: string, found: boolean][] = [
    ['together', 'ab', ['xab'], 'x', true],
    ['one after the other', 'ab', ['x', 'a', 'b'], 'x', true],
    ['begun and not gone on with', 'ab', ['a', 'x'], 'ax', false],
    ['begun twice', 'aab', ['a', 'a', 'a', 'b'], 'a', true],
    ['held until something follows', 'ab', ['a'], '', false],
    ['not at all', 'ab', ['ba'], 'b', false],
  ];
  for (const [name, keys, input, passed, found] of typed) {
    it(`are found when typed ${name}: ${found ? 'yes' : 'no'}`, () => {
      const watch = new KeyWatch(keys);
      const results = input.map(data => watch.take(data));
      assert.equal(results.map(result => result.passed).join(''), passed);
      assert.equal(
        results.some(result => result.found),
        found,
      );
    });
  }
});

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

describe('The text of a process', () => {
  it('keeps characters whole that are cut between pieces of a stream, also where the other’s come between', () => {
    const text = new PieceText(true);
    const bytes = Buffer.from('ä😀');
    const shown = [...bytes].map(byte => text.of([{ stream: 'stdout', bytes: Buffer.of(byte), ends: true }]));
    assert.equal(shown.join(''), 'ä😀');
  });

  it('has the line ends that a terminal wants, and errors in red, where there was no terminal', () => {
    const text = new PieceText(false);
    const of = (line: string, stream: 'stdout' | 'stderr' = 'stdout'): string =>
      text.of([{ stream, bytes: Buffer.from(line), ends: true }]);
    assert.equal(of('a\nb\r\nc\r') + of('\nd'), 'a\r\nb\r\nc\r\nd');
    assert.equal(of('bad\n', 'stderr'), '\x1b[31mbad\r\n\x1b[39m');
  });

  const [red, green, usual] = ['\x1b[31m', '\x1b[32m', '\x1b[39m'];
  const cut: [what: string, pieces: [stream: 'stdout' | 'stderr', text: string][], shown: string][] = [
    [
      'within a colour',
      [
        ['stderr', `${green}ab`],
        ['stderr', `cd${usual}\n`],
      ],
      `${red}${green}abcd${usual}\r\n${usual}`,
    ],
    [
      'within a colour, with the other stream between',
      [
        ['stderr', `${green}ab`],
        ['stdout', 'out'],
        ['stderr', 'cd'],
      ],
      `${red}${green}ab${usual}out${green}cd`,
    ],
    [
      'within the sequence of one',
      [
        ['stderr', 'a\x1b[3'],
        ['stderr', `2mb\x1b`],
        ['stderr', `[mc`],
      ],
      `${red}a${usual}${red}${green}b\x1b[mc${usual}`,
    ],
    [
      'within a sequence, with the other stream between',
      [
        ['stdout', 'a\x1b'],
        ['stderr', 'b'],
        ['stdout', '[32mc'],
      ],
      `a${red}b${usual}${green}c`,
    ],
    [
      'behind a colour of many',
      [
        ['stderr', '\x1b[38;5;39mab'],
        ['stderr', 'cd'],
      ],
      `${red}\x1b[38;5;39mabcd`,
    ],
    [
      'behind its end',
      [
        ['stderr', `${green}a\x1b[0m`],
        ['stderr', 'b'],
      ],
      `${red}${green}a\x1b[0m${usual}${red}b${usual}`,
    ],
  ];
  for (const [what, pieces, shown] of cut) {
    it(`keeps colours that are cut ${what}`, () => {
      const text = new PieceText(false);
      const all = pieces.map(([stream, piece]) => text.of([{ stream, bytes: Buffer.from(piece), ends: true }]));
      assert.equal(all.join(''), shown);
    });
  }

  it('is as it came where there was one', () => {
    assert.equal(
      new PieceText(true).of([{ stream: 'stdout', bytes: Buffer.from('a\nb\r\n'), ends: true }]),
      'a\nb\r\n',
    );
  });
});
