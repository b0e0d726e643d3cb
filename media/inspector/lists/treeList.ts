import { type ListOptions, WindowedList } from './windowedList';

export interface TreeOptions extends Omit<ListOptions, 'role' | 'onKey'> {
  isFolded: (index: number) => boolean;
  /** Folds or unfolds a row; returns whether that changed something. */
  fold: (index: number, folded: boolean) => boolean;
  /** The row that holds a row; negative where none does. */
  parentOf: (index: number) => number;
}

/** A list of rows that hold other rows. A row folds by keys, as in VS Code's trees, and by a click on its twistie. */
export function treeList(options: TreeOptions): WindowedList {
  const { isFolded, fold, parentOf } = options;
  const list = new WindowedList({
    ...options,
    role: 'tree',
    onKey: (key, index) => {
      if (key === 'ArrowRight') return fold(index, false);
      if (key === 'Enter' || key === ' ') return fold(index, !isFolded(index));
      if (key !== 'ArrowLeft') return false;
      if (!fold(index, true) && parentOf(index) >= 0) list.activate(parentOf(index));
      return true;
    },
  });
  list.element.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('.twistie')) fold(list.active, !isFolded(list.active));
  });
  return list;
}
