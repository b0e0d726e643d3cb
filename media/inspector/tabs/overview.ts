import { h } from '../../shared/dom';
import { HealthTimeline } from '../charts/healthTimeline';
import type { Page, TabView } from '../page';
import { sectionList } from '../parts/sections';

/** The facts of an object, the first of which is its state, and the checks of its health. */
export function overviewTab(page: Page): TabView<'overview'> {
  const first = h('div');
  const rest = h('div');
  const timeline = new HealthTimeline(page);
  const updateFirst = sectionList(page, 'overview', first);
  const updateRest = sectionList(page, 'overview', rest);
  return {
    element: h('div', { class: 'sections' }, first, timeline.element, rest),
    update: ({ sections, health = [] }) => {
      timeline.update(health);
      updateFirst(sections.slice(0, 1));
      updateRest(sections.slice(1));
    },
  };
}
