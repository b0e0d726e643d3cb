import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ui } from './setup';

/** By the names that VS Code gives its built-in themes; `kind` is the class that its window has then. */
export const themes = {
  dark: { theme: 'Default Dark Modern', kind: 'vs-dark' },
  light: { theme: 'Default Light Modern', kind: 'vs' },
  contrast: { theme: 'Default High Contrast', kind: 'hc-black' },
} as const;

export type Theme = (typeof themes)[keyof typeof themes];

/** Sets the theme as a person's settings do, and waits until the window shows it. */
export async function setTheme({ server, window }: Ui, { theme, kind }: Theme): Promise<void> {
  for (const scope of ['User', 'Machine']) {
    const path = join(server.folder, 'data', scope, 'settings.json');
    const settings = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...settings, 'workbench.colorTheme': theme }));
  }
  await window.page.locator(`.monaco-workbench.${kind}`).waitFor();
}
