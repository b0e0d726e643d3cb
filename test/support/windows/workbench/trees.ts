import type { Locator, Page } from 'playwright-core';
import { again, attemptLimit } from './again';
import type { DomElement } from './dom';
import { readRows, reveal, type Row } from './rows';

export type { Row } from './rows';

/** Quayside's side bar and its tree views, each named by its title. */
export interface Trees {
  /** Opens the side bar and expands the view; `alone` folds the others, which gives it all the room. */
  openView(view: string, options?: { alone?: boolean }): Promise<void>;
  /** The titles of all views in the side bar. */
  views(): Promise<string[]>;
  /** All rows of a view, also those that must be scrolled to. */
  rows(view: string): Promise<Row[]>;
  /** A row by its label, for waiting and reading; the other functions scroll to theirs, this one must be in sight. */
  row(view: string, label: string): Locator;
  /** Clicks a row's twistie if that changes its state. */
  expand(view: string, label: string, expanded?: boolean): Promise<void>;
  /** Selects rows: the first with a plain click, the others with Ctrl. */
  select(view: string, ...labels: string[]): Promise<void>;
  /** Clicks an inline icon of a row by its title. */
  hoverAction(view: string, label: string, action: string): Promise<void>;
  /** The titles of a row's inline icons. */
  hoverActions(view: string, label: string): Promise<string[]>;
  /** Rests the pointer on a row until its tooltip shows, and returns that. */
  tooltip(view: string, label: string): Promise<Locator>;
  /** Opens a row's context menu and takes an entry. */
  contextMenu(view: string, label: string, item: string): Promise<void>;
  /** The entries of a row's context menu. */
  contextMenuItems(view: string, label: string): Promise<string[]>;
  /** Clicks a button of the view's title bar, or takes an entry of its "…" menu. */
  viewAction(view: string, action: string): Promise<void>;
  /** The text of the welcome view that an empty view shows; empty when it shows none. */
  welcome(view: string): Promise<string>;
  /** The words behind the view's title; empty when there are none. */
  description(view: string): Promise<string>;
  /** The line above the rows; empty when there is none. */
  message(view: string): Promise<string>;
  /** The number on the icon in the activity bar; empty when there is none. */
  badge(): Promise<string>;
}

/** A row that is drawn anew under the pointer loses its tooltip until the pointer comes again. */
const hoverAttempts = 5;
const hoverLimit = 6_000;
const expandLimit = 3_000;
const container = 'Containers';
const titleSelector = ':scope > .pane-header h3.title';

