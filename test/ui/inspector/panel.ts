import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { type Ui, untilTrue } from '../setup';

/** The page of a panel that shows, within VS Code's frames: the one whose heading begins so. */
export async function panelOf({ window }: Ui, heading: string): Promise<Frame> {
  let found: Frame | undefined;
  await untilTrue(`the inspector of ${heading} shows`, async () => {
    for (const frame of window.page.frames()) {
      const shown = await frame
        .evaluate<string>(
          "document.visibilityState === 'visible' ? document.querySelector('h1')?.textContent ?? '' : ''",
        )
        .catch(() => ''); // A frame may go while it is asked.
      if (shown.startsWith(heading)) found = frame;
    }
    return found !== undefined;
  });
  assert(found);
  return found;
}

export async function showTab(panel: Frame, tab: string): Promise<void> {
  await panel.locator(`#tab-${tab}`).click();
  await tabShows(panel, tab);
}

/** Waits until a tab is shown with something in it. */
export async function tabShows(panel: Frame, tab: string): Promise<void> {
  await panel.locator(`#tab-${tab}[aria-selected=true]`).waitFor();
  await panel.locator(`#panel-${tab} > :not(vscode-progress-ring)`).first().waitFor();
}

/** The names of a panel's tabs, in their order. */
export function tabsOf(panel: Frame): Promise<string[]> {
  return panel.evaluate("[...document.querySelectorAll('[role=tab]')].map(tab => tab.id.replace('tab-', ''))");
}

/** Waits until VS Code has written down a text of a panel's state, which it does every few seconds: a browser's reload lets it do no more. */
export async function stateIsKept({ window }: Ui, text: string): Promise<void> {
  await untilTrue(`${text} is written down`, async () => {
    const kept = await window.page.evaluate<string[]>(`(async () => {
      const settled = request =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const names = (await indexedDB.databases()).map(({ name }) => name);
      return Promise.all(names.filter(name => name.startsWith('vscode-web-state-db')).map(async name => {
        const database = await settled(indexedDB.open(name));
        const items = database.transaction('ItemTable').objectStore('ItemTable');
        const editors = await settled(items.get('memento/workbench.parts.editor'));
        database.close();
        return editors ?? '';
      }));
    })()`);
    return kept.some(editors => editors.replaceAll('\\', '').includes(text));
  });
}

/** Makes the window as wide as its panel needs to be this wide. */
export async function setPanelWidth({ window }: Ui, panel: Frame, width: number, height: number): Promise<void> {
  const { page } = window;
  await untilTrue(`the panel is ${width} px wide`, async () => {
    const own = await panel.evaluate<number>('innerWidth');
    const outer = page.viewportSize()?.width ?? 0;
    if (own !== width || page.viewportSize()?.height !== height) {
      await page.setViewportSize({ width: outer + width - own, height });
    }
    return own === width;
  });
}
