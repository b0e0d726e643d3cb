import type { PageMessage } from '../../src/ui/inspector/protocol';

interface Listener {
  element: Element;
  onChange: () => void;
}

/** The texts that the host holds back until they are asked for: secrets, and the whole of long values. */
export class HeldTexts {
  /** Those that are open. */
  readonly #texts = new Map<number, string>();
  readonly #listeners = new Map<number, readonly Listener[]>();

  constructor(private readonly post: (message: PageMessage) => void) {}

  /** The whole text while it is open. */
  open(number: number): string | undefined {
    return this.#texts.get(number);
  }

  ask(number: number): void {
    this.post({ type: 'reveal', secret: number });
  }

  close(number: number): void {
    this.#texts.delete(number);
    this.#notify(number);
  }

  arrived(number: number, text: string): void {
    if (this.#texts.get(number) === text) return;
    this.#texts.set(number, text);
    this.#notify(number);
  }

  /** Asks again for what is open: it may have changed with what it is part of. */
  askAgain(): void {
    for (const number of this.#texts.keys()) this.ask(number);
  }

  /** Calls back when a text is opened, changed or closed, as long as the element is on the page. */
  listen(number: number, element: Element, onChange: () => void): void {
    this.#listeners.set(number, [...this.#present(number), { element, onChange }]);
  }

  #notify(number: number): void {
    const present = this.#present(number);
    this.#listeners.set(number, present);
    for (const { onChange } of present) onChange();
  }

  #present(number: number): readonly Listener[] {
    return (this.#listeners.get(number) ?? []).filter(({ element }) => element.isConnected);
  }
}
