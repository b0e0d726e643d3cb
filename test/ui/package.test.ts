import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runContainer } from '../support/engines/rawEngine';
import { run } from '../support/processes';
import { emptyPartEngine, openUi, rowOf, untilRows } from './setup';
import { unzip } from './zip';

/** What a package is made of; the copy keeps the build that other tests use as it is. */
const sources = [
  ...['package.json', 'package.nls.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE', 'esbuild.mjs'],
  ...['tsconfig.json', 'src', 'media', 'test'],
];

/** Loads the extension with an API that does nothing, activates it, and prints which of its files are loaded when. */
const activation = `
const Module = require('node:module');
const load = Module._load;
const blank = new Proxy(function () {}, {
  get: (_, key) =>
    key === 'then' ? undefined
    : key === Symbol.toPrimitive ? () => ''
    : key === Symbol.iterator ? function* () {}
    : blank,
  set: () => true,
  apply: () => blank,
  construct: () => blank,
});
Module._load = (name, ...rest) => (name === 'vscode' ? blank : load(name, ...rest));
const bundles = file => (file.endsWith('.js') ? [require('node:path').basename(file).replace(/-\\w+\\.js$/, '.js')] : []);
const loaded = () => Object.keys(require.cache).flatMap(bundles).sort();
const { activate } = require('./dist/extension.js');
const kept = { get: () => undefined, update: () => Promise.resolve(), keys: () => [] };
const extension = { packageJSON: require('./package.json') };
const storage = { globalStorageUri: { fsPath: require('node:path').resolve('storage') } };
activate({ subscriptions: [], workspaceState: kept, globalState: kept, secrets: kept, extension, ...storage });
const atOnce = loaded();
setTimeout(() => {
  console.log(JSON.stringify({ atOnce, connected: loaded() }));
  process.exit();
}, 1000);
`;

describe('The package', () => {
  let folder: string;
  let vsix: string;
  let names: string[];
  const node = (script: string, env: NodeJS.ProcessEnv = {}): Promise<string> =>
    run(process.execPath, ['-e', script], {
      cwd: join(folder, 'unpacked', 'extension'),
      env: { ...process.env, ...env },
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-package-'));
    const copy = join(folder, 'source');
    for (const name of sources) await cp(name, join(copy, name), { recursive: true });
    await symlink(resolve('node_modules'), join(copy, 'node_modules'));
    await run('npm', ['run', 'package'], { cwd: copy, env: process.env });
    vsix = join(copy, 'dist/quayside.vsix');
    names = await unzip(vsix, join(folder, 'unpacked'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('is smaller than 1 MB', async () => {
    const { size } = await stat(vsix);
    assert(size < 1_000_000, `${size} bytes`);
  });

  it('holds the bundles and what VS Code shows, and nothing else', () => {
    const packaged = [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package\.json|package\.nls(\.[\w-]+)?\.json|readme\.md|changelog\.md|LICENSE(\.txt)?)$/i,
      /^extension\/dist\/([\w.-]+\.js|inspector\.css|codicon\.ttf|proto\/[\w/.-]+\.proto)$/,
      /^extension\/media\/[\w/.-]+\.(svg|png|md|css)$/,
      /^extension\/l10n\/[\w.-]+\.json$/,
    ];
    assert.deepEqual(
      names.filter(name => !packaged.some(pattern => pattern.test(name))),
      [],
    );
    for (const name of [
      'package.json',
      'dist/extension.js',
      'dist/askpass.js',
      'dist/inspector.js',
      'media/quayside.svg',
    ]) {
      assert(names.includes(`extension/${name}`), name);
    }
  });

  it('names no source map and no folder of the machine that made it', async () => {
    for (const name of names.filter(file => file.endsWith('.js'))) {
      const text = await readFile(join(folder, 'unpacked', name), 'utf8');
      assert(!text.includes('sourceMappingURL='), name);
      assert(!text.includes(process.cwd()) && !text.includes(folder), name);
    }
  });

  for (const part of ['dockerode', 'dockerSession', 'dockerBuildkit', 'dockerTar']) {
    it(`has all that its part ${part} needs, without node_modules`, async () => {
      const type = await node(`console.log(typeof require('./dist/${part}.js'))`);
      assert.match(type, /^(function|object)$/m);
    });
  }

  it('loads what shows the engine when it is activated, and no commands, sessions and BuildKit to connect either', async () => {
    const output = await node(activation, { DOCKER_HOST: `unix://${process.env['QUAYSIDE_TEST_SOCKET'] ?? ''}` });
    const { atOnce, connected } = JSON.parse(output) as { atOnce: string[]; connected: string[] };
    assert.deepEqual([...new Set(atOnce)], ['chunk.js', 'extension.js']);
    assert.deepEqual([...new Set(connected)], ['chunk.js', 'dockerode.js', 'extension.js']);
  });

  it('shows the rows of a live engine once it is installed', async () => {
    const api = await emptyPartEngine();
    await runContainer(api, { name: 'from-the-package' });
    const ui = await openUi({ vsix });
    try {
      await ui.window.openView('Containers', { alone: true });
      const shows = (label: string) => (rows: readonly { label: string }[]) => rows.some(row => row.label === label);
      const rows = await untilRows(ui.window, 'Containers', 'the container shows', shows('from-the-package'));
      assert.match(rowOf(rows, 'from-the-package').description, /^busybox/);
      await runContainer(api, { name: 'later' });
      await untilRows(ui.window, 'Containers', 'the next shows by itself', shows('later'));
    } finally {
      await ui.dispose();
    }
  });
});
