import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../support/processes';

/** The packages to measure. */
export interface Packages {
  /** As people get it. */
  released: string;
  /** The same, but it does not start with VS Code: the probe starts it when the host is at rest. */
  startedByProbe: string;
}

const content = ['dist', 'media', 'package.nls.json', 'README.md', 'LICENSE', 'CHANGELOG.md', '.vscodeignore'];

/** Packages Quayside into a folder of its own: what is built meanwhile changes nothing there. */
export async function packageInto(folder: string): Promise<Packages> {
  await run('npm', ['run', '--silent', 'package']);
  const released = join(folder, 'quayside.vsix');
  await copyFile('dist/quayside.vsix', released);
  return { released, startedByProbe: await packageAgain(join(folder, 'startedByProbe')) };
}

async function packageAgain(folder: string): Promise<string> {
  await mkdir(folder);
  for (const name of content) await cp(name, join(folder, name), { recursive: true });
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as object;
  const changed = { ...manifest, activationEvents: [], scripts: {}, devDependencies: {} };
  await writeFile(join(folder, 'package.json'), JSON.stringify(changed));
  const vsix = join(folder, 'dist', 'quayside.vsix');
  const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', vsix];
  await run(process.execPath, [resolve('node_modules/@vscode/vsce/vsce'), 'package', ...flags], { cwd: folder });
  return vsix;
}
