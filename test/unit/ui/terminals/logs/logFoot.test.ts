import assert from 'node:assert/strict';
import { LogFilter } from '../../../../../src/ui/terminals/logs/logFilter';
import type * as LogFootModule from '../../../../../src/ui/terminals/logs/logFoot';
import { parsePattern } from '../../../../../src/ui/terminals/logs/pattern';
import { l10n, loadAnew } from '../../vscodeStub';

const { footText, inForceText } = loadAnew(['text'], 'terminals/logs/logFoot', { l10n }) as typeof LogFootModule;

const drawn = (text: string): string => `\x1b[?7l\x1b[7m ${text}\x1b[27m\x1b[?7h`;

describe('The foot of a log', () => {
  const cases: [what: string, text: string, columns: number, kept: LogFootModule.Kept, shown: string][] = [
    ['a text that fits', 'paused', 20, 'start', 'paused'],
    ['a text that just fits', 'paused', 8, 'start', 'paused'],
    ['the start of a longer one', 'paused', 7, 'start', 'paus…'],
    ['the end of a longer one', 'paused', 7, 'end', '…used'],
    ['wide characters, which take two cells', '过滤日志', 10, 'start', '过滤日志'],
    ['fewer wide characters', '过滤日志', 9, 'start', '过滤日…'],
    ['the last wide characters', '过滤日志', 9, 'end', '…滤日志'],
    ['emoji whole', '😀😀😀😀', 8, 'end', '…😀😀'],
    ['something in the narrowest terminal', 'paused', 1, 'start', '…'],
  ];
  for (const [what, text, columns, kept, shown] of cases) {
    it(`shows ${what}`, () => assert.equal(footText(text, columns, kept), drawn(shown)));
  }

  it('is empty if there is nothing to tell', () => {
    assert.equal(footText('', 80), '');
    const look = { clock: 'off', filter: undefined, find: undefined } as const;
    assert.equal(inForceText({ look, paused: false, at: undefined, slow: undefined }), '');
  });

  it('tells everything that is in force', () => {
    const pattern = parsePattern('!/a\tb/');
    assert.ok(pattern);
    const filter = new LogFilter(pattern, 2);
    const match = { start: 0, length: 1 };
    filter.take([undefined, match, match, match]);
    const look = { clock: 'utc', filter, find: parsePattern('x') } as const;
    assert.equal(
      inForceText({ look, paused: true, at: { match: 1, of: 3 }, slow: '/(a+)+$/' }),
      'paused, space goes on · filter !/a␉b/ · lines around: 2 · 1 of 4 lines hidden · find x 2/3 · times in UTC · ' +
        '/(a+)+$/ takes too long and was given up',
    );
    const found = { look: { ...look, clock: 'local', filter: undefined } as const, paused: false, slow: undefined };
    assert.equal(inForceText({ ...found, at: { match: 0, of: 0 } }), 'find x not found · local times');
    assert.equal(inForceText({ ...found, at: undefined }), 'find x · local times');
  });
});
