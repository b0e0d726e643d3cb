import { button, h } from '../../shared/dom';
import { visibleText } from '../../shared/visible';
import type { Page } from '../page';

/** What is shown of a text before more is asked for, and with each asking, in characters. */
const first = 2_000;
const piece = 50_000;

/** A foreign text, however long: what is beyond its beginning is drawn piece by piece as it is asked for. */
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
