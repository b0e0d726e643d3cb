import type { TabName } from '../../src/ui/inspector/protocol';
import { h } from '../shared/dom';
import type { Page } from './page';

/** How long after the last key a search begins, in milliseconds. */
const pause = 120;

export interface SearchField {
  readonly element: HTMLElement;
  readonly text: string;
}

/** A field for what is searched in a tab, kept with the page's state. */
export function searchField(
  page: Page,
  tab: TabName,
  label: string,
  onChange: (text: string) => void,
  onEnter?: (backwards: boolean) => void,
): SearchField {
  const element = h('vscode-text-field', {
    class: 'search',
    placeholder: label,
    'aria-label': label,
    spellcheck: 'false',
  });
  const field = element as HTMLElement & { value: string };
  field.setAttribute('value', page.memory.tab(tab).search);
  let text = page.memory.tab(tab).search;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const apply = (): void => {
    clearTimeout(timer);
    if (field.value === text) return;
    text = field.value;
    page.memory.setTab(tab, { search: text });
    onChange(text);
  };
  element.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, pause);
  });
  element.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    apply();
    onEnter?.(event.shiftKey);
  });
  return {
    element,
    get text() {
      return text;
    },
  };
}
