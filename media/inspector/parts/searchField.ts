import type { TabName } from '../../../src/ui/inspector/protocol';
import { h } from '../../shared/dom';
import type { Page } from '../page';

/** How long after the last key a search begins, in milliseconds. */
const pause = 120;

export interface SearchOptions {
  label: string;
  onChange: (text: string) => void;
  onEnter?: (backwards: boolean) => void;
}

/** A field for what is searched in a tab, kept with the page's state. */
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

/** The toolkit, which may come later, gives it its `value`. */
function fieldElement(label: string, value: string): HTMLElement & { value: string } {
  const attributes = { class: 'search', placeholder: label, 'aria-label': label, spellcheck: 'false', value };
  return h('vscode-text-field', attributes) as HTMLElement & { value: string };
}
