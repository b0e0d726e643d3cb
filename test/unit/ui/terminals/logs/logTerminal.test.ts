import type { MergedItem } from '../../../../../src/engine/logs/merge';
import { LogTerminal, Screen } from '../screen';

/** A log whose lines come when the test wants. */
class Lines {
  readonly #waiting: MergedItem[] = [];
  #wake: (() => void) | undefined;

  print(...lines: readonly string[]): void {
    const records = lines.map(line => ({ stream: 'stdout' as const, time: 0n, bytes: Buffer.from(`${line}\n`) }));
    this.#waiting.push({ source: 'a', item: { records } });
    this.#wake?.();
  }

  async *items(signal: AbortSignal): AsyncGenerator<MergedItem> {
    signal.addEventListener('abort', () => this.#wake?.(), { once: true });
    while (!signal.aborted) {
      const next = this.#waiting.shift();
      if (next) yield next;
      else await new Promise<void>(resolve => (this.#wake = resolve));
    }
  }
}

describe('The terminal of a log, on a screen', () => {
  let lines: Lines;
  let screen: Screen;

  const open = async (columns: number): Promise<void> => {
    lines = new Lines();
    const source = new LogTerminal({
      ...{ title: 'web', merged: false, keep: 100, ended: 'ended' },
      ...{ nameOf: () => 'web', items: signal => lines.items(signal), failed: cause => cause },
    });
    screen = new Screen(source, { columns });
    lines.print('one');
    await screen.shows(rows => rows.at(-1) === 'one');
  };

  afterEach(() => screen.dispose());

  /** Waits until only the head, these lines and one foot are visible. */
  const showsOnly = (logged: readonly RegExp[], foot: RegExp): Promise<void> =>
    screen.shows(rows => {
      const wanted = [/^── web/, ...logged, foot];
      return rows.length === wanted.length && wanted.every((pattern, index) => pattern.test(rows[index] ?? ''));
    });

  it('draws a wide question in one line, and leaves nothing of it behind', async () => {
    await open(40);
    screen.type('f日志日志日志日志日志日志日志日志日志日志日志日志');
    await showsOnly([/^one$/], /^ ….*日志▏$/);
    lines.print('two');
    await showsOnly([/^one$/, /^two$/], /^ ….*日志▏$/);
    screen.type('\x15😀😀👩‍👩‍👧ｗｉｄｅ');
    await showsOnly([/^one$/, /^two$/], /ｗｉｄｅ▏$/);
    screen.type('\x1b');
    lines.print('three');
    await screen.shows(rows => rows.slice(1).join() === 'one,two,three');
  });

  it('draws its foot again when the window becomes narrower or wider', async () => {
    await open(60);
    screen.type('t ');
    await showsOnly([/^.{23} one$/], /^ paused, space goes on · local times$/);
    for (const columns of [25, 12, 90, 40]) {
      screen.resize(columns);
      await screen.shows(rows => {
        const feet = rows.filter(row => row.startsWith(' paus'));
        return feet.length === 1 && feet[0] === rows.at(-1) && (feet[0]?.length ?? 0) < columns;
      });
    }
    screen.type(' ');
    await screen.shows(rows => rows.at(-1) === ' local times');
  });
});
