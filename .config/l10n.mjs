// Writes l10n/bundle.l10n.json, from which translations are made: every text that the extension and its pages show.
//   npm run l10n [-- --check]: with --check it writes nothing, and fails on a text that is missing or left over.
import { getL10nJson } from '@vscode/l10n-dev';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundleFile = join(root, 'l10n', 'bundle.l10n.json');
const vscodeImport = "import * as vscode from 'vscode';\n";

const texts = await sourceTexts();
if (process.argv.includes('--check')) check();
else write();

/** The texts of `vscode.l10n.t` below src and of the pages' own `t`, sorted. The linter holds both to literals. */
async function sourceTexts() {
  const extension = sources('src').filter(contents => contents.includes(vscodeImport));
  // A page imports no vscode: the host gives it `t`, which its parts have as `t`, `page.t`, `this.#page.t` and the like.
  const pages = sources('media').map(contents => contents.replace(/[\w.#]*\bt\(/g, 'vscode.l10n.t('));
  // All as one file: the tool takes 0.1 s for each that it gets, however short.
  const all = [...extension, ...pages].map(contents => contents.replace(vscodeImport, '')).join('\n');
  return Object.keys(await getL10nJson([{ contents: vscodeImport + all, extension: '.ts' }])).sort();
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(root, folder, name), 'utf8'));
}

function write() {
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, `${JSON.stringify(Object.fromEntries(texts.map(text => [text, text])), undefined, 2)}\n`);
  console.log(`${texts.length} texts in l10n/bundle.l10n.json`);
}

function check() {
  const bundled = Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8')));
  const missing = texts.filter(text => !bundled.includes(text));
  const leftOver = bundled.filter(text => !texts.includes(text));
  for (const text of missing) console.error(`missing: ${text}`);
  for (const text of leftOver) console.error(`left over: ${text}`);
  if (missing.length + leftOver.length === 0) return;
  console.error('“npm run l10n” makes l10n/bundle.l10n.json anew.');
  process.exitCode = 1;
}
