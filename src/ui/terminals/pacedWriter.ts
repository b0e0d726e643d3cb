import type { Sequencer } from '../../base/schedule';

/** Where a writer writes to. */
export interface PacedOutput {
  /** Shows text at once. */
  emit(text: string): void;
  /** Resolves when all that was emitted has been shown, or after a while. */
  shown(): Promise<void>;
}

/** So many characters are emitted before the writer waits until they have been shown. */
const batch = 48 * 1024;

/**
 * Emits text in batches, each once the last one has been shown; little text is emitted at once. `write` resolves when
 * there is room for more, so that a caller who awaits it reads no faster than the terminal shows. Writers that share
 * turns emit their batches one after the other, so that many busy terminals cost no more than one. Nothing is emitted
 * before `open`.
 */
export class PacedWriter {
  readonly #queue: string[] = [];
  /** Resolves when the writer has been opened or ended. */
  readonly opened: Promise<void>;
  #open: (() => void) | undefined;
  #unshown = 0;
  #pumping = false;
  #pumped = Promise.resolve();
  #ended = false;

  constructor(
    private readonly output: PacedOutput,
    private readonly turns: Sequencer,
  ) {
    this.opened = new Promise(resolve => (this.#open = resolve));
  }

  open(): void {
    this.#open?.();
    this.#open = undefined;
    void this.#pumpOn();
  }

  async write(text: string): Promise<void> {
    if (this.#ended || text === '') return;
    this.#queue.push(text);
    if (this.#open && this.#queue.join('').length < batch) return;
    await this.opened;
    await this.#pumpOn();
  }

  /** Drops the text that waits, and emits nothing from now on. */
  end(): void {
    this.#ended = true;
    this.#queue.length = 0;
    this.#open?.();
  }

  #pumpOn(): Promise<void> {
    if (!this.#pumping) this.#pumped = this.#pump();
    return this.#pumped;
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#queue.length > 0) {
      const { head, rest } = cut(this.#queue.splice(0).join(''), batch - this.#unshown);
      if (rest !== '') this.#queue.unshift(rest);
      this.#unshown += head.length;
      if (this.#unshown < batch && rest === '') this.output.emit(head);
      else await this.turns.take(() => this.#show(head));
    }
    this.#pumping = false;
  }

  async #show(text: string): Promise<void> {
    if (this.#ended) return;
    this.output.emit(text);
    await this.output.shown();
    this.#unshown = 0;
  }
}

/** Cuts at the end of a line, or where no escape sequence and no character is cut in two. */
export function cut(text: string, most: number): { head: string; rest: string } {
  if (text.length <= most) return { head: text, rest: '' };
  const at = cutAt(text, Math.max(1, most));
  return { head: text.slice(0, at), rest: text.slice(at) };
}

function cutAt(text: string, most: number): number {
  const line = text.lastIndexOf('\n', most - 1);
  if (line >= 0) return line + 1;
  for (const introducer of ['\x1b]', '\x1b']) {
    const start = text.lastIndexOf(introducer, most - 1);
    const sequence = start < 0 ? null : wholeSequence.exec(text.slice(start, start + longestSequence));
    if (sequence && start + sequence[0].length > most) return start > 0 ? start : sequence[0].length;
  }
  return /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most + 1 : most;
}

/** The sequences that the sanitiser lets through. */
const wholeSequence = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x1b]*\x1b\\|[ -/]*[0-~])/;
const longestSequence = 8 * 1024;
