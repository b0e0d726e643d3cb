import type { StatsSample } from '../../../src/ui/inspector/protocol';
import { h } from '../../shared/dom';
import { chart } from '../charts/chart';
import { chartKinds } from '../charts/chartKinds';
import { withSamples } from '../charts/statsHistory';
import { dataTable } from '../lists/dataTable';
import type { Page, TabView } from '../page';

interface SampleRow {
  time: number;
  cells: readonly string[];
}

/** What the container uses, as charts of the last ten minutes or as a table. */
export function statsTab(page: Page): TabView {
  const kinds = chartKinds(page.t);
  const charts = kinds.map(kind => chart(kind, page.t));
  const grid = h('div', { class: 'charts' }, ...charts.map(({ element }) => element));
  const table = dataTable<SampleRow>(page, {
    label: page.t('Measurements'),
    sort: undefined,
    onSort: () => undefined,
    lead: () => 0,
    key: ({ time }) => time,
  });
  const toggle = h('vscode-button', { appearance: 'secondary' });
  let samples: readonly StatsSample[] = [];

  const series = kinds.flatMap(kind => kind.series.map(one => ({ ...one, kind })));
  const titles = [page.t('Time'), ...series.map(({ name, kind }) => (kind.series.length > 1 ? name : kind.title))];
  const rowOf = (sample: StatsSample): SampleRow => {
    const values = series.map(({ field, kind }) => {
      const value = sample[field];
      return value === undefined ? '' : kind.format(value);
    });
    return { time: sample.time, cells: [new Date(sample.time).toLocaleTimeString(), ...values] };
  };
  const draw = (): void => {
    if (table.element.hidden) for (const one of charts) one.show(samples);
    else table.show(titles, samples.map(rowOf).reverse());
  };
  const choose = (asTable: boolean): void => {
    page.memory.setTab('stats', { asTable });
    table.element.hidden = !asTable;
    grid.hidden = asTable;
    toggle.textContent = asTable ? page.t('Show Charts') : page.t('Show as Table');
    draw();
  };
  toggle.addEventListener('click', () => choose(!page.memory.tab('stats').asTable));
  followTheme(() => {
    for (const { recolor } of charts) recolor();
  });
  choose(page.memory.tab('stats').asTable);
  return {
    element: h('div', { class: 'stats' }, h('div', { class: 'toolbar' }, toggle), grid, table.element),
    update: () => undefined,
    samples: (next, reset) => {
      samples = withSamples(samples, next, reset);
      draw();
    },
    shown: draw,
  };
}

/** VS Code tells a webview of another theme by variables of its root and classes of its body. */
function followTheme(onChange: () => void): void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  observer.observe(document.body, { attributeFilter: ['class'] });
}
