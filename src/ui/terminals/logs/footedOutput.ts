import type { TerminalSink } from '../source';

const esc = '\x1b';
const eraseLine = `\r${esc}[2K`;

/** Writes lines above a foot, the last line of a terminal, which is drawn again below them. */
export class FootedOutput {
  #sink: TerminalSink | undefined;
  #drawnFoot = '';

  /** @param foot how the foot looks now; empty for none */
  constructor(private readonly foot: () => string) {}

  /** Begins to write to a terminal. What is written before is dropped. */
  begin(sink: TerminalSink): void {
    this.#sink = sink;
  }

  async write(text: string): Promise<void> {
    const foot = this.foot();
    if (text === '' && foot === this.#drawnFoot) return;
    const erased = this.#drawnFoot === '' ? '' : eraseLine;
    this.#drawnFoot = foot;
    await this.#sink?.writeOwn(erased + text + foot);
  }

  /** Draws the foot again if it looks different now. */
  update(): void {
    void this.write('');
  }

  async eraseFoot(): Promise<void> {
    if (this.#drawnFoot !== '') await this.#sink?.writeOwn(eraseLine);
    this.#drawnFoot = '';
  }
}
