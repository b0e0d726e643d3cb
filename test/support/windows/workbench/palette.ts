import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { again } from './again';
import type { DomElement } from './dom';

/** The command palette, and what asks in its place: quick picks and input boxes. */
export interface Palette {
  /** Runs a command by its id (of this extension) or by its title as the palette shows it, category included. */
  command(idOrTitle: string): Promise<void>;
  /** The commands that the palette offers for a text. */
  commandsFor(text: string): Promise<string[]>;
  /** Waits for a quick pick and takes the entry with this label; several labels tick several entries. */
  quickPick(...labels: string[]): Promise<void>;
  /** Waits for a quick pick and returns its entries' labels and descriptions. */
  quickPickEntries(): Promise<{ label: string; description: string }[]>;
  /** Waits for an input box, types and accepts. */
  inputBox(text: string): Promise<void>;
  /** The open quick input's own texts: title, placeholder, value and the validation message under it. */
  quickInput(): Promise<{ title: string; placeholder: string; value: string; message: string }>;
}

/** The palette of a window. */
export function palette(page: Page): Palette {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const row = (label: string): Locator =>
    rows.filter({ has: page.locator('.quick-input-list-label .label-name').getByText(label, { exact: true }) }).first();

  const open = async (text: string): Promise<void> => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(`>${text}`);
  };

  return {
    async command(idOrTitle) {
      const title = commandTitle(idOrTitle);
      await again(async timeout => {
        await open(title);
        await row(title).click({ timeout });
      });
    },
    async commandsFor(text) {
      await open(text);
      await rows.first().waitFor();
      const labels = await rows.locator('.quick-input-list-label .label-name').allInnerTexts();
      await page.keyboard.press('Escape');
      return labels;
    },
    async quickPick(...labels) {
      for (const label of labels) await row(label).click();
      const accept = widget.locator('.quick-input-action .monaco-button').filter({ visible: true });
      if (labels.length !== 1 || (await accept.count()) > 0) await accept.first().click();
    },
    async quickPickEntries() {
      await rows.first().waitFor();
      return rows.evaluateAll((elements: DomElement[]) =>
        elements.map(element => ({
          label: element.querySelector('.quick-input-list-label .label-name')?.textContent ?? '',
          description: element.querySelector('.quick-input-list-label .label-description')?.textContent ?? '',
        })),
      );
    },
    async inputBox(text) {
      await input.waitFor();
      await input.fill(text);
      await page.keyboard.press('Enter');
    },
    async quickInput() {
      await input.waitFor();
      return {
        title: (await widget.locator('.quick-input-title').textContent()) ?? '',
        placeholder: (await input.getAttribute('placeholder')) ?? '',
        value: await input.inputValue(),
        message: (await widget.locator('.quick-input-message').textContent()) ?? '',
      };
    },
  };
}

interface Manifest {
  contributes?: { commands?: { command: string; title: string; category?: string }[] };
}

/** The palette knows titles only: an id of this extension's manifest becomes "Category: Title". */
function commandTitle(idOrTitle: string): string {
  const manifest = readJson('package.json') as Manifest;
  const found = manifest.contributes?.commands?.find(({ command }) => command === idOrTitle);
  if (!found) return idOrTitle;
  const texts = readJson('package.nls.json') as Record<string, string | undefined>;
  const text = (value: string): string => texts[value.replace(/^%|%$/g, '')] ?? value;
  return found.category === undefined ? text(found.title) : `${text(found.category)}: ${text(found.title)}`;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
