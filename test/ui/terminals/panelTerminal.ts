import type { Workbench } from '../../support/windows/browser';
import { untilTrue } from '../setup';

/** Settings with which a terminal's text is part of the document, and a paste asks nothing. */
export const readable = {
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.enableMultiLinePasteWarning': 'never',
};

/** The terminal in the panel, as a person reads it and types in it. */
export class PanelTerminal {
  constructor(private readonly window: () => Workbench) {}

  async screen(): Promise<string> {
    const rows = this.window().page.locator('.panel .xterm-rows').last();
    return (await rows.innerText()).replaceAll('\u00a0', ' ');
  }

  async shows(pattern: RegExp): Promise<void> {
    let last = '';
    try {
      await untilTrue(`the terminal shows ${pattern.source}`, async () => pattern.test((last = await this.screen())));
    } catch (error) {
      throw new Error(`The terminal shows\n${last}`, { cause: error });
    }
  }

  async prompts(): Promise<void> {
    await this.shows(/[#$] *$/m);
  }

  async type(keys: string): Promise<void> {
    await this.#focus();
    await this.window().page.keyboard.type(keys);
  }

  async line(text: string): Promise<void> {
    await this.type(text);
    await this.window().page.keyboard.press('Enter');
  }

  async paste(text: string): Promise<void> {
    const { page } = this.window();
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.#focus();
    await page.keyboard.press('Control+Shift+V');
  }

  #focus(): Promise<void> {
    return this.window().page.locator('.panel .terminal-wrapper.active .xterm-helper-textarea').last().focus();
  }
}
