import type { PathChange } from '../../../src/ui/inspector/protocol';

export interface ChangeNode {
  /** The last part of the path. */
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  /** Absent where only something below has changed. */
  kind?: PathChange[0];
  readonly children: Map<string, ChangeNode>;
}

/** A line of the tree that shows. Screen readers say its place among its siblings. */
export interface ChangeRow {
  node: ChangeNode;
  isFolded: boolean;
  place: number;
  siblings: number;
}

/** Changed paths as a tree. Siblings are sorted by name, folders among files, as in `docker diff`. */
export function changeTree(changes: readonly PathChange[]): ChangeNode {
  const root: ChangeNode = { name: '', path: '', depth: 0, children: new Map() };
  const keyed = changes.map(([kind, path]) => ({ kind, path, key: orderOf(path) }));
  for (const { kind, path } of keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))) {
    nodeAt(root, path).kind = kind;
  }
  return root;
}

/** Sorts what is in a folder right after it, also if the name of another folder begins the same. */
function orderOf(path: string): string {
  return path.replaceAll('/', '\0');
}

function nodeAt(root: ChangeNode, path: string): ChangeNode {
  let node = root;
  for (const name of path.split('/').filter(Boolean)) {
    let child = node.children.get(name);
    if (!child) {
      child = { name, path: `${node.path}/${name}`, depth: node.depth + 1, children: new Map() };
      node.children.set(name, child);
    }
    node = child;
  }
  return node;
}

/** The lines that show: not those below a folded one, and only those that fit the filter, which unfolds all. */
export function changeRows(root: ChangeNode, folded: ReadonlySet<string>, filter: string): ChangeRow[] {
  const wanted = filter.toLowerCase();
  const rows: ChangeRow[] = [];
  const visit = (parent: ChangeNode): boolean => {
    const before = rows.length;
    const children = [...parent.children.values()];
    for (const [index, node] of children.entries()) {
      const isFolded = wanted === '' && folded.has(node.path);
      const at = rows.push({ node, isFolded, place: index + 1, siblings: children.length }) - 1;
      const keptBelow = !isFolded && visit(node);
      if (wanted !== '' && !keptBelow && !node.path.toLowerCase().includes(wanted)) rows.length = at;
    }
    return rows.length > before;
  };
  visit(root);
  return rows;
}
