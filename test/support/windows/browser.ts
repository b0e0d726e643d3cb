import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { temporaryFolder } from '../temporaryFolder';
import { installChromium } from '../tools/chromium';
import type { VscodeServer } from './vscode';
import { dialogs, type Dialogs } from './workbench/dialogs';
import { palette, type Palette } from './workbench/palette';
import { trees, type Trees } from './workbench/trees';

export interface WindowOptions {
  size?: { width: number; height: number };
}

/** A VS Code window in a browser, driven as a person does. */
export interface Workbench extends Palette, Trees, Dialogs {
  readonly page: Page;
  readonly browser: Browser;
  /** What the window's console said, errors of the page included. */
  readonly consoleLines: readonly string[];
  /** Texts of the status bar's items. */
  statusBar(): Promise<string[]>;
  /** Keeps a picture as `out/screenshots/<name>.png`, with the pointer out of the way. */
  screenshot(name: string): Promise<void>;
  /** Loads the window again, with a new extension host, once VS Code has written down what it keeps. */
  reload(): Promise<void>;
  dispose(): Promise<void>;
}

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
];
const handleSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
const loadLimit = 60_000;

/** Opens a window on the server in a Chromium of its own and waits until the workbench is there. */
export async function openVscode(server: VscodeServer, options: WindowOptions = {}): Promise<Workbench> {
  const executablePath = await installChromium();
  const scratch = temporaryFolder('chromium');
  const env = { ...process.env, TMPDIR: scratch.path };
  const browser = await chromium.launch({ executablePath, args: flags, env, ...handleSignals });
  const dispose = async (): Promise<void> => {
    await browser.close();
    scratch.remove();
  };
  try {
    const viewport = options.size ?? { width: 1280, height: 900 };
    const page = await browser.newPage({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
    const consoleLines = collectConsole(page);
    await page.goto(server.url, { timeout: loadLimit });
    await ready(page);
    return { ...parts(page), page, browser, consoleLines, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function parts(page: Page): Omit<Workbench, 'page' | 'browser' | 'consoleLines' | 'dispose'> {
  const commands = palette(page);
  return {
    ...commands,
    ...trees(page),
    ...dialogs(page),
    statusBar: async () => {
      const texts = await page.locator('.statusbar-item').allInnerTexts();
      return texts.map(text => text.trim()).filter(text => text !== '');
    },
    screenshot: async name => {
      const folder = join('out', 'screenshots');
      await mkdir(folder, { recursive: true });
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    reload: async () => {
      const loaded = page.waitForEvent('load', { timeout: loadLimit });
      await commands.command('Developer: Reload Window');
      await loaded;
      await ready(page);
    },
  };
}

async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: loadLimit });
}

function collectConsole(page: Page): readonly string[] {
  const lines: string[] = [];
  page.on('console', message => lines.push(message.text()));
  page.on('pageerror', error => lines.push(`${error.name}: ${error.message}`));
  return lines;
}
