import { h } from '../../shared/dom';

export interface ListOptions {
  role: 'tree' | 'grid';
  /** What a screen reader calls it. */
  label: string;
  /** The element of a row, without its place. */
  render: (index: number) => HTMLElement;
  /** The row that keys and screen readers are at has changed. */
  onActive?: (index: number) => void;
  /** The next row that the arrow keys stop at; default: each. */
  step?: (index: number, by: 1 | -1) => number;
  /** A key that the list itself does not know; returns whether it was of use. */
  onKey?: (key: string, index: number) => boolean;
}

/** A long list of rows of one height, of which only those in sight are on the page, and which keys walk through. */
export interface WindowedList {
  readonly element: HTMLElement;
  /** The row that keys and screen readers are at. */
  readonly active: number;
  /** Draws the rows anew, and so many of them; keys are at the given one, or where they were. */
  draw(count: number, active?: number): void;
  /** How many lines of text a row is high. */
  setLines(lines: number): void;
  /** Moves to a row and scrolls it into sight. */
  activate(index: number): void;
  /** Scrolls a row into sight. */
  reveal(index: number): void;
}

const overscan = 12;
/** A row's height in font sizes. */
const lineHeight = 1.7;
let lists = 0;

export function windowedList(options: ListOptions): WindowedList {
  const { role, label, render } = options;
  const prefix = `list-${lists++}`;
  const body = h('div', { class: 'list-body', role: role === 'grid' ? 'rowgroup' : 'none' });
  const element = h('div', { class: 'list', role, 'aria-label': label, tabindex: 0 }, body);
  const rows = new Map<number, HTMLElement>();
  let count = 0;
  let lines = 1;
  let rowHeight = 22;
  let active = 0;

  const measure = (): void => {
    rowHeight = lines * Math.round(parseFloat(getComputedStyle(document.body).fontSize) * lineHeight);
    body.style.setProperty('--row', `${rowHeight}px`);
    body.style.height = `${count * rowHeight}px`;
  };
  const place = (index: number): void => {
    if (rows.has(index)) return;
    const row = render(index);
    row.id = `${prefix}-${index}`;
    row.classList.add('row');
    row.classList.toggle('active', index === active);
    row.dataset['index'] = String(index);
    row.style.top = `${index * rowHeight}px`;
    rows.set(index, row);
    body.append(row);
  };
  const drawVisible = (): void => {
    if (body.offsetParent === null) return;
    const { first, last } = visibleRows(body, rowHeight, count);
    for (const [index, row] of rows) {
      if (index >= first && index <= last) continue;
      row.remove();
      rows.delete(index);
    }
    for (let index = first; index <= last; index++) place(index);
    if (rows.has(active)) element.setAttribute('aria-activedescendant', `${prefix}-${active}`);
    else element.removeAttribute('aria-activedescendant');
  };
  const draw = (next: number, at = active): void => {
    count = next;
    active = Math.max(0, Math.min(at, count - 1));
    for (const row of rows.values()) row.remove();
    rows.clear();
    measure();
    drawVisible();
  };
  const reveal = (index: number): void => {
    const { top, bottom } = openSpace();
    const y = body.getBoundingClientRect().top + index * rowHeight;
    if (y < top) scrollBy({ top: y - top, behavior: 'instant' });
    else if (y + rowHeight > bottom) scrollBy({ top: y + rowHeight - bottom, behavior: 'instant' });
    drawVisible();
  };
  const mark = (index: number): void => {
    element.classList.add('used');
    rows.get(active)?.classList.remove('active');
    active = Math.max(0, Math.min(index, count - 1));
    rows.get(active)?.classList.add('active');
    drawVisible();
    if (count > 0) options.onActive?.(active);
  };
  const activate = (index: number): void => {
    mark(index);
    reveal(active);
  };

  element.addEventListener('keydown', event => {
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const page = Math.max(1, Math.floor(innerHeight / rowHeight) - 4);
    const next = target(event.key, active, count, page, options.step ?? ((index, by) => index + by));
    if (next !== undefined) activate(next);
    else if (options.onKey?.(event.key, active) !== true) return;
    event.preventDefault();
  });
  element.addEventListener('click', event => {
    const row = (event.target as Element).closest<HTMLElement>('.row');
    if (row) mark(Number(row.dataset['index']));
  });
  document.addEventListener('scroll', drawVisible, { passive: true });
  new ResizeObserver(() => drawVisible()).observe(document.documentElement);

  return {
    element,
    get active() {
      return active;
    },
    draw,
    setLines: next => {
      lines = next;
      draw(count);
    },
    activate,
    reveal,
  };
}

type Step = (index: number, by: 1 | -1) => number;

function target(key: string, index: number, count: number, page: number, step: Step): number | undefined {
  const targets: Readonly<Record<string, () => number>> = {
    ArrowDown: () => step(index, 1),
    ArrowUp: () => step(index, -1),
    PageDown: () => step(index + page - 1, 1),
    PageUp: () => step(index - page + 1, -1),
    Home: () => 0,
    End: () => step(count, -1),
  };
  const next = targets[key]?.();
  return next === undefined ? undefined : Math.max(0, Math.min(next, count - 1));
}

function visibleRows(element: HTMLElement, rowHeight: number, count: number): { first: number; last: number } {
  const { top } = element.getBoundingClientRect();
  const first = Math.floor(-top / rowHeight) - overscan;
  const last = Math.ceil((innerHeight - top) / rowHeight) + overscan;
  return { first: Math.max(0, first), last: Math.min(count - 1, last) };
}

/** The part of the window that no sticky bar covers. */
function openSpace(): { top: number; bottom: number } {
  const bars = (name: string): DOMRect[] =>
    [...document.querySelectorAll<HTMLElement>(`.${name}`)]
      .filter(bar => bar.offsetParent !== null && getComputedStyle(bar).position === 'sticky')
      .map(bar => bar.getBoundingClientRect());
  return {
    top: Math.max(0, ...bars('sticky-top').map(({ bottom }) => bottom)),
    bottom: Math.min(innerHeight, ...bars('sticky-bottom').map(({ top }) => top)),
  };
}

/** The width of a character of the editor's font, in pixels. */
export function characterWidth(parent: HTMLElement): number {
  const probe = document.createElement('span');
  probe.className = 'code probe';
  probe.textContent = '0'.repeat(100);
  parent.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width / 100;
}
