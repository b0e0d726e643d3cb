import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface L10n {
  sourceTexts: () => Promise<string[]>;
  bundledTexts: () => string[];
}

describe('The bundle of texts for translators', () => {
  it('has each text that the sources show, and no other', async function () {
    this.timeout(60_000);
    const { sourceTexts, bundledTexts } = (await import(pathToFileURL(resolve('.config/l10n.mjs')).href)) as L10n;
    const [shown, bundled] = [await sourceTexts(), bundledTexts()];
    const missing = shown.filter(text => !bundled.includes(text));
    const leftOver = bundled.filter(text => !shown.includes(text));
    assert.deepEqual({ missing, leftOver }, { missing: [], leftOver: [] }, differs({ missing, leftOver }));
  });
});

function differs(texts: Readonly<Record<string, readonly string[]>>): string {
  return `“npm run l10n” makes l10n/bundle.l10n.json anew: ${JSON.stringify(texts, undefined, 2)}`;
}
