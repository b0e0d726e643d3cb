import { h } from './dom';

/** A bar at the lower edge that tells all of the row that is chosen in a long list. */
export function detailsBar(label: string): { element: HTMLElement; show: (...children: HTMLElement[]) => void } {
  const element = h('div', { class: 'details sticky-bottom', role: 'region', 'aria-label': label });
  element.hidden = true;
  return {
    element,
    show: (...children) => {
      element.replaceChildren(...children);
      element.hidden = children.length === 0;
    },
  };
}
