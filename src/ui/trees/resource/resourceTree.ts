import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { Emitter } from '../../../base/event';
import type { Kind, Rows } from '../../../engine/mirror/kinds';
import type { ChangeSet } from '../../../engine/mirror/store';
import type { StatsSample } from '../../../engine/stats/stats';
import type { Look } from '../../objects/look';
import { viewOf } from '../../objects/views';
import type { Session } from '../../session/session';
import { paced } from '../drawing';
import { OpenRows } from '../openRows';
import { treeItem } from '../treeItem';
import { type DetailNode, type Dirty, Forest, type Group, type Node, type RowNode } from './forest';
import type { ShownTree, TreeContext, TreeShape } from './shape';
import { hidesRows, type ViewState } from './viewState';

/** How often rows with an age are checked for changes. */
const ageTickMs = 10_000;

/** A tree view of one kind of object: follows the mirror, and draws only what changed. */
export class ResourceTree<K extends Kind> implements vscode.TreeDataProvider<Node<Rows[K]>>, ShownTree<K>, Disposable {
  readonly #changed = new vscode.EventEmitter<Node<Rows[K]>[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shown = new Emitter<undefined>();
  readonly onDidChangeShown = this.#shown.event;
  readonly #store = new DisposableStore();
  readonly #open: OpenRows<Node<Rows[K]>>;
  readonly #drawn = new WeakMap<Node<Rows[K]>, string>();
  readonly #sessions = new WeakMap<object, Session>();
  readonly #pace = paced(() => this.#draw());
  readonly #shape: TreeShape<K>;
  readonly #state: ViewState;
  readonly figures = new Map<string, StatsSample>();
  /** The view's, e.g. `quayside.containers`. */
  readonly id: string;
  readonly view: vscode.TreeView<Node<Rows[K]>>;
  #session: Session;
  /** Made when VS Code asks for it: a view that nobody has opened costs nothing. */
  #forest: Forest<Rows[K]> | undefined;
  #dirty: Dirty<Rows[K]> = clean();
  #following = new DisposableStore();

  constructor(shape: TreeShape<K>, state: ViewState, session: Session) {
    this.#shape = shape;
    this.#state = state;
    this.#session = session;
    this.id = viewOf(shape.kind);
    this.view = vscode.window.createTreeView(this.id, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#store.add(this.view);
    this.#store.add(this.#pace);
    this.#open = this.#store.add(
      new OpenRows(this.view, {
        keyOf: node => this.#id(node),
        startsOpen: node => node.type === 'group' && shape.groupsOpen,
        onChange: () => this.#shown.fire(undefined),
      }),
    );
    this.#store.add(this.view.onDidChangeVisibility(() => this.#shown.fire(undefined)));
    this.#store.add(this.#shown);
    this.#store.add(state.onDidChange(() => this.rebuild()));
    if (shape.ages) this.#store.add(this.#tickAges());
    this.follow(session);
  }

  get session(): Session {
    return this.#session;
  }

  shownRows(): Rows[K][] | undefined {
    return this.#forest?.roots.flatMap(root => {
      if (root.type === 'row') return root.row;
      return root.type === 'group' && this.#open.isOpen(root) ? root.children.map(({ row }) => row) : [];
    });
  }

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
    if (this.#sessions.get(node) !== this.#session) return []; // Its engine is no longer the current one.
    this.#open.onAsk(node);
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
    this.#open.onDraw(node);
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
    return { mirror, usage, state: this.#state, figures: this.figures, now: Date.now() };
  }

  #grown(): Forest<Rows[K]> {
    const forest = new Forest(this.#shape.forest(this.#context()));
    forest.rebuild(this.#session.mirror.list(this.#shape.kind));
    queueMicrotask(() => this.#shown.fire(undefined)); // After #forest is set.
    return forest;
  }

  #look(node: Node<Rows[K]>): Look {
    if (node.type === 'group') return this.#shape.groupLook?.(node, this.#context()) ?? plainGroupLook(node.group);
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
    return this.#open.isOpen(node) ? Expanded : Collapsed;
  }

  /** A change of a hidden row changes no node, but may change its group's look. */
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

function plainGroupLook({ label }: Group): Look {
  return { label, description: '', icon: 'list-tree', contextValue: 'group' };
}

function lookText({ label, description, icon, contextValue }: Look): string {
  return [label, description, icon, contextValue].join('\n');
}
