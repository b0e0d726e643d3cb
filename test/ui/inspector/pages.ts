import { type Browser, chromium } from 'playwright-core';
import type { InspectedKind, TabName } from '../../../src/ui/inspector/protocol';
import { installChromium } from '../../support/tools/chromium';
import { contentMessages, messagesOf } from './messages';
import { type InspectorPage, openInspectorPage, type PageOptions } from './page';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
export const wide = { width: 1200, height: 800 };
export const narrow = { width: 320, height: 700 };

/** The browser of all tests of the page. */
let browser: Browser | undefined;

after(async () => {
  await browser?.close();
  browser = undefined;
});

/** For the tests of one suite: opens the page with an object's messages. It closes when its test ends. */
export function pages(): (kind: InspectedKind, options?: PageOptions) => Promise<InspectorPage> {
  let opened: InspectorPage | undefined;

  before(async () => {
    browser ??= await chromium.launch({ executablePath: await installChromium(), args: flags });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await opened?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
    await opened?.close();
    opened = undefined;
  });

  return async (kind, options = {}) => {
    if (!browser) throw new Error('The browser has not been started.');
    opened = await openInspectorPage(browser, { size: wide, messages: messagesOf(kind), ...options });
    return opened;
  };
}

/** Goes to a tab and sends it its content. */
export async function show(inspector: InspectorPage, kind: InspectedKind, tab: TabName): Promise<void> {
  await inspector.page.locator(`#tab-${tab}`).click();
  await inspector.send(...contentMessages(kind, tab));
  await drawn(inspector, tab);
}

/** The resize observers, which draw what depends on the width, have run. */
export async function drawn({ page }: InspectorPage, tab: TabName): Promise<void> {
  await page.locator(`#panel-${tab} > *`).first().waitFor();
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))');
}
