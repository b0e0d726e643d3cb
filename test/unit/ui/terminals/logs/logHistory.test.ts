import assert from 'node:assert/strict';
import { LogHistory, type Shown } from '../../../../../src/ui/terminals/logs/logHistory';

const line = (text: string, source = 'a'): Shown => ({ source, stream: 'stdout', time: 5n, text, colours: '' });
const texts = (history: LogHistory, count?: number): string[] => history.last(count).map(({ text }) => text);

describe('The kept lines of a log', () => {
  it('are read as they were added', () => {
    const history = new LogHistory(100);
    const all: Shown[] = [
      line('plain'),
      {
        source: 'b',
        stream: 'stderr',
        time: 1_700_000_000_123_456_789n,
        text: '\x1b[1mgrüße 你好 👍',
        colours: '\x1b[31m',
      },
      { note: '── noted …', text: '── noted …' },
      line('', 'b'),
    ];
    for (const shown of all) history.add(shown);
    assert.deepEqual(history.last(), all);
    assert.deepEqual(history.last(2), all.slice(2));
    history.clear();
    assert.deepEqual([history.length, history.last()], [0, []]);
  });

  it('are bounded by number', () => {
    const history = new LogHistory(3);
    for (const text of ['1', '2', '3', '4', '5']) history.add(line(text));
    assert.deepEqual(texts(history), ['3', '4', '5']);
    assert.deepEqual(texts(history, 1), ['5']);
  });

  it('are bounded by size, except for the last line', () => {
    const history = new LogHistory(100, 1_000);
    for (const text of ['1', '2', '3']) history.add(line(text.repeat(400)));
    assert.deepEqual(texts(history), ['2'.repeat(400), '3'.repeat(400)]);
    history.add(line('x'.repeat(5_000)));
    assert.equal(history.length, 1);
    history.add(line('next'));
    assert.deepEqual(texts(history), ['next']);
  });
});
