import type { Head } from '../../../src/ui/inspector/protocol';
import { h, icon } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';
import { blockList } from '../parts/blocks';
import { valueElement } from '../parts/value';

/** The page's head: what is inspected, how it is, and what can be done with it. */
export function headView(page: Page): { element: HTMLElement; update: (head: Head) => void } {
  const element = h('header', { class: 'head' });
  const update = blockList(element);
  let said: string | undefined;
  return {
    element,
    update: head => {
      document.title = visibleLine(head.name);
      update([
        { model: [head.icon, head.name, head.description], build: () => titleElement(page, head) },
        { model: head.actions, build: () => actionBar(page, head) },
        { model: head.notice, build: () => noticeElement(head.notice) },
      ]);
      if (head.notice !== undefined && head.notice !== said) page.announce(visibleLine(head.notice));
      said = head.notice;
    },
  };
}

function titleElement(page: Page, head: Head): HTMLElement {
  return h(
    'div',
    { class: 'title' },
    icon(head.icon),
    h('h1', {}, visibleLine(head.name)),
    h('p', { class: 'description' }, ...head.description.map(value => valueElement(page, value))),
  );
}

/** Each button has an icon: on a narrow page it shows nothing else. */
function actionBar(page: Page, { actions }: Head): HTMLElement {
  const buttons = actions.map(({ id, title, icon: name }) => {
    const attributes = { appearance: 'secondary', class: 'action', title, 'aria-label': title };
    const element = h('vscode-button', attributes, icon(name), h('span', { class: 'label' }, title));
    element.addEventListener('click', () => page.post({ type: 'act', action: id }));
    return element;
  });
  return h('div', { class: 'actions', role: 'group', 'aria-label': page.t('Actions') }, ...buttons);
}

function noticeElement(notice: string | undefined): HTMLElement {
  const sentence = notice === undefined ? [] : [icon('info'), h('span', {}, visibleLine(notice))];
  return h('div', { class: 'notice' }, ...sentence);
}
