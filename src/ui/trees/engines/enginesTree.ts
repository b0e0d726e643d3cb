import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { engineLook } from '../../objects/engineLook';
import type { Look } from '../../objects/look';
import type { HasSubject } from '../../objects/subject';
import { FactsReader } from '../../session/engineFacts';
import type { EngineEntry, KnownEngines } from '../../session/knownEngines';
import { paced } from '../drawing';
import { OpenRows } from '../openRows';
import { treeItem } from '../treeItem';
import { type Below, type FactRow, rowsBelow } from './rows';
import { engineTooltip } from './tooltip';

/** A row of the view: an engine, or a fact about one. Rows of facts are made anew whenever their parent is drawn. */
interface EngineNode extends HasSubject {
  readonly id: string;
  /** The engine's id. */
  readonly engine: string;
  readonly parent: EngineNode | undefined;
  look: Look;
  /** What is below it; nothing when not given. */
  readonly below?: Below;
}

/** The Engines view: all known engines, and below the open ones what they tell of themselves. */
export class EnginesTree implements vscode.TreeDataProvider<EngineNode>, Disposable {
  readonly #changed = new vscode.EventEmitter<EngineNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #store = new DisposableStore();
  readonly #facts = this.#store.add(new FactsReader());
  readonly #pace = this.#store.add(paced(() => this.#draw()));
  readonly #open: OpenRows<EngineNode>;
  readonly view: vscode.TreeView<EngineNode>;
  /** The engines' rows by id, kept so that VS Code recognizes a row when it alone is drawn anew. */
  #nodes = new Map<string, EngineNode>();
  /** How each engine's rows were last drawn, in the order of the engines. */
  #drawn = new Map<string, string>();

  constructor(private readonly engines: KnownEngines) {
    const options = { treeDataProvider: this, showCollapseAll: true };
    this.view = this.#store.add(vscode.window.createTreeView('quayside.engines', options));
    this.#open = this.#store.add(
      new OpenRows(this.view, {
        keyOf: ({ id }) => id,
        onChange: (node, open) => (open ? this.#onOpen(node) : this.#onClose(node)),
      }),
    );
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => engines.setShown(visible)));
    this.#store.add(engines.onDidChange(() => this.#pace.trigger()));
    this.#store.add(this.#facts.onDidChange(() => this.#drawOpen()));
    engines.setShown(this.view.visible);
  }

  getChildren(node?: EngineNode): EngineNode[] {
    if (!node) {
      this.#drawn = this.#rendered();
      return this.#roots();
    }
    if (node.below) this.#open.onAsk(node);
    return this.#childrenOf(node);
  }

  getParent(node: EngineNode): EngineNode | undefined {
    return node.parent;
  }

  getTreeItem(node: EngineNode): vscode.TreeItem {
    this.#open.onDraw(node);
    return treeItem(node.id, node.look, this.#collapsible(node), node);
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

  #collapsible(node: EngineNode): vscode.TreeItemCollapsibleState {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    if (!node.below) return None;
    return this.#open.isOpen(node) ? Expanded : Collapsed;
  }

  #childrenOf(node: EngineNode): EngineNode[] {
    const entry = this.#entryOf(node);
    return entry && node.below ? rowsBelow(node.below, entry, this.#facts).map(row => factNode(node, row)) : [];
  }

  #roots(): EngineNode[] {
    const nodes = this.engines.entries.map(entry => {
      const look = engineLook(entry);
      return Object.assign(this.#nodes.get(entry.id) ?? engineNode(entry.id, look), { look });
    });
    const before = this.#nodes;
    this.#nodes = new Map(nodes.map(node => [node.id, node]));
    for (const [id, node] of before) if (!this.#nodes.has(id) && this.#open.isOpen(node)) this.#open.close(node);
    return nodes;
  }

  #entryOf({ engine }: EngineNode): EngineEntry | undefined {
    return this.engines.entries.find(({ id }) => id === engine);
  }

  #onOpen(node: EngineNode): void {
    if (!node.parent) this.engines.open(node.engine);
    this.#drawAnyway([node.engine]);
  }

  #onClose(node: EngineNode): void {
    if (!node.parent) this.engines.close(node.engine);
    const engine = this.#entryOf(node)?.session?.connection.engine;
    if (engine && node.below === 'diskUse') this.#facts.forgetDiskUse(engine);
    this.#pace.trigger();
  }

  #drawOpen(): void {
    const open = [...this.#nodes.values()].filter(node => this.#open.isOpen(node));
    this.#drawAnyway(open.map(({ id }) => id));
  }

  /** An answer may come while VS Code still draws the row that asked for it. */
  #drawAnyway(engines: Iterable<string>): void {
    for (const id of engines) if (this.#drawn.has(id)) this.#drawn.set(id, '');
    this.#pace.trigger();
  }

  /**
   * Draws only the engines that would look different. All rows are drawn anew only when there are other engines than
   * before: meanwhile VS Code ignores what a person opens or closes.
   */
  #draw(): void {
    const before = this.#drawn;
    this.#drawn = this.#rendered();
    if (!isDeepStrictEqual([...before.keys()], [...this.#drawn.keys()])) {
      this.#changed.fire(undefined);
      return;
    }
    const different = [...this.#nodes.values()].filter(({ id }) => before.get(id) !== this.#drawn.get(id));
    if (different.length > 0) this.#changed.fire(different);
  }

  #rendered(): Map<string, string> {
    return new Map(this.#roots().map(node => [node.id, JSON.stringify(this.#withChildren(node))]));
  }

  #withChildren(node: EngineNode): unknown[] {
    const below = this.#open.isOpen(node) ? this.#childrenOf(node) : [];
    return [node.id, node.look, ...below.map(child => this.#withChildren(child))];
  }
}

function engineNode(id: string, look: Look): EngineNode {
  return { id, engine: id, parent: undefined, subject: { kind: 'engine', id }, look, below: 'facts' };
}

function factNode(parent: EngineNode, { key, look, below }: FactRow): EngineNode {
  const subject = { kind: 'group', name: look.label } as const;
  return { id: `${parent.id}/${key}`, engine: parent.engine, parent, subject, look, ...(below && { below }) };
}
