import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { Emitter } from '../../../base/event';
import { Throttle } from '../../../base/schedule';
import type { Kind, Rows } from '../../../engine/mirror/kinds';
import type { ChangeSet } from '../../../engine/mirror/store';
import type { Session } from '../../session/session';
import { type DetailNode, type Dirty, Forest, type Node, type RowNode } from './forest';
import { type Look, treeItem } from './look';
import type { Figures, TreeContext, TreeShape } from './shape';
import { hidesRows, type ViewState } from './viewState';

/**
 * VS Code waits 200 ms after each change event that follows another within that time, so events at a steady quick pace
 * would never be drawn. Changes told further apart than that are each drawn at once; the margin is for timers of a busy
 * host, which count from the begin of the task that set them.
 */
const paceMs = 220;
/** How often rows that tell an age are compared with what they last said. */
const ageTickMs = 10_000;

/** A tree view of one kind of object: follows the mirror, and draws only what changed. */
export class ResourceTree<K extends Kind> implements vscode.TreeDataProvider<Node<Rows[K]>>, Disposable {
  readonly #changed = new vscode.EventEmitter<Node<Rows[K]>[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shown = new Emitter<undefined>();
  /** Other rows may be shown now, or rows in other states. */
  readonly onDidChangeShown = this.#shown.event;
  readonly #store = new DisposableStore();
  readonly #open = new Map<string, boolean>();
  readonly #drawn = new WeakMap<Node<Rows[K]>, string>();
  readonly #sessions = new WeakMap<object, Session>();
  readonly #pace = new Throttle(paceMs, () => this.#draw());
  readonly #shape: TreeShape<K>;
  readonly #state: ViewState;
  readonly #figures: Figures;
  readonly view: vscode.TreeView<Node<Rows[K]>>;
  #session: Session;
  /** Grown when VS Code asks for it: a view that nobody has opened costs nothing. */
  #forest: Forest<Rows[K]> | undefined;
  #dirty: Dirty<Rows[K]> = clean();
  #following = new DisposableStore();

