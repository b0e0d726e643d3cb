import type { ContentOf } from '../../../src/ui/inspector/protocol';
import { h, setText } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page, TabView } from '../page';
import { blockList } from '../parts/blocks';
import { SearchField } from '../parts/searchField';
import { copyValue, valueElement } from '../parts/value';

type Variable = ContentOf<'environment'>['variables'][number];

/** The container's variables. What looks secret shows when it is asked for. */
export function environmentTab(page: Page): TabView<'environment'> {
  let variables: readonly Variable[] = [];
  const list = h('dl', { class: 'variables' });
  const update = blockList(list);
  const count = h('span', { class: 'quiet', role: 'status' });
  const draw = (): void => {
    const fitting = variables.filter(variable => contains(variable, search.text));
    setText(count, page.t('{0} of {1}', fitting.length, variables.length));
    update(fitting.map(variable => ({ model: variable, build: () => variableElement(page, variable) })));
  };
  const search = new SearchField(page, 'environment', { label: page.t('Filter'), onChange: draw });
  return {
    element: h('div', { class: 'sections' }, h('div', { class: 'toolbar' }, search.element, count), list),
    update: content => {
      variables = content.variables;
      draw();
    },
  };
}

function contains({ name, value }: Variable, wanted: string): boolean {
  return `${name}=${value.text}`.toLowerCase().includes(wanted.toLowerCase());
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
