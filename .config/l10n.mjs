// Writes l10n/bundle.l10n.json, from which translations are made: every text that the extension and its pages show.
//   npm run l10n
import { getL10nJson } from '@vscode/l10n-dev';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundleFile = join(root, 'l10n', 'bundle.l10n.json');
const vscodeImport = "import * as vscode from 'vscode';\n";

/** The texts of `vscode.l10n.t` below src and of the pages' own `t`, sorted. The linter holds both to literals. */
export async function sourceTexts() {
  const extension = sources('src').filter(contents => contents.includes(vscodeImport));
  // A page imports no vscode: the host gives it `t`, which its parts have as `t`, `page.t`, `this.#page.t` and the like.
  const pages = sources('media').map(contents => contents.replace(/[\w.#]*\bt\(/g, 'vscode.l10n.t('));
  // All as one file: the tool takes 0.1 s for each that it gets, however short.
  const all = [...extension, ...pages].map(contents => contents.replace(vscodeImport, '')).join('\n');
  return Object.keys(await getL10nJson([{ contents: vscodeImport + all, extension: '.ts' }])).sort();
}

/** The texts of the bundle as it is. */
export function bundledTexts() {
  return Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8')));
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(root, folder, name), 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const texts = await sourceTexts();
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, `${JSON.stringify(Object.fromEntries(texts.map(text => [text, text])), undefined, 2)}\n`);
  console.log(`${texts.length} texts in l10n/bundle.l10n.json`);
}
