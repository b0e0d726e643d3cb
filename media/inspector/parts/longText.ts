import { button, h } from '../../shared/dom';
import { visibleText } from '../../shared/visible';
import type { Page } from '../page';

/** In characters: how much of a text is shown at first, and with each “Show More”. */
const first = 2_000;
const piece = 50_000;

/** A text of any length. After its beginning, the person asks for it piece by piece. */
export function longText(page: Page, text: string): (Node | string)[] {
  if (text.length <= first) return [visibleText(text)];
  const shown = document.createTextNode(visibleText(text.slice(0, first)));
  let end = first;
  const rest = (): string => page.t('Show More ({0} characters)', (text.length - end).toLocaleString());
  const more = button({ text: rest(), class: 'link more' }, () => {
    shown.appendData(visibleText(text.slice(end, end + piece)));
    end += piece;
    if (end >= text.length) more.remove();
    else more.textContent = rest();
  });
  return [shown, h('span', { class: 'after' }, more)];
}
