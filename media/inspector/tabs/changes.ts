import type { ContentOf, PathChange } from '../../../src/ui/inspector/protocol';
import { button, h, icon, setText } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import { foldedSet } from '../folding';
import { type ChangeNode, type ChangeRow, changeRows, changeTree } from '../lists/changeTree';
import { treeList } from '../lists/treeList';
import type { WindowedList } from '../lists/windowedList';
import type { Page, TabView } from '../page';
import type { Block } from '../parts/blocks';
import { copyButton } from '../parts/copyButton';
import { detailsBar } from '../parts/detailsBar';
import { longText } from '../parts/longText';
import { SearchField } from '../parts/searchField';

type ChangeKind = PathChange[0];

const kindIcons: Readonly<Record<ChangeKind, string>> = {
  added: 'diff-added',
  changed: 'diff-modified',
  deleted: 'diff-removed',
};
const longestName = 400;

/** The paths that the container added, changed or deleted, as a tree. */
export class ChangesTab implements TabView<'changes'> {
  readonly element: HTMLElement;
  readonly #list: WindowedList;
  readonly #search: SearchField;
  readonly #folded: ReturnType<typeof foldedSet>;
  readonly #bar: ReturnType<typeof detailsBar>;
  readonly #summary = h('span', { class: 'quiet', role: 'status' });
  #changes: readonly PathChange[] = [];
  #root = changeTree([]);
  #rows: readonly ChangeRow[] = [];

  constructor(private readonly page: Page) {
    this.#folded = foldedSet(page.memory, 'changes');
    this.#bar = detailsBar(page.t('The chosen path'));
    this.#list = this.#tree();
    this.#search = new SearchField(page, 'changes', { label: page.t('Filter'), onChange: () => this.shown() });
    this.element = h('div', { class: 'changes' }, this.#toolbar(), this.#list.element, this.#bar.element);
  }

  update({ changes }: ContentOf<'changes'>): void {
    this.#changes = changes;
    this.#root = changeTree(changes);
    this.shown();
  }

  shown(): void {
    this.#rows = changeRows(this.#root, this.#folded.all, this.#search.text);
    setText(this.#summary, summaryOf(this.page, this.#changes));
    this.#list.draw(this.#rows.length);
  }

  #tree(): WindowedList {
    return treeList({
      label: this.page.t('Changed paths'),
      render: index => rowElement(this.page, this.#rows[index]),
      onActive: index => this.#showDetails(this.#rows[index]),
      isFolded: index => this.#rows[index]?.isFolded === true,
      fold: (index, folded) => this.#fold(this.#rows[index], folded),
      parentOf: index => this.#parentOf(index),
    });
  }

  #toolbar(): HTMLElement {
    const refresh = (): void => this.page.post({ type: 'refresh', tab: 'changes' });
    const refreshButton = button({ icon: 'refresh', title: this.page.t('Refresh') }, refresh);
    return h('div', { class: 'toolbar' }, this.#search.element, refreshButton, this.#summary);
  }

  #showDetails(row: ChangeRow | undefined): void {
    this.#bar.show(...(row ? [details(this.page, row.node)] : []));
  }

  #fold(row: ChangeRow | undefined, folded: boolean): boolean {
    if (!row || row.node.children.size === 0 || row.isFolded === folded) return false;
    this.#folded.set(row.node.path, folded);
    this.shown();
    return true;
  }

  #parentOf(index: number): number {
    const depth = this.#rows[index]?.node.depth ?? 0;
    return this.#rows.findLastIndex(({ node }, at) => at < index && node.depth < depth);
  }
}

function summaryOf(page: Page, changes: readonly PathChange[]): string {
  if (changes.length === 0) return page.t('Nothing has changed.');
  const count = (kind: ChangeKind): number => changes.filter(([other]) => other === kind).length;
  return page.t('{0} added, {1} changed, {2} deleted', count('added'), count('changed'), count('deleted'));
}

function rowElement(page: Page, row: ChangeRow | undefined): HTMLElement {
  if (!row) return h('div');
  const { node, isFolded } = row;
  const twistie = node.children.size > 0 ? icon(isFolded ? 'chevron-right' : 'chevron-down') : undefined;
  const sign = node.kind === undefined ? icon('folder', 'quiet') : icon(kindIcons[node.kind], node.kind);
  const name = visibleLine(node.name.slice(0, longestName));
  const element = h(
    'div',
    itemAttributes(page, row),
    h('span', { class: 'twistie' }, twistie),
    h('span', { class: 'sign' }, sign),
    h('span', { class: `name ${node.kind ?? 'quiet'}` }, name),
  );
  element.style.setProperty('--depth', String(node.depth - 1));
  return element;
}

function itemAttributes(page: Page, { node, isFolded, place, siblings }: ChangeRow): Parameters<typeof h>[1] {
  const name = visibleLine(node.name);
  return {
    role: 'treeitem',
    'aria-level': node.depth,
    'aria-posinset': place,
    'aria-setsize': siblings,
    'aria-expanded': node.children.size > 0 ? String(!isFolded) : undefined,
    'aria-label': node.kind === undefined ? name : `${name}, ${kindText(page, node.kind)}`,
  };
}

function details(page: Page, { path, kind }: ChangeNode): Block {
  const build = (): HTMLElement => {
    const what = h('span', { class: 'quiet' }, kind === undefined ? '' : ` ${kindText(page, kind)}`);
    const copy = copyButton(page, page.t('the path'), () => ({ type: 'copy', text: path }));
    return h('p', {}, h('span', { class: 'text code' }, ...longText(page, path)), what, copy);
  };
  return { model: [path, kind], build };
}

function kindText(page: Page, kind: ChangeKind): string {
  return { added: page.t('added'), changed: page.t('changed'), deleted: page.t('deleted') }[kind];
}
