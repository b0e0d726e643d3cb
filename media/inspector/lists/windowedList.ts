import { h } from '../../shared/dom';
import { scrollIntoSight, visibleRows } from './geometry';

type Step = (index: number, by: 1 | -1) => number;

export interface ListOptions {
  role: 'tree' | 'grid';
  /** What a screen reader calls it. */
  label: string;
  /** The element of a row, without its place. */
  render: (index: number) => HTMLElement;
  /** The row that keys and screen readers are at has changed. */
  onActive?: (index: number) => void;
  /** The next row that the arrow keys stop at; default: each. */
  step?: Step;
  /** Handles a key that the list does not know; returns whether it did something. */
  onKey?: (key: string, index: number) => boolean;
}

/** A row's height in font sizes. */
const lineHeight = 1.7;
let lists = 0;

/** A long list of rows of the same height. Only those in sight are on the page. Keys move through all of them. */
export class WindowedList {
  readonly element: HTMLElement;
  readonly #body: HTMLElement;
  readonly #prefix = `list-${lists++}`;
  /** The rows that are on the page, by their index. */
  readonly #rows = new Map<number, HTMLElement>();
  #count = 0;
  #lines = 1;
  #rowHeight = 22;
  #active = 0;

  constructor(private readonly options: ListOptions) {
    const { role, label } = options;
    this.#body = h('div', { class: 'list-body', role: role === 'grid' ? 'rowgroup' : 'none' });
    this.element = h('div', { class: 'list', role, 'aria-label': label, tabindex: 0 }, this.#body);
    this.element.addEventListener('keydown', event => this.#onKey(event));
    this.element.addEventListener('click', ({ target }) => this.#onClick(target as Element));
    document.addEventListener('scroll', () => this.#drawVisible(), { passive: true });
    new ResizeObserver(() => this.#drawVisible()).observe(document.documentElement);
  }

  /** The row that keys and screen readers are at. */
  get active(): number {
    return this.#active;
  }

  /** Draws this many rows anew. `active` is the row that keys are at, by default the same as before. */
  draw(count: number, active = this.#active): void {
    this.#count = count;
    this.#active = this.#clamped(active);
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#measure();
    this.#drawVisible();
  }

  /** Sets how many lines of text a row has. */
  setLines(lines: number): void {
    this.#lines = lines;
    this.draw(this.#count);
  }

  /** Moves to a row and scrolls it into sight. */
  activate(index: number): void {
    this.#mark(index);
    this.reveal(this.#active);
  }

  /** Scrolls a row into sight. */
  reveal(index: number): void {
    scrollIntoSight(this.#body.getBoundingClientRect().top + index * this.#rowHeight, this.#rowHeight);
    this.#drawVisible();
  }

  #clamped(index: number): number {
    return Math.max(0, Math.min(index, this.#count - 1));
  }

  #measure(): void {
    this.#rowHeight = this.#lines * Math.round(parseFloat(getComputedStyle(document.body).fontSize) * lineHeight);
    this.#body.style.setProperty('--row', `${this.#rowHeight}px`);
    this.#body.style.height = `${this.#count * this.#rowHeight}px`;
  }

  #drawVisible(): void {
    if (this.#body.offsetParent === null) return;
    const { first, last } = visibleRows(this.#body, this.#rowHeight, this.#count);
    for (const [index, row] of this.#rows) {
      if (index >= first && index <= last) continue;
      row.remove();
      this.#rows.delete(index);
    }
    for (let index = first; index <= last; index++) this.#place(index);
    if (this.#rows.has(this.#active)) this.element.setAttribute('aria-activedescendant', this.#idOf(this.#active));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #place(index: number): void {
    if (this.#rows.has(index)) return;
    const row = this.options.render(index);
    row.id = this.#idOf(index);
    row.classList.add('row');
    row.classList.toggle('active', index === this.#active);
    row.dataset['index'] = String(index);
    row.style.top = `${index * this.#rowHeight}px`;
    this.#rows.set(index, row);
    this.#body.append(row);
  }

  #idOf(index: number): string {
    return `${this.#prefix}-${index}`;
  }

  #mark(index: number): void {
    this.element.classList.add('used');
    this.#rows.get(this.#active)?.classList.remove('active');
    this.#active = this.#clamped(index);
    this.#rows.get(this.#active)?.classList.add('active');
    this.#drawVisible();
    if (this.#count > 0) this.options.onActive?.(this.#active);
  }

  #onClick(target: Element): void {
    const row = target.closest<HTMLElement>('.row');
    if (row) this.#mark(Number(row.dataset['index']));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey || this.#count === 0) return;
    const next = this.#target(event.key);
    if (next !== undefined) this.activate(next);
    else if (this.options.onKey?.(event.key, this.#active) !== true) return;
    event.preventDefault();
  }

  /** The row that a key leads to; undefined for other keys. */
  #target(key: string): number | undefined {
    const step: Step = this.options.step ?? ((index, by) => index + by);
    const page = Math.max(1, Math.floor(innerHeight / this.#rowHeight) - 4);
    const targets: Readonly<Record<string, () => number>> = {
      ArrowDown: () => step(this.#active, 1),
      ArrowUp: () => step(this.#active, -1),
      PageDown: () => step(this.#active + page - 1, 1),
      PageUp: () => step(this.#active - page + 1, -1),
      Home: () => 0,
      End: () => step(this.#count, -1),
    };
    const next = targets[key]?.();
    return next === undefined ? undefined : this.#clamped(next);
  }
}
