import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { Batcher, Throttle } from '../../../base/schedule';
import type { HasSubject } from '../../objects/subject';
import { FactsReader } from '../../session/engineFacts';
import type { EngineEntry, KnownEngines } from '../../session/knownEngines';
import { type Look, treeItem } from '../resource/look';
import { engineLook, engineTooltip } from './look';
import { type Below, type FactRow, rowsBelow } from './rows';

/** A row of the view: an engine, or what is told of one; the latter is made anew whenever its parent is drawn. */
export interface EngineNode extends HasSubject {
  readonly id: string;
  /** The engine's id. */
  readonly engine: string;
  readonly parent: EngineNode | undefined;
  look: Look;
  /** What is below it; none when not given. */
  readonly below?: Below;
}

/** See ResourceTree: changes told further apart are each drawn at once. */
const paceMs = 220;
/** VS Code asks for what is below the open rows right after it was told the rows themselves. */
const askedWithinMs = 2_000;

/** The Engines view: all known engines, and below those that are opened what they tell of themselves. */
export class EnginesTree implements vscode.TreeDataProvider<EngineNode>, Disposable {
  readonly #changed = new vscode.EventEmitter<EngineNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #store = new DisposableStore();
  readonly #facts = this.#store.add(new FactsReader());
  readonly #pace = this.#store.add(new Throttle(paceMs, () => this.#draw()));
  readonly #open = new Map<string, EngineNode>();
  /** Which of the open rows VS Code has not asked for since all were drawn anew. */
  readonly #unasked = new Set<string>();
  readonly #asked = this.#store.add(new Batcher(askedWithinMs, () => this.#closeUnasked()));
  readonly view: vscode.TreeView<EngineNode>;
  /** The engines' own, by id: kept, so that VS Code knows a row again when it alone is drawn anew. */
  #nodes = new Map<string, EngineNode>();
  /** How each engine's rows looked when they were last drawn, in the order of the engines. */
  #drawn = new Map<string, string>();

  constructor(private readonly engines: KnownEngines) {
    const options = { treeDataProvider: this, showCollapseAll: true };
    this.view = this.#store.add(vscode.window.createTreeView('quayside.engines', options));
    this.#store.add(this.view.onDidExpandElement(({ element }) => this.#onOpen(element)));
    this.#store.add(this.view.onDidCollapseElement(({ element }) => this.#onClose(element)));
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => engines.setShown(visible)));
    this.#store.add(engines.onDidChange(() => this.#pace.trigger()));
    this.#store.add(this.#facts.onDidChange(() => this.#drawAnyway(this.#open.keys())));
    engines.setShown(this.view.visible);
  }

  getChildren(node?: EngineNode): EngineNode[] {
    if (!node) {
      this.#drawn = this.#rendered();
      if (this.#unasked.size > 0) this.#asked.trigger();
      return this.#roots();
    }
    this.#unasked.delete(node.id);
    if (node.below && !this.#open.has(node.id)) this.#onOpen(node);
    return this.#childrenOf(node);
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

  #childrenOf(node: EngineNode): EngineNode[] {
    const entry = this.#entryOf(node);
    return entry && node.below ? rowsBelow(node.below, entry, this.#facts).map(row => factNode(node, row)) : [];
  }

  #roots(): EngineNode[] {
    const nodes = this.engines.entries.map(entry => {
      const look = engineLook(entry);
      return Object.assign(this.#nodes.get(entry.id) ?? engineNode(entry.id, look), { look });
    });
    this.#nodes = new Map(nodes.map(node => [node.id, node]));
    return nodes;
  }

  #entryOf({ engine }: EngineNode): EngineEntry | undefined {
    return this.engines.entries.find(({ id }) => id === engine);
  }

  /**
   * VS Code asks for what is below a row that is open, and may tell nothing: when a person opens it just while all rows are
   * drawn anew.
   */
  #onOpen(node: EngineNode): void {
    this.#open.set(node.id, node);
    if (!node.parent) this.engines.open(node.engine);
    this.#drawAnyway([node.engine]);
  }

  #onClose(node: EngineNode): void {
    this.#open.delete(node.id);
    if (!node.parent) this.engines.close(node.engine);
    const engine = this.#entryOf(node)?.session?.connection.engine;
    if (engine && node.below === 'diskUse') this.#facts.forgetDiskUse(engine);
    this.#pace.trigger();
  }

  /** An answer may come while VS Code still draws the row which asked for it. */
  #drawAnyway(engines: Iterable<string>): void {
    for (const id of engines) if (this.#drawn.has(id)) this.#drawn.set(id, '');
    this.#pace.trigger();
  }

  /**
   * Draws anew only what would look different. While VS Code draws all rows anew it drops what a person opens or closes just
   * then, so that is left for when there are other engines. Afterwards it asks for what is below the rows that are open:
   * the others are closed.
   */
  #draw(): void {
    const before = this.#drawn;
    this.#drawn = this.#rendered();
    if (!isDeepStrictEqual([...before.keys()], [...this.#drawn.keys()])) {
      for (const id of this.#open.keys()) this.#unasked.add(id);
      this.#changed.fire(undefined);
      return;
    }
    const different = [...this.#nodes.values()].filter(({ id }) => before.get(id) !== this.#drawn.get(id));
    if (different.length > 0) this.#changed.fire(different);
  }

  /** A view that is not seen asks for nothing. */
  #closeUnasked(): void {
    const unasked = [...this.#unasked];
    this.#unasked.clear();
    if (!this.view.visible) return;
    for (const id of unasked) {
      const node = this.#open.get(id);
      if (node) this.#onClose(node);
    }
  }

  #rendered(): Map<string, string> {
    return new Map(this.#roots().map(node => [node.id, JSON.stringify(this.#withChildren(node))]));
  }

  #withChildren(node: EngineNode): unknown[] {
    const below = this.#open.has(node.id) ? this.#childrenOf(node) : [];
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
