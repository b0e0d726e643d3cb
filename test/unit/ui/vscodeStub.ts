import Module, { createRequire } from 'node:module';
import { compiled } from '../../support/compiled';

const load = createRequire(__filename);

type Load = (request: string, ...rest: unknown[]) => unknown;

/**
 * Lets modules that import `vscode` be loaded in plain Node, where only the extension host has it: for tests of what they
 * declare. Whatever of it they use is an empty object, but what is given.
 */
export function withVscodeStub<T>(load: () => T, given: object = {}): T {
  const loader = Module as unknown as { _load: Load };
  const original = loader._load;
  const empty: object = new Proxy(() => undefined, { get: () => empty, apply: () => empty });
  const vscode = new Proxy(given, { get: (_, name) => (name in given ? Reflect.get(given, name) : empty) as unknown });
  loader._load = (request, ...rest) => (request === 'vscode' ? vscode : original(request, ...rest));
  try {
    return load();
  } finally {
    loader._load = original;
  }
}

/** VS Code's texts, in their own language. */
export const l10n = {
  t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
};

/** Loads a module of the ui, e.g. `inspector/links`, with so much of VS Code as it uses here. */
export function loadUi(name: string, vscode: object = {}): unknown {
  return withVscodeStub(() => load(compiled(`ui/${name}`)) as unknown, vscode);
}

/** The same, anew, as are the modules that it is given with: each test file has a VS Code of its own. */
export function loadAnew(modules: readonly string[], last: string, vscode: object): unknown {
  for (const name of [...modules, last]) Reflect.deleteProperty(load.cache, load.resolve(compiled(`ui/${name}`)));
  return loadUi(last, vscode);
}
