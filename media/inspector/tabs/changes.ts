import type { PathChange } from '../../../src/ui/inspector/protocol';
import { button, h, icon, setText } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Block } from '../blocks';
import { copyButton } from '../copying';
import { detailsBar } from '../detailsBar';
import { foldedSet } from '../folding';
import { type ChangeNode, type ChangeRow, changeRows, changeTree } from '../lists/changeTree';
import { windowedList } from '../lists/windowedList';
import { longText } from '../longText';
import type { Page, TabView } from '../page';
import { searchField } from '../searchField';

type Kind = PathChange[0];

const kindIcons: Readonly<Record<Kind, string>> = {
  added: 'diff-added',
  changed: 'diff-modified',
  deleted: 'diff-removed',
};
const longestName = 400;

/** The paths that the container added, changed or deleted, as a tree. */
export function changesTab(page: Page): TabView {
  let changes: readonly PathChange[] = [];
  let root = changeTree([]);
  let rows: readonly ChangeRow[] = [];
  const folded = foldedSet(page.memory, 'changes');
  const bar = detailsBar(page.t('The chosen path'));
  const summary = h('span', { class: 'quiet', role: 'status' });

  const fold = (index: number, value: boolean): boolean => {
    const row = rows[index];
    if (!row || row.node.children.size === 0 || row.isFolded === value) return false;
    folded.set(row.node.path, value);
    draw();
    return true;
  };
  const parentOf = (index: number): number => {
    const depth = rows[index]?.node.depth ?? 0;
    return rows.findLastIndex(({ node }, at) => at < index && node.depth < depth);
  };
  const list = windowedList({
    role: 'tree',
    label: page.t('Changed paths'),
    render: index => (rows[index] ? rowElement(page, rows[index]) : h('div')),
    onActive: index => bar.show(...(rows[index] ? [details(page, rows[index].node)] : [])),
    onKey: (key, index) => {
      if (key === 'ArrowRight') return fold(index, false);
      if (key === 'Enter' || key === ' ') return fold(index, rows[index]?.isFolded !== true);
      if (key !== 'ArrowLeft') return false;
      if (!fold(index, true) && parentOf(index) >= 0) list.activate(parentOf(index));
      return true;
    },
  });
  list.element.addEventListener('click', event => {
    const target = event.target as Element;
    if (target.closest('.twistie')) fold(list.active, rows[list.active]?.isFolded !== true);
  });
  const draw = (): void => {
    rows = changeRows(root, folded.all, search.text);
    setText(summary, summaryOf(page, changes));
    list.draw(rows.length);
  };
  const search = searchField(page, 'changes', page.t('Filter'), draw);
  const refresh = button({ icon: 'refresh', title: page.t('Refresh') }, () =>
    page.post({ type: 'refresh', tab: 'changes' }),
  );
  const toolbar = h('div', { class: 'toolbar' }, search.element, refresh, summary);
  return {
    element: h('div', { class: 'changes' }, toolbar, list.element, bar.element),
    update: content => {
      if (content.tab !== 'changes') return;
      changes = content.changes;
      root = changeTree(changes);
      draw();
    },
    shown: draw,
  };
}

function summaryOf(page: Page, changes: readonly PathChange[]): string {
  if (changes.length === 0) return page.t('Nothing has changed.');
  const count = (kind: Kind): number => changes.filter(([other]) => other === kind).length;
  return page.t('{0} added, {1} changed, {2} deleted', count('added'), count('changed'), count('deleted'));
}

function rowElement(page: Page, { node, isFolded, place, siblings }: ChangeRow): HTMLElement {
  const isFolder = node.children.size > 0;
  const row = h(
    'div',
    {
      role: 'treeitem',
      'aria-level': node.depth,
      'aria-posinset': place,
      'aria-setsize': siblings,
      'aria-expanded': isFolder ? String(!isFolded) : undefined,
      'aria-label':
        node.kind === undefined ? visibleLine(node.name) : `${visibleLine(node.name)}, ${kindText(page, node.kind)}`,
    },
    h('span', { class: 'twistie' }, isFolder ? icon(isFolded ? 'chevron-right' : 'chevron-down') : undefined),
    h(
      'span',
      { class: 'sign' },
      node.kind === undefined ? icon('folder', 'quiet') : icon(kindIcons[node.kind], node.kind),
    ),
    h('span', { class: `name ${node.kind ?? 'quiet'}` }, visibleLine(node.name.slice(0, longestName))),
  );
  row.style.setProperty('--depth', String(node.depth - 1));
  return row;
}

function details(page: Page, { path, kind }: ChangeNode): Block {
  const build = (): HTMLElement => {
    const what = h('span', { class: 'quiet' }, kind === undefined ? '' : ` ${kindText(page, kind)}`);
    const copy = copyButton(page, page.t('the path'), () => ({ type: 'copy', text: path }));
    return h('p', {}, h('span', { class: 'text code' }, ...longText(page, path)), what, copy);
  };
  return { model: [path, kind], build };
}

function kindText(page: Page, kind: Kind): string {
  return { added: page.t('added'), changed: page.t('changed'), deleted: page.t('deleted') }[kind];
}
