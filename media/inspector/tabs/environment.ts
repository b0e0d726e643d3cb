import { h, setText } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import { blockList } from '../blocks';
import type { ContentOf, Page, TabView } from '../page';
import { searchField } from '../searchField';
import { copyValue, valueElement } from '../value';

type Variable = ContentOf<'environment'>['variables'][number];

/** The container's variables. What looks secret shows when it is asked for. */
export function environmentTab(page: Page): TabView {
  let variables: readonly Variable[] = [];
  const list = h('dl', { class: 'variables' });
  const update = blockList(list);
  const count = h('span', { class: 'quiet', role: 'status' });
  const draw = (): void => {
    const wanted = search.text.toLowerCase();
    const fitting = variables.filter(({ name, value }) => `${name}=${value.text}`.toLowerCase().includes(wanted));
    setText(count, page.t('{0} of {1}', fitting.length, variables.length));
    update(fitting.map(variable => ({ model: variable, build: () => variableElement(page, variable) })));
  };
  const search = searchField(page, 'environment', page.t('Filter'), draw);
  return {
    element: h('div', { class: 'sections' }, h('div', { class: 'toolbar' }, search.element, count), list),
    update: content => {
      if (content.tab !== 'environment') return;
      variables = content.variables;
      draw();
    },
  };
}

function variableElement(page: Page, { name, value }: Variable): HTMLElement {
  const shown = { ...value, code: true };
  return h(
    'div',
    { class: 'variable' },
    h('dt', { class: 'code' }, visibleLine(name)),
    h('dd', {}, valueElement(page, shown), copyValue(page, shown, name)),
  );
}
