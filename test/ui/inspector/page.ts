import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HostMessage, PageMessage } from '../../../src/ui/inspector/protocol';

/** Variables and classes of VS Code's own themes, as its webviews have them. */
interface Theme {
  body: string;
  kind: string;
  variables: Readonly<Record<string, string>>;
}

export interface Themes {
  /** What VS Code gives to each webview beside its variables. */
  style: string;
  themes: Readonly<Record<ThemeName, Theme>>;
}

export const themeNames = ['dark', 'light', 'contrast', 'contrastLight'] as const;
export type ThemeName = (typeof themeNames)[number];

const { style, themes } = JSON.parse(readFileSync('test/ui/inspector/themes.json', 'utf8')) as Themes;
const origin = 'http://inspector.test';
const nonce = 'bm9uY2Ugb2YgdGhlIHRlc3Q';
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

export interface PageOptions {
  theme?: ThemeName;
  size?: { width: number; height: number };
  /** Sent once the page says that it is ready. */
  messages?: readonly HostMessage[];
  /** What the body's `data-messages` holds. */
  data?: string;
  /** Whether a file is served, once that is known. With it the page may be there before its elements are. */
  serves?: (name: string) => boolean | Promise<boolean>;
}

/** The inspector's page alone in a browser, with the test in the host's place. */
export interface InspectorPage {
  readonly page: Page;
  /** Errors, warnings and refusals of the content security policy. */
  readonly complaints: readonly string[];
  send(...messages: readonly unknown[]): Promise<void>;
  posted(): Promise<readonly PageMessage[]>;
  setTheme(theme: ThemeName): Promise<void>;
  /** Loads the page again, as VS Code does after a reload of the window: with the state that it kept. */
  reload(messages: readonly HostMessage[]): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openInspectorPage(browser: Browser, options: PageOptions = {}): Promise<InspectorPage> {
  const { theme = 'dark', size = { width: 1200, height: 900 }, messages = [], data = '', serves } = options;
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  await serve(context, html(theme, data), serves);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.message));
  const send = async (...all: readonly unknown[]): Promise<void> =>
    page.evaluate(`for (const data of ${packed(all)}) dispatchEvent(new MessageEvent('message', { data }))`);
  const posted = (): Promise<readonly PageMessage[]> => page.evaluate('posted');
  await page.goto(`${origin}/`);
  if (!serves) await page.evaluate(elementsDefined);
  await send(...messages);
  return {
    page,
    complaints,
    send,
    posted,
    setTheme: name => page.evaluate(`(${applyTheme})(${asScript([themes[name]])}[0])`),
    reload: async again => {
      await page.reload();
      await page.evaluate(elementsDefined);
      await send(...again);
    },
    screenshot: async name => {
      const folder = join('out', 'screenshots', 'inspector');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    close: () => context.close(),
  };
}

/** JSON as a script's text: the separators that JSON allows and old scripts did not are no matter, the tag's end would be. */
function asScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

/** The same of messages, in which long runs of a letter go by their number: megabytes in a script take seconds. */
function packed(messages: readonly unknown[]): string {
  const json = JSON.stringify(messages).replace(/([a-z])\1{999,}/g, run => `\0${run.slice(0, 1)}${run.length};`);
  const unpack = String.raw`replace(/\0(.)(\d+);/g, (_, letter, count) => letter.repeat(count))`;
  return `JSON.parse(${asScript(json)}.${unpack})`;
}

/** The toolkit comes after the page. */
const elementsDefined = "customElements.whenDefined('vscode-button').then(() => undefined)";

/** As VS Code does it. */
const applyTheme = `theme => {
  const { style } = document.documentElement;
  for (const name of [...style].filter(name => name.startsWith('--vscode-'))) style.removeProperty(name);
  for (const [name, value] of Object.entries(theme.variables)) style.setProperty(name, value);
  document.body.className = theme.body;
  document.body.dataset.vscodeThemeKind = theme.kind;
}`;

async function serve(context: BrowserContext, body: string, serves: PageOptions['serves']): Promise<void> {
  await context.route(`${origin}/**`, async route => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body });
    if (serves && !(await serves(name))) return route.abort();
    const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    await route.fulfill({ contentType: type, body: await readFile(join('dist', name)) });
  });
}

/** The state outlives a reload in `name`, the one thing of a window that does without an origin's storage. */
function html(theme: ThemeName, data: string): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${origin}`,
    `font-src ${origin}`,
    `img-src ${origin} data:`,
  ].join('; ');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Inspector</title>
<link rel="stylesheet" href="${origin}/inspector.css"></head><body data-messages="${data}">
<script nonce="${nonce}">
const posted = [];
const acquireVsCodeApi = () => ({
  postMessage: message => posted.push(structuredClone(message)),
  getState: () => (window.name === '' ? undefined : JSON.parse(window.name)),
  setState: state => { window.name = JSON.stringify(state); },
});
const defaults = new CSSStyleSheet();
defaults.replaceSync(${asScript([style])}[0]);
document.adoptedStyleSheets = [defaults];
(${applyTheme})(${asScript([themes[theme]])}[0]);
</script>
<script type="module" nonce="${nonce}" src="${origin}/inspector.js"></script></body></html>`;
}
