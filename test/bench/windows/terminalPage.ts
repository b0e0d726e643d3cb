import type { Page } from 'playwright-core';
import type { Workbench } from '../../support/windows/browser';

interface PageElement {
  readonly textContent: string | null;
  querySelectorAll(selector: string): ArrayLike<PageElement>;
}

/** What the functions below use of the browser; they run in the page. */
interface PageGlobals {
  document: PageElement & {
    body: PageElement;
    addEventListener(type: string, listener: () => void, options: { capture: boolean; once: boolean }): void;
  };
  MutationObserver: new (onChange: () => void) => {
    observe(target: PageElement, options: object): void;
    disconnect(): void;
  };
  benchBegun: number | undefined;
  benchTook: number | undefined;
}

/** The terminal's text is then part of the document. */
export const readableTerminals = {
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.confirmOnKill': 'never',
};

export interface Wanted {
  /** What begins: the press of a button or of a key. */
  begin: 'mousedown' | 'keydown';
  /** Where terminals are looked at, as a selector of what is around their rows. */
  within: string;
  /** What one of them shows then. */
  text: RegExp;
}

/** Milliseconds from an event of the browser, which `act` makes, until a terminal shows what is wanted. */
export async function timed(page: Page, { begin, within, text }: Wanted, act: () => Promise<void>): Promise<number> {
  await page.evaluate(
    ({ event, rows, source }) => {
      const globals = globalThis as unknown as PageGlobals;
      const { document, MutationObserver } = globals;
      const pattern = new RegExp(source);
      globals.benchBegun = globals.benchTook = undefined;
      document.addEventListener(event, () => void (globals.benchBegun = performance.now()), {
        capture: true,
        once: true,
      });
      const shown = (terminal: PageElement): string =>
        Array.from(terminal.querySelectorAll(':scope > div'), row => (row.textContent ?? '').replace(/\u00a0/g, ' '))
          .join('\n')
          .trimEnd();
      const observer = new MutationObserver(() => {
        if (globals.benchBegun === undefined) return;
        if (!Array.from(document.querySelectorAll(rows)).some(terminal => pattern.test(shown(terminal)))) return;
        globals.benchTook = performance.now() - globals.benchBegun;
        observer.disconnect();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    { event: begin, rows: `${within} .xterm-rows`, source: text.source },
  );
  await act();
  const took = await page.waitForFunction(() => (globalThis as unknown as PageGlobals).benchTook);
  return Number(await took.jsonValue());
}

export const places = {
  editor: { within: '.editor-instance', close: 'View: Close All Editors' },
  panel: { within: '.panel', close: 'Terminal: Kill the Active Terminal Instance' },
} as const;

/** Clicks an icon of a row of the Containers view that opens a terminal; milliseconds until it shows a text. */
export async function clickToText(
  workbench: Workbench,
  { row, action, place, text }: { row: string; action: string; place: keyof typeof places; text: RegExp },
): Promise<number> {
  const { within, close } = places[place];
  const click = (): Promise<void> => workbench.hoverAction('Containers', row, action);
  const took = await timed(workbench.page, { begin: 'mousedown', within, text }, click);
  await workbench.command(close);
  await workbench.page.locator(`${within} .xterm-rows`).first().waitFor({ state: 'detached' });
  return took;
}

/** The same for the probe's terminal, which prints one line: what any extension's terminal costs. */
export function clickToBareText(workbench: Workbench, row: string, place: keyof typeof places): Promise<number> {
  return clickToText(workbench, { row, action: `Bare Terminal (${place})`, place, text: /bare line/ });
}