  constructor(shape: TreeShape<K>, state: ViewState, session: Session, figures: Figures) {
    this.#shape = shape;
    this.#state = state;
    this.#figures = figures;
    this.#session = session;
    this.view = vscode.window.createTreeView(shape.view, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#store.add(this.view);
    this.#store.add(this.#pace);
    this.#store.add(this.view.onDidExpandElement(({ element }) => this.#onOpen(element, true)));
    this.#store.add(this.view.onDidCollapseElement(({ element }) => this.#onOpen(element, false)));
    this.#store.add(this.view.onDidChangeVisibility(() => this.#shown.fire(undefined)));
    this.#store.add(this.#shown);
    this.#store.add(state.onDidChange(() => this.rebuild()));
    if (shape.ages) this.#store.add(this.#tickAges());
    this.follow(session);
  }

  get session(): Session {
    return this.#session;
  }

  /** The rows outside of groups that are closed, in their order; undefined until VS Code has asked for them. */
  shownRows(): Rows[K][] | undefined {
    return this.#forest?.roots.flatMap(root => {
      if (root.type === 'row') return root.row;
      return root.type === 'group' && this.#isOpen(root) ? root.children.map(({ row }) => row) : [];
    });
  }

  /** Draws the rows of these objects that look otherwise than when they were last drawn. */
  redraw(ids: readonly string[]): void {
    const nodes = ids.flatMap(id => this.#forest?.nodesOf(id) ?? []).filter(node => this.#looksDifferent(node));
    this.#mark({ root: false, nodes: new Set(nodes), groups: new Set() });
  }

  /** Shows another engine's objects from now on. */
  follow(session: Session): void {
    this.#following.dispose();
    this.#following = new DisposableStore();
    this.#session = session;
    const { kind } = this.#shape;
    this.#following.add(session.mirror.onDidChangeRows(kind)(changes => this.#onChange(changes)));
    this.#following.add(session.usage.onDidChange(used => used.kind === kind && this.#onUsers(used.names)));
    this.rebuild();
  }

  /** Places all rows anew, after a change of filter, order or grouping. */
  rebuild(): void {
    this.#forest = undefined;
    this.#dirty.root = true;
    this.#pace.trigger();
  }

  dispose(): void {
    this.#following.dispose();
    this.#store.dispose();
    this.#changed.dispose();
  }

  getChildren(node?: Node<Rows[K]>): Node<Rows[K]>[] {
    if (!node) return (this.#forest ??= this.#grown()).roots;
    if (this.#sessions.get(node) !== this.#session) return []; // A row of an engine that was left.
    if (!this.#isOpen(node)) this.#onOpen(node, true);
    if (node.type === 'group') return node.children;
    return node.type === 'row' ? this.#details(node) : [];
  }

  getParent(node: Node<Rows[K]>): Node<Rows[K]> | undefined {
    return node.parent;
  }

  getTreeItem(node: Node<Rows[K]>): vscode.TreeItem {
    const look = this.#look(node);
    this.#drawn.set(node, lookText(look));
    if (!this.#sessions.has(node)) this.#sessions.set(node, this.#session);
    return treeItem(this.#id(node), look, this.#collapsible(node), node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node<Rows[K]>): vscode.TreeItem {
    if (node.type === 'row') item.tooltip = this.#shape.tooltip(node, this.#context());
    return item;
  }

  /** The session that a node was drawn for; undefined for other trees' nodes. */
  sessionOf(node: object): Session | undefined {
    return this.#sessions.get(node);
  }

  /** Two engines may hold objects of the same name: VS Code must not take one's row for the other's. */
  #id({ id }: Node<Rows[K]>): string {
    return `${this.#session.key}#${id}`;
  }

  #context(): TreeContext {
    const { mirror, usage } = this.#session;
    return { mirror, usage, state: this.#state, figures: this.#figures, now: Date.now() };
  }

  #grown(): Forest<Rows[K]> {
    const forest = new Forest(this.#shape.forest(this.#context()));
    forest.rebuild(this.#session.mirror.list(this.#shape.kind));
    queueMicrotask(() => this.#shown.fire(undefined)); // Once the forest is in its place.
    return forest;
  }

  #look(node: Node<Rows[K]>): Look {
    if (node.type === 'group') return this.#shape.groupLook(node, this.#context());
    return node.type === 'row' ? this.#shape.rowLook(node, this.#context()) : node.look;
  }

  #details(node: RowNode<Rows[K]>): DetailNode<Rows[K]>[] {
    return this.#shape
      .details(node, this.#context())
      .map(({ id, subject, look }) => ({ type: 'detail', id: `${node.id}/${id}`, parent: node, subject, look }));
  }

  #collapsible(node: Node<Rows[K]>): vscode.TreeItemCollapsibleState {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const holds = node.type === 'group' || (node.type === 'row' && this.#details(node).length > 0);
    if (!holds) return None;
    return this.#isOpen(node) ? Expanded : Collapsed;
  }

  #isOpen(node: Node<Rows[K]>): boolean {
    return this.#open.get(this.#id(node)) ?? (node.type === 'group' && this.#shape.groupsOpen);
  }

  /**
   * VS Code asks for what is below a row that is open, and may tell nothing: when a person opens it just while all rows are
   * drawn anew.
   */
  #onOpen(node: Node<Rows[K]>, open: boolean): void {
    this.#open.set(this.#id(node), open);
    this.#shown.fire(undefined);
  }

  /** A row that is hidden changes no node, but may change what its group says. */
  #onChange(changes: ChangeSet<Rows[K]>): void {
    if (!this.#forest) return;
    const dirty = this.#forest.apply(changes);
    if (hidesRows(this.#state)) for (const group of this.#forest.groups) dirty.groups.add(group);
    this.#mark(dirty);
    this.#shown.fire(undefined);
  }

  #onUsers(names: ReadonlySet<string>): void {
    const { mirror } = this.#session;
    const ids = [...names].map(name => this.#shape.usedId?.(name, mirror) ?? '');
    const nodes = ids.flatMap(id => this.#forest?.nodesOf(id) ?? []);
    this.#mark({ root: false, nodes: new Set(nodes), groups: new Set() });
  }

  #mark({ root, nodes, groups }: Dirty<Rows[K]>): void {
    this.#dirty.root ||= root;
    for (const node of nodes) this.#dirty.nodes.add(node);
    for (const group of groups) this.#dirty.groups.add(group);
    if (root || nodes.size + groups.size > 0) this.#pace.trigger();
  }

  #draw(): void {
    const { root, nodes, groups } = this.#dirty;
    this.#dirty = clean();
    if (root) {
      this.#changed.fire(undefined);
      return;
    }
    for (const group of groups) if (this.#looksDifferent(group)) nodes.add(group);
    const topmost = [...nodes].filter(node => !node.parent || !nodes.has(node.parent));
    if (topmost.length > 0) this.#changed.fire(topmost);
  }

  #looksDifferent(node: Node<Rows[K]>): boolean {
    const drawn = this.#drawn.get(node);
    return drawn !== undefined && drawn !== lookText(this.#look(node));
  }

  #tickAges(): Disposable {
    const timer = setInterval(() => {
      if (!this.view.visible) return;
      const aged = [...(this.#forest?.rowNodes() ?? [])].filter(node => this.#looksDifferent(node));
      this.#mark({ root: false, nodes: new Set(aged), groups: new Set() });
    }, ageTickMs);
    return { dispose: () => clearInterval(timer) };
  }
}

function clean<K extends Kind>(): Dirty<Rows[K]> {
  return { root: false, nodes: new Set(), groups: new Set() };
}

function lookText({ label, description, icon, contextValue }: Look): string {
  return [label, description, icon, contextValue].join('\n');
}
