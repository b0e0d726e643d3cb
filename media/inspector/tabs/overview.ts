import { h } from '../../shared/dom';
import { healthTimeline } from '../charts/healthTimeline';
import type { Page, TabView } from '../page';
import { sectionList } from '../sections';

/** The facts of an object, the first of which is its state, and the checks of its health. */
export function overviewTab(page: Page): TabView {
  const first = h('div');
  const rest = h('div');
  const health = healthTimeline(page);
  const updateFirst = sectionList(page, 'overview', first);
  const updateRest = sectionList(page, 'overview', rest);
  return {
    element: h('div', { class: 'sections' }, first, health.element, rest),
    update: content => {
      if (content.tab !== 'overview') return;
      health.update(content.health ?? []);
      updateFirst(content.sections.slice(0, 1));
      updateRest(content.sections.slice(1));
    },
  };
}
