import { h } from '../../shared/dom';
import type { Page, TabView } from '../page';
import { sectionList } from '../sections';

/** A tab of facts and tables: mounts, networks. */
export function sectionsTab(tab: 'mounts' | 'network'): (page: Page) => TabView {
  return page => {
    const element = h('div', { class: 'sections' });
    const update = sectionList(page, tab, element);
    return {
      element,
      update: content => {
        if (content.tab === tab) update(content.sections);
      },
    };
  };
}
