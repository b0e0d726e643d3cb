import type { TabName } from '../../../src/ui/inspector/protocol';
import { h } from '../../shared/dom';
import type { Page } from '../page';

/** How long a search waits after the last key, in milliseconds. */
const pause = 120;

export interface SearchOptions {
  label: string;
  onChange: (text: string) => void;
  onEnter?: (backwards: boolean) => void;
}

/** A search field of a tab. The page's state keeps its text. */
export class SearchField {
  readonly element: HTMLElement & { value: string };
  #text: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly page: Page,
    private readonly tab: TabName,
    private readonly options: SearchOptions,
  ) {
    this.#text = page.memory.tab(tab).search;
    this.element = fieldElement(options.label, this.#text);
    this.element.addEventListener('input', () => this.#applySoon());
    this.element.addEventListener('keydown', event => this.#onKey(event));
  }

  get text(): string {
    return this.#text;
  }

  #applySoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#apply(), pause);
  }

  #apply(): void {
    clearTimeout(this.#timer);
    if (this.element.value === this.#text) return;
    this.#text = this.element.value;
    this.page.memory.setTab(this.tab, { search: this.#text });
    this.options.onChange(this.#text);
  }

  #onKey({ key, shiftKey }: KeyboardEvent): void {
    if (key !== 'Enter') return;
    this.#apply();
    this.options.onEnter?.(shiftKey);
  }
}

/** The toolkit, which may be loaded later, adds `value`. */
function fieldElement(label: string, value: string): HTMLElement & { value: string } {
  const attributes = { class: 'search', placeholder: label, 'aria-label': label, spellcheck: 'false', value };
  return h('vscode-text-field', attributes) as HTMLElement & { value: string };
}
