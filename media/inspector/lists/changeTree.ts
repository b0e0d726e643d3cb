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

/** A line of the tree as it shows: its place among its siblings is told to screen readers. */
export interface ChangeRow {
  node: ChangeNode;
  isFolded: boolean;
  place: number;
  siblings: number;
}

/** Changed paths as a tree, siblings in the order of their names: folders are not before files, as in `docker diff`. */
export function changeTree(changes: readonly PathChange[]): ChangeNode {
  const root: ChangeNode = { name: '', path: '', depth: 0, children: new Map() };
  const keyed = changes.map(([kind, path]) => ({ kind, path, key: orderOf(path) }));
  for (const { kind, path } of keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))) {
    nodeAt(root, path).kind = kind;
  }
  return root;
}

/** What is in a folder comes right after it, also where the name of another one begins as the folder's does. */
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

/** The lines that show: those below a folded one do not, nor what a filter leaves out. A filter unfolds all. */
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
