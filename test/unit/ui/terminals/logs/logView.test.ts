import assert from 'node:assert/strict';
import type { LogRecord } from '../../../../../src/engine/logs/records';
import { fromMilliseconds } from '../../../../../src/engine/logs/times';
import { LogView, type LogViewOptions } from '../../../../../src/ui/terminals/logs/logView';
import { parsePattern } from '../../../../../src/ui/terminals/logs/pattern';

const esc = '\x1b';
const clear = `${esc}[2J${esc}[3J${esc}[H`;
const mark = `${esc}[31m▎${esc}[39m`;
const time = fromMilliseconds(Date.UTC(2026, 0, 31, 14, 0, 5, 250));

const out = (...texts: readonly string[]): LogRecord[] =>
  texts.map(text => ({ stream: 'stdout', time, bytes: Buffer.from(text) }));
const err = (text: string): LogRecord => ({ stream: 'stderr', time, bytes: Buffer.from(text) });
const view = (options: Partial<LogViewOptions> = {}): LogView => new LogView({ merged: false, keep: 100, ...options });

describe('How a log looks', () => {
  const cases: readonly (readonly [what: string, records: readonly LogRecord[], text: string])[] = [
    ['lines as they are', out('one\n', 'two\r\n', 'three'), 'one\r\ntwo\r\nthree\r\n'],
    ['stderr with a mark', [...out('one\n'), err('two\n')], `one\r\n${mark}two\r\n`],
    [
      'colours that end with their line',
      out(`${esc}[32mgreen${esc}[0m\n`, 'plain\n'),
      `${esc}[32mgreen${esc}[0m${esc}[m\r\nplain\r\n`,
    ],
    [
      'colours that go on over lines',
      out(`${esc}[1;32mgreen\n`, 'still\n', `${esc}[mplain\n`),
      `${esc}[1;32mgreen${esc}[m\r\n${esc}[1;32mstill${esc}[m\r\n${esc}[1;32m${esc}[mplain${esc}[m\r\n`,
    ],
    [
      'colours of one stream that the other does not take on',
      [...out(`${esc}[32mgreen\n`), err('red?\n')],
      `${esc}[32mgreen${esc}[m\r\n${mark}red?\r\n`,
    ],
    ['a title, which is removed', out(`${esc}]0;owned\x07text\n`), 'text\r\n'],
    ['progress on one line', out('10 %\r20 %\n'), '10 %\r20 %\r\n'],
  ];
  for (const [what, records, text] of cases) {
    it(`shows ${what}`, () => assert.equal(view().add('a', records), text));
  }

  it('puts names in steady colours before merged lines, and keeps each in its line', () => {
    const merged = view({ merged: true });
    merged.name('a', 'web');
    merged.name('b', 'database');
    const text = merged.add('a', out(`up${esc}[5A\rfake\n`)) + merged.add('b', out('ready\n'));
    const lead = (name: string): RegExpExecArray | null =>
      new RegExp(String.raw`\x1b\[(\d+)m${name}\x1b\[39m `).exec(text);
    const [web, database] = [lead('web {5}'), lead('database')];
    assert.ok(web && database && web[1] !== database[1]);
    assert.ok(!text.includes(`${esc}[5A`));
    assert.equal(text.split(web[0]).length, 3, 'the name stands again behind a carriage return');
    const other = view({ merged: true });
    other.name('c', 'web');
    assert.ok(other.add('c', out('x\n')).startsWith(`${esc}[${web[1] ?? ''}mweb`));
  });

  it('shows the controls of a name as signs', () => {
    const merged = view({ merged: true });
    merged.name('a', `web${esc}[2J\n`);
    assert.match(merged.add('a', out('up\n')), /^\x1b\[\d+mweb␛\[2J␊\x1b\[39m up\r\n$/);
  });

  it('shows times when they are asked for', () => {
    const shown = view();
    shown.add('a', out('text\n'));
    shown.clock = 'utc';
    assert.equal(shown.redraw(''), `${clear}${esc}[2m2026-01-31 14:00:05.250Z${esc}[22m text\r\n`);
    shown.clock = 'local';
    assert.match(shown.redraw(''), /\d{4}-\d\d-\d\d \d\d:\d\d:05\.250\x1b/);
    shown.clock = 'off';
    assert.equal(shown.redraw('head\r\n'), `${clear}head\r\ntext\r\n`);
  });

  it('filters old and new lines, and counts the hidden ones', () => {
    const shown = view();
    shown.add('a', out('a 1\n', 'b 2\n', `${esc}[31ma${esc}[0m 3\n`));
    shown.filter(parsePattern('A 1'));
    assert.equal(shown.redraw(''), clear);
    shown.filter(parsePattern('a '));
    assert.equal(shown.redraw(''), `${clear}a 1\r\n${esc}[31ma${esc}[0m 3${esc}[m\r\n`);
    shown.filter(parsePattern('/^a/'));
    assert.equal(shown.redraw(''), `${clear}a 1\r\n${esc}[31ma${esc}[0m 3${esc}[m\r\n`);
    assert.equal(shown.add('a', out('b 4\n', 'a 5\n')), 'a 5\r\n');
    assert.deepEqual([shown.look.filter?.hidden, shown.look.filter?.seen], [2, 5]);
    shown.filter(undefined);
    assert.equal(shown.redraw('').split('\r\n').length, 6);
  });

  it('shows the lines before a match that came earlier', () => {
    const shown = view();
    shown.filter(parsePattern('x'), 2);
    assert.equal(shown.add('a', out('1\n', '2\n', '3\n')), '');
    assert.equal(shown.add('a', out('x\n', '4\n')), '2\r\n3\r\nx\r\n4\r\n');
  });

  it('always shows notices about the container', () => {
    const shown = view();
    shown.filter(parsePattern('x'));
    shown.add('a', out('1\n'));
    assert.equal(shown.note('it stopped'), `${esc}[2mit stopped${esc}[22m\r\n`);
    assert.equal(shown.redraw(''), `${clear}${esc}[2mit stopped${esc}[22m\r\n`);
  });

  it('finds, and shows the page of a match', () => {
    const shown = view();
    shown.add('a', out(...Array.from({ length: 50 }, (_, index) => `line ${index}\n`)));
    shown.find = parsePattern('line 2');
    const { lines, at } = shown.matches();
    assert.deepEqual(at, [2, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    const page = shown.page(lines, 20, 10);
    assert.ok(
      page.includes(`${esc}[30;43mline 2${esc}[39;49m0\r\n`) && page.endsWith(`${esc}[7mline 2${esc}[27m4\r\n`),
      page,
    );
  });

  it('keeps a bounded number of lines, and none after it has been cleared', () => {
    const shown = view({ keep: 3 });
    shown.add('a', out('1\n', '2\n', '3\n', '4\n', '5\n'));
    assert.equal(shown.redraw(''), `${clear}3\r\n4\r\n5\r\n`);
    shown.clear();
    assert.equal(shown.redraw(''), clear);
  });
});
