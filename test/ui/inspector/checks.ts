import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

/** The rules of axe-core whose outcome is a matter of colours, which are what themes differ in. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Fails with what axe-core finds: by all of its rules, or by those of colours alone. */
export async function assertAccessible(page: Page | Frame, rules: 'all' | 'colours' = 'all'): Promise<void> {
  // As expressions of the debugger's protocol, which the page's content security policy does not concern.
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(axe);
  // What is no violation is told of one node at the most: to tell it of all takes longer than to look for it.
  const options = { resultTypes: ['violations'], ...(rules === 'colours' && { runOnly: colourRules }) };
  const violations = await page.evaluate<Violation[]>(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
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
