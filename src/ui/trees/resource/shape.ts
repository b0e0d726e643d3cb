import type * as vscode from 'vscode';
import type { Kind, Rows } from '../../../engine/mirror/kinds';
import type { Mirror } from '../../../engine/mirror/mirror';
import type { Usage } from '../../../engine/mirror/usage';
import type { StatsSample } from '../../../engine/stats/stats';
import type { DetailNode, ForestShape, GroupNode, RowNode } from './forest';
import type { Look } from './look';
import type { ViewState } from './viewState';

/** One kind's rows and presentation: what the generic tree is told about it. */
export interface TreeShape<K extends Kind> {
  readonly kind: K;
  readonly view: string;
  forest(context: TreeContext): ForestShape<Rows[K]>;
  rowLook(node: RowNode<Rows[K]>, context: TreeContext): Look;
  groupLook(node: GroupNode<Rows[K]>, context: TreeContext): Look;
  details(node: RowNode<Rows[K]>, context: TreeContext): DetailLook[];
  tooltip(node: RowNode<Rows[K]>, context: TreeContext): vscode.MarkdownString;
  /** The id of the row that containers use under a name (see Usage); not for containers themselves. */
  usedId?(name: string, mirror: Mirror): string;
  groupsOpen: boolean;
  /** Whether the row's look tells an age, so that it changes by itself. */
  ages: boolean;
}

export interface DetailLook {
  id: string;
  subject: DetailNode<never>['subject'];
  look: Look;
}

/** What presentations may look at beside their own row. */
export interface TreeContext {
  readonly mirror: Mirror;
  readonly usage: Usage;
  readonly state: ViewState;
  readonly figures: Figures;
  readonly now: number;
}

/** The latest figures by container, as far as they are shown. */
export type Figures = ReadonlyMap<string, StatsSample>;
