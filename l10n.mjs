// Writes l10n/bundle.l10n.json, from which translations are made: every text that the extension and its pages show.
//   node l10n.mjs
import { getL10nJson } from '@vscode/l10n-dev';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(fileURLToPath(import.meta.url));
const bundleFile = join(root, 'l10n', 'bundle.l10n.json');

/** The texts in `vscode.l10n.t` below src and in the pages' own `t`, sorted. Each is its own key. */
export async function sourceTexts() {
  const extension = await getL10nJson([{ contents: joined(sources('src')), extension: '.ts' }]);
  const pages = sources('media').flatMap(pageTexts);
  return [...new Set([...Object.keys(extension), ...pages])].sort();
}

/** The texts of the bundle as it is. */
export function bundledTexts() {
  return Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8')));
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({ name, contents: readFileSync(join(root, folder, name), 'utf8') }));
}

const vscodeImport = "import * as vscode from 'vscode';\n";

/** All files as one: the tool takes 0.1 s for each that it gets, however short. */
function joined(files) {
  const using = files.map(({ contents }) => contents).filter(contents => contents.includes(vscodeImport));
  return vscodeImport + using.map(contents => contents.replace(vscodeImport, '')).join('\n');
}

/** A page is given `t`, which the linter holds to literals, by the host: it imports no module that a tool could know. */
function pageTexts({ name, contents }) {
  const texts = [];
  const visit = node => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) texts.push(node.arguments[0].text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, contents, ts.ScriptTarget.Latest));
  return texts;
}

function isTranslation(called) {
  const name = ts.isPropertyAccessExpression(called) ? called.name : called;
  return ts.isIdentifier(name) && name.text === 't';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const texts = await sourceTexts();
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, `${JSON.stringify(Object.fromEntries(texts.map(text => [text, text])), undefined, 2)}\n`);
  console.log(`${texts.length} texts in l10n/bundle.l10n.json`);
}
