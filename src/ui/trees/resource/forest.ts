import type { ChangeSet } from '../../../engine/mirror/store';
import type { Row } from '../../../engine/objects/resource';
import type { Look } from '../../objects/look';
import type { ResourceSubject, Subject } from '../../objects/subject';

/** A row that only holds others: a project, a repository, a state. */
export interface GroupNode<R extends Row> {
  readonly type: 'group';
  readonly id: string;
  readonly parent: undefined;
  readonly subject: Subject;
  readonly group: Group;
  readonly children: RowNode<R>[];
}

/** A row of the mirror, at one of its places. */
export interface RowNode<R extends Row> {
  readonly type: 'row';
  readonly id: string;
  readonly parent: GroupNode<R> | undefined;
  readonly subject: ResourceSubject;
  readonly place: Place;
  row: R;
}

/** A row below a row: a port, a mount, a user. Made anew whenever its parent is drawn. */
export interface DetailNode<R extends Row> {
  readonly type: 'detail';
  readonly id: string;
  readonly parent: RowNode<R>;
  readonly subject: Subject;
  readonly look: Look;
}

export type Node<R extends Row> = GroupNode<R> | RowNode<R> | DetailNode<R>;

export interface Group {
  /** Unique among the groups. */
  key: string;
  label: string;
  subject: Subject;
  /** Groups stand in this order, then by label; rows without group come last. */
  rank: number;
}

/** Where a row stands, and as what. */
export interface Place {
  group: Group | undefined;
  subject: ResourceSubject;
  /** Tells apart several places of a row within one group, e.g. an image's tags; empty where there is only one. */
  key: string;
}

export interface ForestShape<R extends Row> {
  /** The places of a row: none when it is hidden, several when it stands in several groups. */
  places(row: R): readonly Place[];
  compare(a: RowNode<R>, b: RowNode<R>): number;
  compareGroups(a: Group, b: Group): number;
}

/** What must be drawn anew. `root` stands for all. */
export interface Dirty<R extends Row> {
  root: boolean;
  nodes: Set<Node<R>>;
  /** Groups in which a row changed: they may look different, e.g. show another count. */
  groups: Set<GroupNode<R>>;
}

/**
 * The nodes of a tree, kept in order as rows come, change and go. A change redraws only the nodes of its own rows, and
 * their parent if a row comes, goes or moves.
 */
export class Forest<R extends Row> {
  readonly #rows = new Map<string, RowNode<R>[]>();
  readonly #groups = new Map<string, GroupNode<R>>();
  readonly #loose: RowNode<R>[] = [];
  #sortedGroups: GroupNode<R>[] | undefined;

  constructor(private readonly shape: ForestShape<R>) {}

  get roots(): Node<R>[] {
    this.#sortedGroups ??= [...this.#groups.values()].sort((a, b) => this.shape.compareGroups(a.group, b.group));
    return [...this.#sortedGroups, ...this.#loose];
  }

  get groups(): Iterable<GroupNode<R>> {
    return this.#groups.values();
  }

  nodesOf(id: string): readonly RowNode<R>[] {
    return this.#rows.get(id) ?? [];
  }

  *rowNodes(): Generator<RowNode<R>> {
    for (const nodes of this.#rows.values()) yield* nodes;
  }

  rebuild(rows: readonly R[]): void {
    this.#rows.clear();
    this.#groups.clear();
    this.#loose.length = 0;
    this.#sortedGroups = undefined;
    for (const row of rows) {
      const nodes = this.shape.places(row).map(place => this.#node(row, place));
      if (nodes.length > 0) this.#rows.set(row.id, nodes);
      for (const node of nodes) this.#siblings(node).push(node);
    }
    const compare = this.shape.compare.bind(this.shape);
    this.#loose.sort(compare);
    for (const group of this.#groups.values()) group.children.sort(compare);
  }

  apply({ added, changed, removed }: ChangeSet<R>): Dirty<R> {
    const dirty: Dirty<R> = { root: false, nodes: new Set(), groups: new Set() };
    for (const { id } of removed) this.#place(id, [], dirty);
    for (const { after } of changed) this.#update(after, dirty);
    for (const row of added) this.#update(row, dirty);
    return dirty;
  }

  #update(row: R, dirty: Dirty<R>): void {
    const places = this.shape.places(row);
    const nodes = this.nodesOf(row.id);
    const stays = nodes.length === places.length && nodes.every((node, index) => samePlace(node.place, places[index]));
    if (!stays) {
      const moved = places.map(place => this.#node(row, place));
      this.#place(row.id, moved, dirty);
      return;
    }
    for (const node of nodes) {
      const moved = this.shape.compare(node, { ...node, row }) !== 0;
      node.row = row;
      dirty.nodes.add(node);
      if (node.parent) dirty.groups.add(node.parent);
      if (moved) this.#resort(node, dirty);
    }
  }

  /** Takes the new places before it leaves the old ones, so that a group that keeps a row is never empty meanwhile. */
  #place(id: string, nodes: RowNode<R>[], dirty: Dirty<R>): void {
    for (const node of nodes) this.#put(node, dirty);
    for (const node of this.nodesOf(id)) this.#take(node, dirty);
    if (nodes.length > 0) this.#rows.set(id, nodes);
    else this.#rows.delete(id);
  }

  #resort(node: RowNode<R>, dirty: Dirty<R>): void {
    const siblings = this.#siblings(node);
    const from = siblings.indexOf(node);
    siblings.splice(from, 1);
    const to = insertionIndex(siblings, node, (a, b) => this.shape.compare(a, b));
    siblings.splice(to, 0, node);
    if (from !== to) markSiblings(node, dirty);
  }

  #put(node: RowNode<R>, dirty: Dirty<R>): void {
    const siblings = this.#siblings(node);
    if (siblings.length === 0) dirty.root = true;
    siblings.splice(
      insertionIndex(siblings, node, (a, b) => this.shape.compare(a, b)),
      0,
      node,
    );
    markSiblings(node, dirty);
  }

  #take(node: RowNode<R>, dirty: Dirty<R>): void {
    const siblings = this.#siblings(node);
    siblings.splice(siblings.indexOf(node), 1);
    markSiblings(node, dirty);
    if (!node.parent || siblings.length > 0) return;
    this.#groups.delete(node.parent.group.key);
    this.#sortedGroups = undefined;
    dirty.root = true;
  }

  #siblings(node: RowNode<R>): RowNode<R>[] {
    return node.parent?.children ?? this.#loose;
  }

  #node(row: R, place: Place): RowNode<R> {
    const parent = place.group && this.#group(place.group);
    const id = `${parent?.id ?? ''}/${place.subject.kind}:${row.id}:${place.key}`;
    return { type: 'row', id, parent, subject: place.subject, place, row };
  }

  #group(group: Group): GroupNode<R> {
    const known = this.#groups.get(group.key);
    if (known) return known;
    const node: GroupNode<R> = {
      type: 'group',
      id: `group:${group.key}`,
      parent: undefined,
      subject: group.subject,
      group,
      children: [],
    };
    this.#groups.set(group.key, node);
    this.#sortedGroups = undefined;
    return node;
  }
}

function samePlace(a: Place, b: Place | undefined): boolean {
  return a.group?.key === b?.group?.key && a.key === b?.key;
}

function markSiblings<R extends Row>(node: RowNode<R>, dirty: Dirty<R>): void {
  if (node.parent) dirty.nodes.add(node.parent);
  else dirty.root = true;
}

/** Where an item belongs in a sorted list, after its equals. */
function insertionIndex<T>(sorted: readonly T[], item: T, compare: (a: T, b: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other !== undefined && compare(other, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
