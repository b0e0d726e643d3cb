/** Rows that are drawn beyond those in sight, before and after. */
const overscan = 12;

/** The first and the last row in sight or nearly in sight, of this many rows of the same height. */
export function visibleRows(body: HTMLElement, rowHeight: number, count: number): { first: number; last: number } {
  const { top } = body.getBoundingClientRect();
  const first = Math.floor(-top / rowHeight) - overscan;
  const last = Math.ceil((innerHeight - top) / rowHeight) + overscan;
  return { first: Math.max(0, first), last: Math.min(count - 1, last) };
}

/** Scrolls until a part of the page is in sight, and no further. Takes its upper edge and its height in pixels. */
export function scrollIntoSight(y: number, height: number): void {
  const { top, bottom } = openSpace();
  if (y < top) scrollBy({ top: y - top, behavior: 'instant' });
  else if (y + height > bottom) scrollBy({ top: y + height - bottom, behavior: 'instant' });
}

/** The part of the window that no sticky bar covers. */
function openSpace(): { top: number; bottom: number } {
  return {
    top: Math.max(0, ...stickyBars('sticky-top').map(({ bottom }) => bottom)),
    bottom: Math.min(innerHeight, ...stickyBars('sticky-bottom').map(({ top }) => top)),
  };
}

function stickyBars(name: string): DOMRect[] {
  return [...document.querySelectorAll<HTMLElement>(`.${name}`)]
    .filter(bar => bar.offsetParent !== null && getComputedStyle(bar).position === 'sticky')
    .map(bar => bar.getBoundingClientRect());
}

/** The width of a character of the editor's font, in pixels. */
export function characterWidth(parent: HTMLElement): number {
  const probe = document.createElement('span');
  probe.className = 'code probe';
  probe.textContent = '0'.repeat(100);
  parent.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width / 100;
}
