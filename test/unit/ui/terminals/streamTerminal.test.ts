import assert from 'node:assert/strict';
import { type Disposable, toDisposable } from '../../../../src/base/disposable';
import type { TerminalSize } from '../../../../src/engine/processes/exec';
import type { TerminalEnd, TerminalSink, TerminalSource } from '../../../../src/ui/terminals/source';
import { until } from '../../../support/until';
import { newTerminal, Screen, type ScreenOptions } from './screen';

/** A source that does what the test wants. */
class Script implements TerminalSource {
  readonly typed: string[] = [];
  /** The first size, and each later one. */
  readonly sizes: TerminalSize[] = [];
  runs = 0;
  aborted = false;

  constructor(private readonly work: (sink: TerminalSink, signal: AbortSignal) => Promise<TerminalEnd>) {}

  async run(sink: TerminalSink, size: TerminalSize, signal: AbortSignal): Promise<TerminalEnd> {
    this.runs++;
    this.sizes.push(size);
    signal.addEventListener('abort', () => (this.aborted = true), { once: true });
    return this.work(sink, signal);
  }

  input(data: string): void {
    this.typed.push(data);
  }

  resize(size: TerminalSize): void {
    this.sizes.push(size);
  }
}

const forever = (): Promise<never> => new Promise(() => undefined);
const line = 'a line of a flood\r\n';

