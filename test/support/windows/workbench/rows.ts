import type { Locator, Page } from 'playwright-core';
import type { DomElement } from './dom';

/** A row of a tree view as a person (or a screen reader) gets it. */
export interface Row {
  label: string;
  description: string;
  /** 1 for a root. */
  level: number;
  /** Undefined for a row without children. */
  expanded: boolean | undefined;
  selected: boolean;
  ariaLabel: string;
  /** The codicon's name, or the file name of the icon's picture. */
  icon: string;
}

/** A list keeps only the rows in sight in the document: it is scrolled from its top to its last row, and back. */
export async function readRows(page: Page, pane: Locator): Promise<Row[]> {
  const found = new Map<number, Row>();
  await scan(page, pane, rows => {
    for (const { index, ...row } of rows) found.set(index, row);
    return false;
  });
  if (!(await readVisibleRows(pane)).rows.some(row => row.index === 0)) await scroll(page, pane, 'top');
  return [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** Scrolls to a row if it is out of sight; a row that does not exist yet may still come. */
export async function reveal(page: Page, pane: Locator, label: string): Promise<void> {
  const isThere = (rows: readonly Row[]): boolean => rows.some(row => row.label === label);
  if (!isThere((await readVisibleRows(pane)).rows)) await scan(page, pane, isThere);
}

/** Shows a list's rows from the first to the last, until `visit` says that it is enough. */
async function scan(page: Page, pane: Locator, visit: (rows: readonly IndexedRow[]) => boolean): Promise<void> {
  let started = false;
  for (let step = 0; step < 2_000; step++) {
    const { rows, complete } = await readVisibleRows(pane);
    started ||= rows.length === 0 || rows.some(row => row.index === 0);
    if (started && (visit(rows) || complete)) return;
    await scroll(page, pane, started ? 'page' : 'top');
  }
}

async function scroll(page: Page, pane: Locator, to: 'top' | 'page'): Promise<void> {
  const box = await pane.locator('.monaco-list').first().boundingBox();
  if (!box) return;
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.wheel(0, to === 'top' ? -1_000_000 : box.height - rowHeight);
  await page.waitForTimeout(20);
}

const rowHeight = 22;

type IndexedRow = Row & { index: number };

async function readVisibleRows(pane: Locator): Promise<{ rows: IndexedRow[]; complete: boolean }> {
  const rows = await pane.locator('.monaco-list-row').evaluateAll((elements: DomElement[]) => {
    const text = (element: DomElement, selector: string): string => element.querySelector(selector)?.textContent ?? '';
    const icon = (element: DomElement): string => {
      const shown = element.querySelector('.custom-view-tree-node-item-icon');
      const codicon = /codicon-(?!colored)([\w-]+)/.exec(shown?.className ?? '')?.[1];
      return codicon ?? /([^/]+?)["']?\)$/.exec(shown?.style.backgroundImage ?? '')?.[1] ?? '';
    };
    return elements.map(element => ({
      index: Number(element.getAttribute('data-index')),
      last: element.getAttribute('data-last-element') === 'true',
      label: text(element, '.label-name'),
      description: text(element, '.label-description'),
      level: Number(element.getAttribute('aria-level')),
      expanded: element.hasAttribute('aria-expanded') ? element.getAttribute('aria-expanded') === 'true' : undefined,
      selected: element.getAttribute('aria-selected') === 'true',
      ariaLabel: element.getAttribute('aria-label') ?? '',
      icon: icon(element),
    }));
  });
  const complete = rows.length === 0 || rows.some(row => row.last);
  return { rows: rows.map(({ last: _last, ...row }) => row), complete };
}
