import type * as vscode from 'vscode';
import type { Disposable } from '../../../base/disposable';
import type { Event } from '../../../base/event';
import type { Kind, Rows } from '../../../engine/mirror/kinds';
import type { Mirror } from '../../../engine/mirror/mirror';
import type { Usage } from '../../../engine/mirror/usage';
import type { StatsSample } from '../../../engine/stats/stats';
import type { Look } from '../../objects/look';
import type { Session } from '../../session/session';
import type { DetailNode, ForestShape, GroupNode, RowNode } from './forest';
import type { Orders } from './orders';
import type { ViewState } from './viewState';

/** One kind's rows and how they look: what the generic tree has to know of it. */
export interface TreeShape<K extends Kind> {
  readonly kind: K;
  /** The orders that the view offers; ties fall to the name. */
  readonly orders: Orders<Rows[K]>;
  forest(context: TreeContext): ForestShape<Rows[K]>;
  rowLook(node: RowNode<Rows[K]>, context: TreeContext): Look;
  /** Needed where the forest has groups. */
  groupLook?(node: GroupNode<Rows[K]>, context: TreeContext): Look;
  details(node: RowNode<Rows[K]>, context: TreeContext): DetailLook[];
  tooltip(node: RowNode<Rows[K]>, context: TreeContext): vscode.MarkdownString;
  /** The id of the row that containers use under a name (see Usage); not for containers themselves. */
  usedId?(name: string, mirror: Mirror): string;
  readonly groupsOpen: boolean;
  /** Whether a row's look tells an age, so that it changes by itself. */
  readonly ages: boolean;
  /** Whether the view's title tells where an engine was looked for in vain: one view is enough. */
  readonly tellsAddress?: boolean;
  /** What this view alone has: commands, settings, figures. */
  extend?(tree: ShownTree<K>, state: ViewState): Disposable;
}

export interface DetailLook {
  id: string;
  subject: DetailNode<never>['subject'];
  look: Look;
}

/** What a look may depend on beside its own row. */
export interface TreeContext {
  readonly mirror: Mirror;
  readonly usage: Usage;
  readonly state: ViewState;
  readonly figures: ReadonlyMap<string, StatsSample>;
  readonly now: number;
}

/** A view's tree, as its extension sees it. */
export interface ShownTree<K extends Kind> {
  readonly view: Pick<vscode.TreeView<unknown>, 'visible'>;
  readonly session: Session;
  /** The latest figures by the id of their object, as far as they are shown. */
  readonly figures: Map<string, StatsSample>;
  /** Other rows may be shown now, or rows in other states. */
  readonly onDidChangeShown: Event<undefined>;
  /** The rows outside of closed groups, in their order; undefined until VS Code has asked for them. */
  shownRows(): Rows[K][] | undefined;
  /** Draws the rows of these objects that look different from when they were last drawn. */
  redraw(ids: readonly string[]): void;
  /** Places all rows anew, after a change of filter, order or grouping. */
  rebuild(): void;
}
