import type { Page } from 'playwright-core';

interface PageElement {
  readonly textContent: string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** What the functions below use of the browser; they run in the page. */
interface PageGlobals {
  document: PageElement & {
    body: PageElement;
    addEventListener(type: string, listener: () => void, options: { capture: boolean; once: boolean }): void;
  };
  MutationObserver: new (onChange: () => void) => {
    observe(target: PageElement, options: object): void;
  };
  /** When each row's label was first seen in the document, in milliseconds since the epoch. */
  benchSeen: Map<string, number>;
  benchClicked: number;
  benchFilled: number | undefined;
}

/** From now on the page notes when each label of a tree's row first stands in the document. */
export async function noteRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const globals = globalThis as unknown as PageGlobals;
    const { document, MutationObserver } = globals;
    const seen = new Map<string, number>();
    globals.benchSeen = seen;
    const look = (): void => {
      const at = performance.timeOrigin + performance.now();
      for (const { textContent } of document.querySelectorAll('.part.sidebar .monaco-list-row .label-name')) {
        if (textContent !== null && !seen.has(textContent)) seen.set(textContent, at);
      }
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** When the page first saw a row with this label; undefined when it has not yet. */
export function seenAt(page: Page, label: string): Promise<number | undefined> {
  return page.evaluate(wanted => (globalThis as unknown as PageGlobals).benchSeen.get(wanted), label);
}

/** Clicks an icon of the activity bar; milliseconds from the press of the button to the first row of its first view. */
export async function clickToFirstRow(page: Page, title: string, label: RegExp): Promise<number> {
  await noteRows(page);
  await noteClick(page);
  await page.locator(`.activitybar .action-item:has(a[aria-label^="${title}"])`).first().click();
  await page.locator('.part.sidebar .monaco-list-row .label-name').getByText(label).first().waitFor();
  const first = await page.evaluate(source => {
    const { benchSeen } = globalThis as unknown as PageGlobals;
    const rows = [...benchSeen].filter(([text]) => new RegExp(source).test(text));
    return Math.min(...rows.map(([, at]) => at));
  }, label.source);
  return first - (await clickedAt(page));
}

/** The page notes the next press of the mouse's button. */
export async function noteClick(page: Page): Promise<void> {
  await page.evaluate(() => {
    const globals = globalThis as unknown as PageGlobals;
    const note = (): void => void (globals.benchClicked = performance.timeOrigin + performance.now());
    globals.document.addEventListener('mousedown', note, { capture: true, once: true });
  });
}

/** When the button was pressed, in milliseconds since the epoch. */
export function clickedAt(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as PageGlobals).benchClicked);
}

/**
 * From now on each new frame of the page, a panel's too, notes when an element of a selector first stands in its document.
 * It looks every few milliseconds: the document of a panel is written after it was loaded, which ends observers.
 */
export async function noteFilling(page: Page, selector: string): Promise<void> {
  await page.addInitScript(wanted => {
    const globals = globalThis as unknown as PageGlobals;
    const looking = setInterval(() => {
      if (globals.document.querySelector(wanted) === null) return;
      globals.benchFilled = performance.timeOrigin + performance.now();
      clearInterval(looking);
    }, 4);
  }, selector);
}

/** When one of the frames was first filled, in milliseconds since the epoch; undefined when none is. */
export async function filledAt(page: Page): Promise<number | undefined> {
  const read = (): number | undefined => (globalThis as unknown as PageGlobals).benchFilled;
  const times = await Promise.all(page.frames().map(frame => frame.evaluate(read).catch(() => undefined)));
  return times.find(time => time !== undefined);
}

/** What VS Code itself counts of an extension's activation, in milliseconds. */
export interface Activated {
  loading: number;
  activate: number;
}

/** Reads the open editor of Developer: Startup Performance, which tells of extensions by their ids. */
export async function activationOf(page: Page, id: string): Promise<Activated> {
  const line = page.locator('.view-line').filter({ hasText: `| ${id} ` });
  const text = (await line.first().innerText()).replaceAll('\u00a0', ' ');
  const [, , , loading, activate] = text.split('|').map(cell => cell.trim());
  const times = { loading: Number(loading), activate: Number(activate) };
  if (Number.isNaN(times.loading + times.activate))
    throw new Error(`VS Code tells no activation times of ${id}: ${text}`);
  return times;
}
