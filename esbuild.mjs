// Builds the extension (dist/) and, with --tests, the sources and tests for plain Node (out/).
//   node esbuild.mjs [--production] [--watch] [--tests]
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/**
 * dockerode is a bundle of its own beside the extension's, loaded with the first request: an activation loads none of it.
 * It loads gRPC and tar when it is loaded itself, and needs neither for a request: each is a bundle of its own too, and in
 * dockerode's a function that loads it when it is first called. It loads ssh2 as well, which nothing here calls: engines
 * over ssh are reached by the system's own ssh.
 */
const lazyParts = {
  './session': { bundle: 'dockerSession', entry: 'dockerode/lib/session.js' },
  './buildkit': { bundle: 'dockerBuildkit', entry: 'dockerode/lib/buildkit.js' },
  'tar-fs': { bundle: 'dockerTar', entry: 'tar-fs/index.js', functions: ['pack', 'extract'] },
};

const separateDockerode = {
  name: 'separate-dockerode',
  setup(build) {
    build.onResolve({ filter: /^dockerode$/ }, () => ({ path: './dockerode.js', external: true }));
  },
};

const lazyDockerode = {
  name: 'lazy-dockerode',
  setup(build) {
    build.onResolve({ filter: /^(\.\/(ssh|session|buildkit)|tar-fs)$/ }, args =>
      /docker(ode|-modem)[\\/]lib[\\/](modem|docker|util)\.js$/.test(args.importer)
        ? { path: args.path, namespace: 'lazy' }
        : undefined,
    );
    build.onResolve({ filter: /^\.\/docker\w+\.js$/, namespace: 'lazy' }, args => ({
      path: args.path,
      external: true,
    }));
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, args => ({
      contents: args.path === './ssh' ? 'module.exports = undefined;' : loadingLate(lazyParts[args.path]),
    }));
  },
};

/** dockerode requires BuildKit's part late itself; the others are a function, or an object of functions. */
function loadingLate({ bundle, functions }) {
  const load = `require('./${bundle}.js')`;
  if (bundle === 'dockerBuildkit') return `module.exports = ${load};`;
  if (!functions) return `module.exports = (...args) => ${load}(...args);`;
  return functions.map(name => `exports.${name} = (...args) => ${load}.${name}(...args);`).join('\n');
}

/**
 * Each `import * as vscode` would become a copy of its own of the whole API, some hundred getters for each of our files:
 * half of an activation. Here all share one module with one constant for each name that is used.
 */
const sharedVscode = {
  name: 'shared-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'shared' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'shared' },
    );
    build.onLoad({ filter: /.*/, namespace: 'shared' }, async () => {
      const types = await readFile('node_modules/@types/vscode/index.d.ts', 'utf8');
      const names = types.matchAll(/^\texport (?:abstract )?(?:class|namespace|enum|const|let|function) (\w+)/gm);
      const used = new Set([...names].map(([, name]) => name));
      const lines = [...used].map(name => `export const ${name} = /* @__PURE__ */ get('${name}');`);
      return { contents: ["const api = require('vscode');", 'const get = name => api[name];', ...lines].join('\n') };
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
};

const parts = {
  ...common,
  entryPoints: Object.fromEntries(
    Object.values(lazyParts).map(({ bundle, entry }) => [bundle, `node_modules/${entry}`]),
  ),
  outdir: 'dist',
  sourcemap: false,
};

const dockerode = {
  ...common,
  entryPoints: { dockerode: 'node_modules/dockerode/lib/docker.js' },
  plugins: [lazyDockerode],
  // The copy of Node's streams that Node 20 has itself.
  alias: { 'readable-stream': 'stream' },
  outdir: 'dist',
  sourcemap: false,
};

/** The program that ssh runs to ask something. */
const askpass = {
  ...common,
  entryPoints: ['src/engine/transport/ssh/askpass.ts'],
  outdir: 'dist',
  sourcemap: false,
};

/** What is imported late becomes a bundle of its own, which esbuild makes of ES modules only: they are turned into cjs. */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          format: 'cjs',
          platform: 'node',
          target: common.target,
          supported: { 'dynamic-import': false },
          minify: production,
          sourcemap: production ? false : 'inline',
          sourcefile: path,
        });
        await writeFile(path, code);
      }
    });
  },
};

/** extension.js, the commands, and what both share. */
const extension = {
  ...common,
  entryPoints: ['src/extension.ts'],
  plugins: [separateDockerode, sharedVscode, asCommonJs],
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  sourcemap: production ? false : 'inline',
  outdir: 'dist',
  write: false,
};

const toolkitChanges = [
  // It tries by an inline style whether `:focus-visible` is known, which the page's content security policy forbids; every
  // browser of a VS Code knows it.
  {
    file: /fast-web-utilities[\\/]dist[\\/]dom\.js$/,
    from: 'let _canUseFocusVisible;',
    to: 'let _canUseFocusVisible = true;',
  },
  // It waits until the page is loaded to take on the theme, and is loaded after that.
  {
    file: /webview-ui-toolkit[\\/]dist[\\/]utilities[\\/]theme[\\/]applyTheme\.js$/,
    from: "window.addEventListener('load', () => {",
    to: 'queueMicrotask(() => {',
  },
];

/** What the toolkit does otherwise than the page needs it. */
const fittedToolkit = {
  name: 'fitted-toolkit',
  setup(build) {
    for (const { file, from, to } of toolkitChanges) {
      build.onLoad({ filter: file }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(from)) throw new Error(`${path} no longer has "${from}".`);
        return { contents: source.replace(from, to) };
      });
    }
  },
};

/** The page loads the font of its icons ahead, which takes its plain name. */
const plainFontName = {
  name: 'plain-font-name',
  setup(build) {
    build.onResolve({ filter: /\.ttf\?/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?.*$/, '')),
    }));
  },
};

/** The inspector's page, with what it loads late, its style, and the font of its icons beside it. */
const inspector = {
  bundle: true,
  entryPoints: [
    { in: 'media/inspector/main.ts', out: 'inspector' },
    { in: 'media/inspector/main.css', out: 'inspector' },
  ],
  plugins: [fittedToolkit, plainFontName],
  format: 'esm',
  splitting: true,
  chunkNames: 'inspector-[name]',
  target: 'es2022',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  outdir: 'dist',
};

const bundles = [extension, askpass, dockerode, parts, inspector];

/** Tests run the same modules unbundled: one output file for each source file. An `import()` becomes a `require`. */
const tests = {
  entryPoints: ['src/**/*.ts', 'media/**/*.ts', 'test/**/*.ts'],
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  supported: { 'dynamic-import': false },
  sourcemap: 'linked',
  outdir: 'out',
  outbase: '.',
  logLevel: 'warning',
};

if (!flags.has('--watch')) await rm('dist', { recursive: true, force: true });
await mkdir('dist/proto', { recursive: true });
await cp('node_modules/dockerode/lib/proto', 'dist/proto', { recursive: true });

if (flags.has('--tests')) {
  await rm('out', { recursive: true, force: true });
  await esbuild.build(tests);
}
if (flags.has('--watch')) {
  const contexts = await Promise.all(bundles.map(options => esbuild.context({ ...options, logLevel: 'info' })));
  await Promise.all(contexts.map(context => context.watch()));
} else {
  await Promise.all(bundles.map(options => esbuild.build(options)));
}
