import { keepingFocus } from '../../shared/dom';

/** A part of a list that is drawn anew only when what it shows has changed. */
export interface Block {
  /** What it shows, for comparison. */
  readonly model: unknown;
  build(): HTMLElement;
}

/**
 * Returns a function that makes blocks the parent's children. Elements of unchanged blocks stay, with their focus and
 * the text that is selected in them; a block that changed keeps the focus in its place.
 */
export function blockList(parent: Element): (blocks: readonly Block[]) => void {
  let keys: string[] = [];
  return blocks => {
    const before = keys;
    keys = blocks.map(({ model }) => JSON.stringify([model]));
    for (const [index, block] of blocks.entries()) {
      const present = parent.children[index];
      if (present === undefined) parent.append(block.build());
      else if (before[index] !== keys[index]) keepingFocus(present, () => replaced(present, block.build()));
    }
    while (parent.children.length > blocks.length) parent.lastElementChild?.remove();
  };
}

function replaced(present: Element, next: HTMLElement): HTMLElement {
  present.replaceWith(next);
  return next;
}
