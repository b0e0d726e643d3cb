import assert from 'node:assert/strict';
import { OutputText } from '../../../../../src/ui/terminals/processes/outputText';

describe('The text of a process', () => {
  it('keeps characters whole that are cut between two pieces of a stream', () => {
    const text = new OutputText(true);
    const bytes = Buffer.from('ä😀');
    const shown = [...bytes].map(byte => text.format([{ stream: 'stdout', bytes: Buffer.of(byte), ends: true }]));
    assert.equal(shown.join(''), 'ä😀');
  });

  it('without a terminal has the line ends that a terminal needs, and errors in red', () => {
    const text = new OutputText(false);
    const of = (line: string, stream: 'stdout' | 'stderr' = 'stdout'): string =>
      text.format([{ stream, bytes: Buffer.from(line), ends: true }]);
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
      const text = new OutputText(false);
      const all = pieces.map(([stream, piece]) => text.format([{ stream, bytes: Buffer.from(piece), ends: true }]));
      assert.equal(all.join(''), shown);
    });
  }

  it('with a terminal stays as it is', () => {
    assert.equal(
      new OutputText(true).format([{ stream: 'stdout', bytes: Buffer.from('a\nb\r\n'), ends: true }]),
      'a\nb\r\n',
    );
  });
});