describe('A stream terminal', () => {
  let screen: Screen;

  const open = (source: TerminalSource, options?: ScreenOptions): void => void (screen = new Screen(source, options));

  afterEach(() => screen.dispose());

  it('shows the sanitised text of its source, and passes on keys and sizes', async () => {
    const source = new Script(async sink => {
      await sink.write('\x1b]0;owned\x07shown');
      return forever();
    });
    open(source);
    await screen.shows(rows => rows.join() === 'shown');
    screen.type('ab');
    screen.resize(60);
    assert.deepEqual(source.typed, ['a', 'b']);
    assert.deepEqual(source.sizes.at(-1), { columns: 60, rows: 12 });
  });

  it('runs its source before VS Code has opened it; the text waits', async () => {
    const source = new Script(async sink => {
      await sink.write('early');
      return forever();
    });
    const pty = newTerminal(source);
    const written: string[] = [];
    pty.onDidWrite(text => written.push(text));
    pty.begin();
    assert.equal(source.runs, 1);
    assert.deepEqual(written, []);
    pty.open({ columns: 90, rows: 30 });
    await until('it is written', () => written.join('') === 'early');
    assert.equal(source.runs, 1);
    pty.close();
  });

  it('begins with the last known size, and passes on its own once if that is different', () => {
    const lastSize = { value: { columns: 80, rows: 24 } };
    const small = { columns: 70, rows: 20 };
    const large = { columns: 120, rows: 40 };
    for (const [opened, sizes] of [
      [small, [{ columns: 80, rows: 24 }, small]],
      [small, [small]],
      [large, [small, large]],
    ] as const) {
      const source = new Script(forever);
      const pty = newTerminal(source, { lastSize });
      pty.begin();
      pty.open(opened);
      pty.setDimensions(opened);
      assert.deepEqual(source.sizes, sizes);
      pty.close();
    }
  });

  it('never has more than a batch on the way to the screen, and passes on no answer of the screen as typed', async () => {
    const source = new Script(async sink => {
      for (let group = 0; group < 20; group++) await sink.write(line.repeat(500));
      await sink.write('the end');
      return forever();
    });
    open(source);
    let sinceAsked = 0;
    let most = 0;
    screen.pty.onDidWrite(text => {
      sinceAsked = text === '\x1b[5n' ? 0 : sinceAsked + text.length;
      most = Math.max(most, sinceAsked);
    });
    await screen.shows(rows => rows.at(-1) === 'the end');
    assert.ok(most > 0 && most <= 48 * 1024, `${most} characters at once`);
    assert.deepEqual(source.typed, []);
  });

  it('tells keys from an answer of the screen that comes with them', () => {
    const source = new Script(async sink => {
      await sink.write(line.repeat(10_000));
      return forever();
    });
    const pty = newTerminal(source);
    open(new Script(forever));
    pty.open({ columns: 80, rows: 24 });
    return new Promise<void>(resolve => {
      pty.onDidWrite(text => {
        if (text === '\x1b[5n') setImmediate(() => pty.handleInput('a\x1b[0nb'));
        if (source.typed.length < 2) return;
        assert.deepEqual(source.typed.slice(0, 2), ['ab', 'ab']);
        pty.close();
        resolve();
      });
    });
  });

  it('passes on no answer of the screen that comes late', () => {
    const source = new Script(forever);
    open(source);
    for (const data of ['\x1b[0n', 'a\x1b[0nb\x1b[0n', 'c']) screen.pty.handleInput(data);
    assert.deepEqual(source.typed, ['ab', 'c']);
  });

  it('tells the end on a line of its own, and runs the source again on Enter if that is offered', async () => {
    const source = new Script(async sink => {
      await sink.write('\x1b[31mno line end');
      return { message: 'The shell\nended', again: 'Press Enter' };
    });
    open(source, { profile: 'shell' });
    await screen.shows(rows => rows.join('|') === 'no line end|The shell␊ended|Press Enter');
    assert.ok(screen.pty.ended);
    screen.type('x');
    assert.equal(source.runs, 1);
    screen.type('\r');
    await screen.shows(rows => rows.length === 6);
    assert.equal(source.runs, 2);
    assert.deepEqual(source.typed, []);
  });

  it('leaves no empty line before the end, also if colours end after the last line', async () => {
    const source = new Script(async sink => {
      await sink.write('out\r\n\x1b[31merror\r\n\x1b[39m');
      return { message: 'Exit code 1' };
    });
    open(source, { profile: 'shell' });
    await screen.shows(() => screen.allRows.join('|') === 'out|error|Exit code 1');
  });

  it('stays as it is if nothing is offered', async () => {
    const source = new Script(() => Promise.resolve({ message: 'over' }));
    open(source);
    await screen.shows(rows => rows.join() === 'over');
    screen.type('\r');
    assert.equal(source.runs, 1);
  });

  it('tells why its source failed', async () => {
    open(new Script(() => Promise.reject(new Error('no such container'))));
    await screen.shows(rows => rows.join() === 'no such container');
  });

  it('closes itself if its source asks for that', async () => {
    open(new Script(() => Promise.resolve({ close: true })));
    await screen.shows(() => screen.closed);
  });

  it('keeps its engine watched; when another engine is chosen, says so and ends its source', async () => {
    const ended = new AbortController();
    const source = new Script(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
    );
    let watchers = 0;
    const watch = (): Disposable => {
      watchers++;
      return toDisposable(() => watchers--);
    };
    open(source, { connection: { ended: ended.signal, watch }, columns: 80 });
    assert.equal(watchers, 1);
    ended.abort();
    await screen.shows(rows => rows.join() === 'Another engine was chosen; this has ended');
    assert.equal(watchers, 0);
  });

  it('ends its source if it is closed before it was opened', () => {
    const source = new Script(forever);
    const pty = newTerminal(source);
    pty.begin();
    pty.close();
    assert.ok(source.aborted);
  });

  it('ends its source when it is closed, also while very much text comes', async () => {
    let left: () => void = () => undefined;
    const hasLeft = new Promise<void>(resolve => (left = resolve));
    const source = new Script(async (sink, signal) => {
      while (!signal.aborted) await sink.write(line.repeat(5_000));
      left();
      return {};
    });
    open(source);
    await screen.shows(rows => rows.length > 10);
    screen.pty.close();
    await hasLeft;
    assert.ok(source.aborted);
  });
});
