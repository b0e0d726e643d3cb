import * as vscode from 'vscode';
import { Throttle } from '../../base/async';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { FactsReader } from '../engineFacts';
import type { EngineEntry, Engines } from '../engines';
import type { HasSubject } from '../subject';
import { engineLook, engineTooltip } from './engineLook';
import { type Below, type FactRow, rowsBelow } from './engineRows';
import { type Look, treeItem } from './look';

/** A row of the view: an engine, or what is told of one. Made anew whenever its parent is drawn. */
export interface EngineNode extends HasSubject {
  readonly id: string;
  /** The engine's id. */
  readonly engine: string;
  readonly parent: EngineNode | undefined;
  readonly look: Look;
  /** What is below it; none when not given. */
  readonly below?: Below;
}

/** See ResourceTree: changes told further apart are each drawn at once. */
const paceMs = 220;

/** The Engines view: all known engines, and below those that are opened what they tell of themselves. */
export class EnginesTree implements vscode.TreeDataProvider<EngineNode>, Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #store = new DisposableStore();
  readonly #facts = this.#store.add(new FactsReader());
  readonly #pace = this.#store.add(new Throttle(paceMs, () => this.#draw()));
  readonly #open = new Set<string>();
  readonly view: vscode.TreeView<EngineNode>;
  #drawn = '';

  constructor(private readonly engines: Engines) {
    const options = { treeDataProvider: this, showCollapseAll: true };
    this.view = this.#store.add(vscode.window.createTreeView('quayside.engines', options));
    this.#store.add(this.view.onDidExpandElement(({ element }) => this.#onOpen(element)));
    this.#store.add(this.view.onDidCollapseElement(({ element }) => this.#onClose(element)));
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => engines.setShown(visible)));
    this.#store.add(engines.onDidChange(() => this.#pace.trigger()));
    this.#store.add(this.#facts.onDidChange(() => this.#drawAnyway()));
    engines.setShown(this.view.visible);
  }

  getChildren(node?: EngineNode): EngineNode[] {
    if (!node) return this.engines.entries.map(engineNode);
    const entry = this.#entryOf(node);
    return entry && node.below ? rowsBelow(node.below, entry, this.#facts).map(row => factNode(node, row)) : [];
  }

  getParent(node: EngineNode): EngineNode | undefined {
    return node.parent;
  }

  getTreeItem(node: EngineNode): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    return treeItem(node.id, node.look, node.below ? Collapsed : None, node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: EngineNode): vscode.TreeItem {
    const entry = node.parent ? undefined : this.#entryOf(node);
    if (entry) item.tooltip = engineTooltip(entry);
    return item;
  }

  dispose(): void {
    this.engines.setShown(false);
    this.#store.dispose();
    this.#changed.dispose();
  }

  #entryOf({ engine }: EngineNode): EngineEntry | undefined {
    return this.engines.entries.find(({ id }) => id === engine);
  }

  #onOpen(node: EngineNode): void {
    this.#open.add(node.id);
    if (!node.parent) this.engines.open(node.engine);
    this.#drawAnyway();
  }

  #onClose(node: EngineNode): void {
    this.#open.delete(node.id);
    if (!node.parent) this.engines.close(node.engine);
    const engine = this.#entryOf(node)?.session?.connection.engine;
    if (engine && node.below === 'diskUse') this.#facts.forgetDiskUse(engine);
    this.#pace.trigger();
  }

  /** An answer may come before VS Code tells that the row which asked for it is open, or while it still draws that row. */
  #drawAnyway(): void {
    this.#drawn = '';
    this.#pace.trigger();
  }

  /** Draws anew only when something would look different. */
  #draw(): void {
    const rows = this.getChildren().map(node => this.#rendered(node));
    const drawn = JSON.stringify(rows);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#changed.fire(undefined);
  }

  #rendered(node: EngineNode): unknown[] {
    const below = this.#open.has(node.id) ? this.getChildren(node) : [];
    return [node.id, node.look, ...below.map(child => this.#rendered(child))];
  }
}

function engineNode(entry: EngineEntry): EngineNode {
  const { id } = entry;
  return {
    id,
    engine: id,
    parent: undefined,
    subject: { kind: 'engine', id },
    look: engineLook(entry),
    below: 'facts',
  };
}

function factNode(parent: EngineNode, { key, look, below }: FactRow): EngineNode {
  const subject = { kind: 'group', name: look.label } as const;
  return { id: `${parent.id}/${key}`, engine: parent.engine, parent, subject, look, ...(below && { below }) };
}