/** The tree views of a window. */
export function trees(page: Page): Trees {
  const icon = page.locator(`.activitybar .action-item:has(a[aria-label^="${container}"])`).first();
  const panes = page.locator('.part.sidebar .pane');
  const pane = (view: string): Locator =>
    panes.filter({ has: page.locator('.pane-header h3.title').getByText(view, { exact: true }) }).first();
  const header = (view: string): Locator => pane(view).locator('.pane-header').first();
  const row = (view: string, label: string): Locator =>
    pane(view)
      .locator('.monaco-list-row')
      .filter({ has: page.locator('.label-name').getByText(label, { exact: true }) })
      .first();
  const showContainer = async (): Promise<void> => {
    if (!/\bchecked\b/.test((await icon.getAttribute('class')) ?? '')) await icon.click();
  };
  const setExpanded = async (view: string, expanded: boolean): Promise<void> => {
    if ((await header(view).getAttribute('aria-expanded')) !== `${expanded}`) await header(view).locator('h3').click();
  };
  const views = (): Promise<string[]> => panes.locator(titleSelector).allInnerTexts();
  const revealed = async (view: string, label: string): Promise<Locator> => {
    await reveal(page, pane(view), label);
    return row(view, label);
  };
  const openMenu = async (view: string, label: string): Promise<Locator> => {
    await (await revealed(view, label)).click({ button: 'right' });
    return openedMenu(page);
  };

  return {
    async openView(view, options = {}) {
      await showContainer();
      // While a window loads, the icon may turn to checked just before the click, which then hides the side bar.
      await pane(view)
        .waitFor({ timeout: 15_000 })
        .catch(() => showContainer());
      await pane(view).waitFor();
      await setExpanded(view, true);
      const others = options.alone ? (await views()).filter(title => title !== view) : [];
      for (const other of others) await setExpanded(other, false);
    },
    views,
    rows: view => readRows(page, pane(view)),
    row,
    async expand(view, label, expanded = true) {
      // A click on a row that is drawn anew meanwhile is lost.
      await again(async timeout => {
        const shown = await revealed(view, label);
        if ((await shown.getAttribute('aria-expanded')) === `${expanded}`) return;
        await shown.locator('.monaco-tl-twistie').click({ timeout });
        await shown.and(page.locator(`[aria-expanded="${expanded}"]`)).waitFor({ timeout: expandLimit });
      });
    },
    async select(view, ...labels) {
      for (const [index, label] of labels.entries()) {
        const shown = await revealed(view, label);
        await shown.click({ modifiers: index === 0 ? [] : ['Control'] });
        await shown.and(page.locator('[aria-selected="true"]')).waitFor({ timeout: expandLimit });
      }
    },
    async hoverAction(view, label, action) {
      const shown = await revealed(view, label);
      await shown.hover();
      // The label goes on with the key of the command, where it has one.
      await shown.locator(`.actions a.action-label:is([aria-label="${action}"], [aria-label^="${action} ("])`).click();
    },
    async hoverActions(view, label) {
      return labels((await revealed(view, label)).locator('.actions a.action-label'));
    },
    async tooltip(view, label) {
      const shown = page.locator('.workbench-hover-container .monaco-hover').filter({ visible: true }).last();
      const whole = shown.filter({ hasNotText: /^Loading\.\.\.$/ });
      for (let attempt = 1; ; attempt++) {
        await page.mouse.move(0, 0);
        await page.locator('.workbench-hover-container').waitFor({ state: 'hidden' });
        await (await revealed(view, label)).locator('.label-name').hover();
        try {
          await whole.waitFor({ timeout: hoverLimit });
          return shown;
        } catch (error) {
          if (attempt === hoverAttempts) throw error;
        }
      }
    },
    async contextMenu(view, label, item) {
      await again(async timeout => clickMenuItem(page, await openMenu(view, label), item, timeout));
    },
    async contextMenuItems(view, label) {
      const items = await labels((await openMenu(view, label)).locator('.action-label'));
      await page.keyboard.press('Escape');
      return items.filter(item => item !== '');
    },
    async viewAction(view, action) {
      await header(view).hover();
      const button = header(view).locator(`a.action-label[aria-label^="${action}"]`);
      if ((await button.count()) > 0) return button.first().click();
      await again(async timeout => {
        await header(view).hover();
        await header(view).locator('a.codicon-toolbar-more').click({ timeout });
        await clickMenuItem(page, await openedMenu(page, timeout), action, timeout);
      });
    },
    async welcome(view) {
      const content = pane(view).locator('.welcome-view-content').filter({ visible: true });
      return (await content.allInnerTexts()).join('\n').trim();
    },
    async description(view) {
      return (await header(view).locator('.description').filter({ visible: true }).allInnerTexts()).join('').trim();
    },
    async message(view) {
      const line = pane(view).locator('.tree-explorer-viewlet-tree-view > .message').filter({ visible: true });
      return (await line.allInnerTexts()).join('\n').trim();
    },
    async badge() {
      return (await icon.locator('.badge-content').filter({ visible: true }).allInnerTexts()).join('');
    },
  };
}

/** The newest open menu. */
async function openedMenu(page: Page, timeout = attemptLimit): Promise<Locator> {
  const menu = page.locator('.monaco-menu').last();
  await menu.locator('.action-item').first().waitFor({ timeout });
  return menu;
}

async function clickMenuItem(page: Page, menu: Locator, item: string, timeout = attemptLimit): Promise<void> {
  await page.waitForTimeout(200); // VS Code ignores a click right after it has opened a menu.
  await menu
    .locator('.action-item', { has: page.locator(`.action-label[aria-label="${item}"]`) })
    .first()
    .click({ timeout });
}

function labels(actions: Locator): Promise<string[]> {
  return actions.evaluateAll((elements: DomElement[]) =>
    elements.map(element => element.getAttribute('aria-label') ?? ''),
  );
}
