import fc from 'fast-check';
import assert from 'node:assert/strict';
import { Sequencer } from '../../../../src/base/schedule';
import { cut, PacedWriter } from '../../../../src/ui/terminals/pacedWriter';
import { Sanitiser } from '../../../../src/ui/terminals/sanitise';

/** An output that shows text only when the test says so. */
function closedOutput(turns = new Sequencer()): { emitted: string[]; show: () => Promise<void>; writer: PacedWriter } {
  const emitted: string[] = [];
  let shown = (): void => undefined;
  const output = {
    emit: (text: string) => emitted.push(text),
    shown: () => new Promise<void>(resolve => (shown = resolve)),
  };
  const writer = new PacedWriter(output, turns);
  const show = async (): Promise<void> => {
    shown();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { emitted, show, writer };
}

function slowOutput(turns?: Sequencer): ReturnType<typeof closedOutput> {
  const output = closedOutput(turns);
  output.writer.open();
  return output;
}

function progress(work: Promise<unknown>): { done: boolean } {
  const state = { done: false };
  void work.then(() => (state.done = true));
  return state;
}

describe('A paced writer', () => {
  it('emits little text at once', async () => {
    const { emitted, writer } = slowOutput();
    await writer.write('a');
    await writer.write('b');
    assert.deepEqual(emitted, ['a', 'b']);
  });

  it('holds the next batch, and its caller, until the last one has been shown', async () => {
    const { emitted, show, writer } = slowOutput();
    const line = `${'x'.repeat(99)}\n`;
    const writing = progress(writer.write(line.repeat(3_000)));
    while (!writing.done) {
      const before = emitted.length;
      await show();
      assert.ok(emitted.length <= before + 1);
    }
    assert.ok(emitted.every(text => text.length <= 48 * 1024 && text.endsWith('\n')));
    assert.ok(emitted.join('') === line.repeat(3_000));
    assert.ok(emitted.length >= 6);
  });

  it('shares turns with others: emits one batch at a time, and little text meanwhile', async () => {
    const turns = new Sequencer();
    const [one, other, third] = [slowOutput(turns), slowOutput(turns), slowOutput(turns)];
    const flood = 'x'.repeat(60_000);
    const writing = [progress(one.writer.write(flood)), progress(other.writer.write(flood))];
    await third.writer.write('key');
    await new Promise(resolve => setImmediate(resolve));
    const lengths = (): number[] => [one, other, third].map(({ emitted }) => emitted.join('').length);
    assert.deepEqual(lengths(), [49_152, 0, 3]);
    await one.show();
    assert.deepEqual(lengths(), [60_000, 49_152, 3]);
    one.writer.end();
    await other.show();
    assert.deepEqual(lengths(), [60_000, 60_000, 3]);
    assert.ok(writing.every(({ done }) => done));
  });

  it('keeps the order of several writes', async () => {
    const { emitted, show, writer } = slowOutput();
    const texts = ['a', 'b'.repeat(60_000), 'c', 'd'.repeat(60_000)];
    const all = progress(Promise.all(texts.map(text => writer.write(text))));
    while (!all.done) await show();
    assert.ok(emitted.join('') === texts.join(''));
  });

  it('emits nothing before it is open, and lets no more than a batch wait', async () => {
    const { emitted, show, writer } = closedOutput();
    await writer.write('a');
    await writer.write('b');
    const rest = progress(writer.write('c'.repeat(50_000)));
    await show();
    assert.deepEqual([emitted, rest.done], [[], false]);
    writer.open();
    await writer.opened;
    while (!rest.done) await show();
    assert.equal(emitted.join(''), `ab${'c'.repeat(50_000)}`);
  });

  it('releases its caller if it ends before it is open', async () => {
    const { emitted, writer } = closedOutput();
    const waiting = writer.write('x'.repeat(100_000));
    writer.end();
    await waiting;
    await writer.opened;
    assert.deepEqual(emitted, []);
  });

  it('emits nothing after its end', async () => {
    const { emitted, writer } = slowOutput();
    writer.end();
    await writer.write('late');
    assert.deepEqual(emitted, []);
  });
});

describe('A batch of a terminal’s text', () => {
  it('ends with a line if there is one', () => {
    assert.deepEqual(cut('one\ntwo\nthree', 9), { head: 'one\ntwo\n', rest: 'three' });
  });

  it('never cuts a sequence or a character in two', () => {
    const parts = fc.constantFrom('a', '👍', '\x1b[31m', '\x1b]8;;https://a.b/c\x1b\\', '\x1b[1;2H', '\x1b7', '\x1b(0');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (texts, most) => {
        const text = texts.join('');
        const { head, rest } = cut(text, most);
        assert.equal(head + rest, text);
        assert.ok(head !== '' || text === '');
        assert.ok(!/[\ud800-\udbff]$/.test(head));
        assert.equal(new Sanitiser('shell').write(head), head, 'a sequence was cut');
      }),
    );
  });
});
