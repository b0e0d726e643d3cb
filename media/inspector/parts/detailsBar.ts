import { h } from '../../shared/dom';
import { type Block, blockList } from './blocks';

/** A bar at the lower edge with the details of the chosen row of a long list. It redraws only what changes. */
export function detailsBar(label: string): { element: HTMLElement; show: (...blocks: readonly Block[]) => void } {
  const element = h('div', { class: 'details sticky-bottom', role: 'region', 'aria-label': label });
  const draw = blockList(element);
  element.hidden = true;
  return {
    element,
    show: (...blocks) => {
      draw(blocks);
      element.hidden = blocks.length === 0;
    },
  };
}
