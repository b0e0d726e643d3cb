import type uPlot from 'uplot';
import type { StatsSample } from '../../../src/ui/inspector/protocol';
import { h, icon } from '../../shared/dom';
import type { Translate } from '../../shared/texts';
import type { ChartKind, ChartSeries } from './chartKinds';
import { chartData, reach } from './statsHistory';

export interface Chart {
  readonly element: HTMLElement;
  show(samples: readonly StatsSample[]): void;
  /** Draws with the theme's colours of now. */
  readonly recolor: () => void;
}

/** In pixels. */
const height = 150;
const axisWidth = 74;
const timeAxisHeight = 26;
const lineWidth = 1.5;
/** A limit that is far above what is used would make a flat line of it: then it is told, and not drawn. */
const drawnLimit = 3;
const none = '–';

/** A chart of one or two lines, with their values of now or of where the pointer is. All charts share the pointer. */
export function chart(kind: ChartKind, t: Translate): Chart {
  const values = kind.series.map(() => h('dd', {}, none));
  const time = h('span', { class: 'quiet time' });
  const plotHost = h('div', { class: 'plot', role: 'img', 'aria-label': kind.title });
  const legend = h(
    'dl',
    { class: 'legend' },
    ...kind.series.map((series, index) => h('div', {}, h('dt', {}, swatch(series), series.name), values[index])),
  );
  const heading = h('div', { class: 'chart-head' }, h('h2', {}, kind.title), time);
  const element = h('section', { class: 'chart' }, heading, legend, plotHost);
  let samples: readonly StatsSample[] = [];
  let Plot: typeof uPlot | undefined;
  let plot: uPlot | undefined;

  const tell = (index: number | null | undefined): void => {
    const seconds = index === null || index === undefined ? undefined : plot?.data[0][index];
    const sample = seconds === undefined ? samples.at(-1) : samples.find(other => other.time / 1_000 === seconds);
    time.textContent = seconds === undefined ? '' : timeText(seconds);
    for (const [place, { field }] of kind.series.entries()) {
      const value = sample?.[field];
      if (values[place]) values[place].textContent = value === undefined ? none : kind.format(value);
    }
  };
  const draw = (): void => {
    if (element.clientWidth === 0) return;
    if (Plot) drawLines(Plot);
    plotHost.setAttribute('aria-label', describe(kind, samples, t));
    tell(plot?.cursor.idx);
  };
  const drawLines = (Library: typeof uPlot): void => {
    const data = chartData(
      samples,
      kind.series.map(({ field }) => field),
    ) as uPlot.AlignedData;
    if (plot) plot.setData(data);
    else plot = new Library(optionsOf(kind, plotHost.clientWidth, tell), data, plotHost);
  };
  new ResizeObserver(() => {
    if (plot && plotHost.clientWidth > 0) plot.setSize({ width: plotHost.clientWidth, height });
    else draw();
  }).observe(plotHost);
  const giveUp = (): void => {
    const sentence = t('The chart could not be loaded: close this page and open it again.');
    plotHost.replaceWith(h('p', { class: 'sentence' }, icon('warning'), h('span', {}, sentence)));
  };
  void import('uplot').then(library => {
    Plot = library.default;
    draw();
  }, giveUp);
  return {
    element,
    show: next => {
      samples = next;
      draw();
    },
    recolor: () => plot?.redraw(false),
  };
}

function swatch({ color, dashed }: ChartSeries): HTMLElement {
  const element = h('span', { class: dashed ? 'swatch dashed' : 'swatch' });
  element.style.borderTopColor = `var(${color})`;
  return element;
}

function optionsOf(kind: ChartKind, width: number, tell: (index: number | null | undefined) => void): uPlot.Options {
  const { increments } = kind;
  return {
    width,
    height,
    padding: [8, 32, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: 'stats' }, drag: { setScale: false }, y: false, points: { size: 6 } },
    scales: { x: { time: true, range: (_plot, _min, max) => [max - reach / 1_000, max] }, y: { range: rangeOf(kind) } },
    axes: [
      { ...axisLook(), size: timeAxisHeight, space: 90, values: (_plot, splits) => splits.map(timeText) },
      {
        ...axisLook(),
        size: axisWidth,
        space: 32,
        ...(increments && { incrs: increments }),
        values: (_plot, splits) => splits.map(kind.axisFormat ?? kind.format),
      },
    ],
    series: [{}, ...kind.series.map(seriesOptions)],
    hooks: { setCursor: [plot => tell(plot.cursor.idx)] },
  };
}

function seriesOptions({ color, dashed }: ChartSeries): uPlot.Series {
  return {
    width: lineWidth,
    points: { show: false },
    stroke: () => themeColor(color),
    ...(dashed ? { dash: [4, 3] } : { fill: () => `color-mix(in srgb, ${themeColor(color)} 14%, transparent)` }),
  };
}

function axisLook(): uPlot.Axis {
  return {
    font: '11px sans-serif',
    stroke: () => themeColor('--vscode-descriptionForeground'),
    grid: { width: 1, stroke: () => `color-mix(in srgb, ${themeColor('--vscode-foreground')} 12%, transparent)` },
    ticks: { show: false },
  };
}

/** From zero to a little more than what is drawn. */
function rangeOf({ series }: ChartKind): uPlot.Range.Function {
  const limit = series.findIndex(({ field }) => field === 'memoryLimitBytes');
  return plot => {
    const [, ...lines] = plot.data;
    const highest = lines.map(values => Math.max(0, ...[...values].map(value => value ?? 0)));
    const used = Math.max(...highest.filter((_value, index) => index !== limit));
    const limitValue = limit < 0 ? 0 : (highest[limit] ?? 0);
    const top = limitValue > used && limitValue <= used * drawnLimit ? limitValue : used;
    return [0, top === 0 ? 1 : top * 1.1];
  };
}

function describe({ title, series, format }: ChartKind, samples: readonly StatsSample[], t: Translate): string {
  const parts = series.map(({ field, name }) => {
    const values = samples.flatMap(sample => sample[field] ?? []);
    const now = samples.at(-1)?.[field];
    if (now === undefined) return t('{0} unknown', name);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return t('{0} now {1}, between {2} and {3}', name, format(now), format(least), format(most));
  });
  return t('{0} of the last 10 minutes: {1}', title, parts.join('; '));
}

function themeColor(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || 'gray';
}

function timeText(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString();
}
