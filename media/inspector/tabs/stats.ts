import type { StatsSample } from '../../../src/ui/inspector/protocol';
import { h } from '../../shared/dom';
import { Chart } from '../charts/chart';
import { type ChartKind, chartKinds, type ChartSeries } from '../charts/chartKinds';
import { withSamples } from '../charts/statsHistory';
import { DataTable } from '../lists/dataTable';
import type { Page, TabView } from '../page';

interface SampleRow {
  time: number;
  cells: readonly string[];
}

/** A line of a chart is a column of the table. */
type SampleColumn = ChartSeries & { kind: ChartKind };

/** What the container uses, as charts of the last ten minutes or as a table. */
export class StatsTab implements TabView<'stats'> {
  readonly element: HTMLElement;
  readonly #charts: readonly Chart[];
  readonly #grid: HTMLElement;
  readonly #columns: readonly SampleColumn[];
  readonly #table: DataTable<SampleRow>;
  readonly #toggle = h('vscode-button', { appearance: 'secondary' });
  #samples: readonly StatsSample[] = [];

  constructor(private readonly page: Page) {
    const kinds = chartKinds(page.t);
    this.#charts = kinds.map(kind => new Chart(kind, page.t));
    this.#grid = h('div', { class: 'charts' }, ...this.#charts.map(({ element }) => element));
    this.#columns = kinds.flatMap(kind => kind.series.map(series => ({ ...series, kind })));
    this.#table = sampleTable(page);
    const toolbar = h('div', { class: 'toolbar' }, this.#toggle);
    this.element = h('div', { class: 'stats' }, toolbar, this.#grid, this.#table.element);
    this.#toggle.addEventListener('click', () => this.#choose(!page.memory.tab('stats').asTable));
    onThemeChange(() => this.#charts.forEach(chart => chart.recolor()));
    this.#choose(page.memory.tab('stats').asTable);
  }

  samples(samples: readonly StatsSample[], reset: boolean): void {
    this.#samples = withSamples(this.#samples, samples, reset);
    this.shown();
  }

  shown(): void {
    if (this.#table.element.hidden) this.#charts.forEach(chart => chart.show(this.#samples));
    else this.#table.show(this.#titles, this.#samples.map(sample => sampleRow(sample, this.#columns)).reverse());
  }

  get #titles(): readonly string[] {
    const titles = this.#columns.map(({ name, kind }) => (kind.series.length > 1 ? name : kind.title));
    return [this.page.t('Time'), ...titles];
  }

  #choose(asTable: boolean): void {
    const { t, memory } = this.page;
    memory.setTab('stats', { asTable });
    this.#table.element.hidden = !asTable;
    this.#grid.hidden = asTable;
    this.#toggle.textContent = asTable ? t('Show Charts') : t('Show as Table');
    this.shown();
  }
}

function sampleTable(page: Page): DataTable<SampleRow> {
  return new DataTable(page, {
    label: page.t('Measurements'),
    sort: undefined,
    onSort: () => undefined,
    lead: () => 0,
    key: ({ time }) => time,
  });
}

function sampleRow(sample: StatsSample, columns: readonly SampleColumn[]): SampleRow {
  const values = columns.map(({ field, kind }) => {
    const value = sample[field];
    return value === undefined ? '' : kind.format(value);
  });
  return { time: sample.time, cells: [new Date(sample.time).toLocaleTimeString(), ...values] };
}

/** VS Code changes the variables of a webview's root and the classes of its body when the theme changes. */
function onThemeChange(onChange: () => void): void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  observer.observe(document.body, { attributeFilter: ['class'] });
}
