import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

/*
 * A throw-away extension that measures inside the extension host. It shows a tree of fixed rows, one row that follows the
 * engine's events, bare terminals and a bare panel: what any extension costs. It is one file, because it is copied out of
 * the project.
 */

/** How long the extension under test took in its host, in milliseconds. */
export interface Activation {
  /** From asking VS Code to activate it until VS Code had its API. */
  activated: number;
  /** From then on until its rows equalled the engine. */
  ready: number;
}

/** The extension host's memory in bytes. */
export interface Memory {
  /** What belongs to this process alone, as it stands. */
  private: number;
  /** The heap in use after a full collection. */
  heap: number;
}

const rows = 300;
const rowsOfGroup = 10;

export function activate(context: vscode.ExtensionContext): void {
  const { Editor, Panel } = vscode.TerminalLocation;
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider('bench.rows', fixedRows),
    vscode.window.registerTreeDataProvider('bench.live', new LiveRow()),
    vscode.commands.registerCommand('bench.terminal.editor', () => openTerminal(Editor)),
    vscode.commands.registerCommand('bench.terminal.panel', () => openTerminal(Panel)),
    vscode.commands.registerCommand('bench.panel', openPanel),
  );
}

/** The least that a terminal of an extension can do. */
function openTerminal(location: vscode.TerminalLocation): void {
  const wrote = new vscode.EventEmitter<string>();
  const pty: vscode.Pseudoterminal = {
    onDidWrite: wrote.event,
    open: () => wrote.fire('bare line\r\n'),
    close: () => wrote.dispose(),
  };
  vscode.window.createTerminal({ name: 'bare', pty, location }).show();
}

/** The least that a panel of an extension can do. */
function openPanel(): void {
  // Whoever measures runs a script in it.
  const options = { enableScripts: true };
  const panel = vscode.window.createWebviewPanel('bench.panel', 'bare', vscode.ViewColumn.Active, options);
  panel.webview.html = '<!DOCTYPE html><p id="bare">bare line</p>';
}

const fixedRows: vscode.TreeDataProvider<number> = {
  getChildren: group =>
    group === undefined
      ? Array.from({ length: rows / rowsOfGroup }, (_, index) => -1 - index)
      : Array.from({ length: rowsOfGroup }, (_, index) => (-1 - group) * rowsOfGroup + index),
  getTreeItem: row =>
    row < 0
      ? new vscode.TreeItem(`group ${-row}`, vscode.TreeItemCollapsibleState.Expanded)
      : new vscode.TreeItem(`fixed row ${row}`),
};

/**
 * The least that a tree can do which follows an engine: it knows its only row, and draws it anew, with the container's new
 * name, as soon as the engine tells of a rename.
 */
class LiveRow implements vscode.TreeDataProvider<'row'> {
  readonly #changed = new vscode.EventEmitter<'row'>();
  readonly onDidChangeTreeData = this.#changed.event;
  #label = 'waiting';
  #following = false;

  getChildren(): 'row'[] {
    if (!this.#following) this.#follow();
    this.#following = true;
    return ['row'];
  }

  getTreeItem(): vscode.TreeItem {
    return new vscode.TreeItem(this.#label);
  }

  #follow(): void {
    const filters = encodeURIComponent(JSON.stringify({ event: ['rename'] }));
    get({ socketPath: engineSocket(), path: `/events?filters=${filters}`, agent: false }, response => {
      createInterface({ input: response }).on('line', line => {
        const { Actor } = JSON.parse(line) as { Actor: { Attributes: { name: string } } };
        this.#label = Actor.Attributes.name;
        this.#changed.fire('row');
      });
      this.#label = 'following';
      this.#changed.fire('row');
    });
  }
}

/** Called by VS Code in the extension host; serves measurements on a socket until it is told to end. */
export async function run(): Promise<void> {
  const path = process.env['QUAYSIDE_BENCH_SOCKET'] ?? '';
  await new Promise<void>((resolve, reject) => {
    const server = createServer((request, response) => {
      const name = request.url?.slice(1) ?? '';
      const measure = measures[name] ?? (() => Promise.reject(new Error(`No measure ${name}`)));
      measure().then(
        value => response.end(JSON.stringify(value)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
      if (name === 'end') response.on('close', () => resolve());
    });
    rmSync(path, { force: true });
    server.on('error', reject);
    server.listen(path);
  });
}

const measures: Record<string, (() => Promise<object>) | undefined> = {
  activate: measureActivation,
  lists: measureLists,
  memory: measureMemory,
  end: () => Promise.resolve({}),
};

async function measureActivation(): Promise<Activation> {
  const extension = vscode.extensions.getExtension<{ whenReady(): Promise<void> }>('quayside.quayside');
  if (!extension || extension.isActive) throw new Error(extension ? 'It is active already' : 'It is not installed');
  const start = performance.now();
  const api = await extension.activate();
  const activated = performance.now() - start;
  await api.whenReady();
  return { activated, ready: performance.now() - start - activated };
}

/** The lists that a picture of the engine needs, all at once, read to their ends and not looked into. */
async function measureLists(): Promise<{ ms: number }> {
  const start = performance.now();
  await Promise.all(['/containers/json?all=1', '/images/json', '/networks', '/volumes'].map(read));
  return { ms: performance.now() - start };
}

function read(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ socketPath: engineSocket(), path, agent: false }, response => {
      response.on('end', resolve).on('error', reject).resume();
    });
    request.on('error', reject);
  });
}

function engineSocket(): string {
  return (process.env['DOCKER_HOST'] ?? '').replace('unix://', '');
}

async function measureMemory(): Promise<Memory> {
  const rollup = await readFile('/proc/self/smaps_rollup', 'utf8');
  const kilobytes = [...rollup.matchAll(/^Private_\w+: +(\d+) kB$/gm)].map(([, value]) => Number(value));
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return { private: 1024 * kilobytes.reduce((sum, value) => sum + value, 0), heap: process.memoryUsage().heapUsed };
}
