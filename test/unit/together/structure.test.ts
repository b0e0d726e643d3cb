import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import ts from 'typescript';

const most = 300;
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => `test/${name.split(sep).join('/')}`);
const unitTests = files.filter(file => file.startsWith('test/unit/') && file.endsWith('.test.ts'));

describe('The tests', () => {
  const places: [test: string, sources: readonly string[]][] = [
    ['test/unit/base/abort.test.ts', ['src/base/abort.ts', 'src/base.ts']],
    ['test/unit/media/shared/texts.test.ts', ['media/shared/texts.ts', 'media/shared.ts']],
    ['test/unit/support/run/tally.test.ts', ['test/support/run/tally.ts', 'test/support/run.ts']],
    ['test/unit/together/storm.test.ts', ['test/unit/together']],
  ];
  for (const [test, sources] of places) {
    it(`in ${test} belong to ${sources.join(' or ')}`, () => assert.deepEqual(sourcesOf(test), sources));
  }

  it('of one source have its path, or stand in a folder of its path; those of several stand in “together”', () => {
    const misplaced = unitTests.filter(test => !sourcesOf(test).some(source => existsSync(source)));
    assert.deepEqual(misplaced, [], 'see test/README.md');
    assert.ok(unitTests.length > 100);
  });

  it(`are files of at most ${most} lines, as is what they share`, () => {
    const long = files.map(file => [file, linesOf(file)] as const).filter(([, lines]) => lines > most);
    assert.deepEqual(long, [], 'split them by subject');
  });

  it('take each module that they load by its name for what it is', () => {
    const loads = files.flatMap(file => loadsOf(file, readFileSync(file, 'utf8')));
    const wrong = loads.filter(({ loaded, type }) => loaded !== type);
    assert.deepEqual(wrong, [], 'the name and the imported type are of different sources');
    assert.ok(loads.length > 20);
  });

  it('are found out when they take a module for another', () => {
    const text = `
      import type * as Log from '../../../src/ui/log';
      import type * as Commands from '../../../src/ui/commands';
      const log = loadUi('run', { l10n }) as typeof Log;
      const { commandTable } = loadAnew(['text'], 'commands/index', {}) as typeof Commands;`;
    const file = 'test/unit/ui/x.test.ts';
    assert.deepEqual(loadsOf(file, text), [
      { file, loaded: 'src/ui/run', type: 'src/ui/log' },
      { file, loaded: 'src/ui/commands', type: 'src/ui/commands' },
    ]);
  });
});

/** Where the source of a unit test may be: at the test's path, or at its folder's where a source has several tests. */
function sourcesOf(test: string): string[] {
  const path = test.slice('test/unit/'.length, -'.test.ts'.length);
  if (path.startsWith('together/')) return ['test/unit/together'];
  const roots: Readonly<Record<string, string>> = { media: '', support: 'test/' };
  const root = roots[path.split('/')[0] ?? ''] ?? 'src/';
  return [`${root}${path}.ts`, `${root}${posix.dirname(path)}.ts`];
}

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length;
}

interface Load {
  file: string;
  /** The source whose name is given. */
  loaded: string;
  /** The source whose type it is given. */
  type: string;
}

/** Where a test loads a module of the ui by its name, `loadUi('log') as typeof Log`, which no compiler compares. */
function loadsOf(file: string, text: string): Load[] {
  if (!text.includes(' as typeof ')) return [];
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const types = new Map(parsed.statements.flatMap(statement => namespaceOf(statement)));
  const loads: Load[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && ts.isTypeQueryNode(node.type) && ts.isIdentifier(node.type.exprName)) {
      const name = nameLoaded(node.expression);
      const specifier = types.get(node.type.exprName.text);
      if (name !== undefined && specifier !== undefined) {
        const type = posix.join(posix.dirname(file), specifier);
        loads.push({ file, loaded: withoutIndex(`src/ui/${name}`), type: withoutIndex(type) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return loads;
}

/** Of `import type * as Name from 'specifier'`. */
function namespaceOf(statement: ts.Statement): [name: string, specifier: string][] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const bindings = statement.importClause?.namedBindings;
  return bindings && ts.isNamespaceImport(bindings) ? [[bindings.name.text, statement.moduleSpecifier.text]] : [];
}

/** The name in `loadUi(name, …)` or `loadAnew(others, name, …)`. */
function nameLoaded(call: ts.Expression): string | undefined {
  if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return undefined;
  const at = ['loadUi', 'loadAnew'].indexOf(call.expression.text);
  const name = at < 0 ? undefined : call.arguments[at];
  return name && ts.isStringLiteral(name) ? name.text : undefined;
}

function withoutIndex(path: string): string {
  return path.replace(/\/index$/, '');
}
