import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

interface AxeResults {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** Fails with what axe-core finds. */
export async function assertAccessible(page: Page | Frame): Promise<void> {
  // As an expression of the debugger's protocol, which the page's content security policy does not concern.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  const told = violations.map(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.slice(0, 3).map(({ html, failureSummary }) => `  ${html.slice(0, 300)}\n  ${failureSummary}`),
  ]);
  assert.equal(violations.length, 0, told.flat().join('\n'));
}

/** Fails when something reaches beyond the sides of the page. */
export async function assertNoSidewaysScrolling(page: Page | Frame): Promise<void> {
  const wider = await page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter(element => element.closest('.for-readers, .u-over, .list-body, table thead') === null)
      .filter(element => element.getBoundingClientRect().right > width + 1)
      .map(element => element.outerHTML.slice(0, 200));
  })()`);
  assert.deepEqual(wider, []);
  assert.equal(
    await page.evaluate('document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth'),
    true,
  );
}
