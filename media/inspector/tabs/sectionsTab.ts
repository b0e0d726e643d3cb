import type { ContentOf } from '../../../src/ui/inspector/protocol';
import { h } from '../../shared/dom';
import type { Page, TabView } from '../page';
import { sectionList } from '../parts/sections';

/** A tab of facts and tables. */
export function sectionsTab<T extends 'mounts' | 'network'>(tab: T): (page: Page) => TabView<T> {
  return page => {
    const element = h('div', { class: 'sections' });
    const update = sectionList(page, tab, element);
    return { element, update: ({ sections }: ContentOf<'mounts' | 'network'>) => update(sections) };
  };
}
