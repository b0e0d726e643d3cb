import type { PageMessage } from '../../../src/ui/inspector/protocol';
import { button, icon } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';

/** How long a button shows that it has copied, in milliseconds. */
const shownFor = 1_500;
const longestName = 60;

/** A button that copies by the given message. `name` says what it copies. */
export function copyButton(page: Page, name: string, message: () => PageMessage): HTMLElement {
  const short = visibleLine(name.slice(0, longestName));
  const element = button({ icon: 'copy', title: page.t('Copy {0}', short), class: 'icon-button copy' }, () => {
    page.post(message());
    page.announce(page.t('Copied {0}', short));
    element.replaceChildren(icon('check'));
    setTimeout(() => element.replaceChildren(icon('copy')), shownFor);
  });
  return element;
}
