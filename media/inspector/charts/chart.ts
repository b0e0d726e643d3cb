import type uPlot from 'uplot';
import type { StatsSample } from '../../../src/ui/inspector/protocol';
import { h, icon } from '../../shared/dom';
import type { Translate } from '../../shared/texts';
import type { ChartKind, ChartSeries } from './chartKinds';
import { chartOptions, height, timeText } from './chartOptions';
import { chartData } from './statsHistory';

const none = '–';

/** A chart of one or two lines, with their values at the pointer or their last ones. All charts share the pointer. */
export class Chart {
  readonly element: HTMLElement;
  /** The values of the lines, in their order. */
  readonly #values: readonly HTMLElement[];
  readonly #time = h('span', { class: 'quiet time' });
  readonly #plotHost: HTMLElement;
  #samples: readonly StatsSample[] = [];
  #Plot: typeof uPlot | undefined;
  #plot: uPlot | undefined;

  constructor(
    private readonly kind: ChartKind,
    private readonly t: Translate,
  ) {
    this.#values = kind.series.map(() => h('dd', {}, none));
    this.#plotHost = h('div', { class: 'plot', role: 'img', 'aria-label': kind.title });
    const heading = h('div', { class: 'chart-head' }, h('h2', {}, kind.title), this.#time);
    this.element = h('section', { class: 'chart' }, heading, legend(kind, this.#values), this.#plotHost);
    new ResizeObserver(() => this.#resize()).observe(this.#plotHost);
    void this.#load();
  }

  show(samples: readonly StatsSample[]): void {
    this.#samples = samples;
    this.#draw();
  }

  /** Draws with the colours that the theme has now. */
  recolor(): void {
    this.#plot?.redraw(false);
  }

  async #load(): Promise<void> {
    try {
      this.#Plot = (await import('uplot')).default;
    } catch (error) {
      console.error(error);
      this.#giveUp();
      return;
    }
    this.#draw();
  }

  #giveUp(): void {
    const sentence = this.t('The chart could not be loaded: close this page and open it again.');
    this.#plotHost.replaceWith(h('p', { class: 'sentence' }, icon('warning'), h('span', {}, sentence)));
  }

  #resize(): void {
    const { clientWidth } = this.#plotHost;
    if (this.#plot && clientWidth > 0) this.#plot.setSize({ width: clientWidth, height });
    else this.#draw();
  }

  #draw(): void {
    if (this.element.clientWidth === 0) return;
    if (this.#Plot) this.#drawLines(this.#Plot);
    this.#plotHost.setAttribute('aria-label', describe(this.kind, this.#samples, this.t));
    this.#showValues(this.#plot?.cursor.idx);
  }

  #drawLines(Plot: typeof uPlot): void {
    const fields = this.kind.series.map(({ field }) => field);
    const data = chartData(this.#samples, fields) as uPlot.AlignedData;
    if (this.#plot) this.#plot.setData(data);
    else this.#plot = new Plot(this.#options, data, this.#plotHost);
  }

  get #options(): uPlot.Options {
    return chartOptions(this.kind, this.#plotHost.clientWidth, index => this.#showValues(index));
  }

  /** Shows the values at the pointer, or the last ones. */
  #showValues(index: number | null | undefined): void {
    const seconds = index === null || index === undefined ? undefined : this.#plot?.data[0][index];
    const isAt = ({ time }: StatsSample): boolean => seconds === undefined || time / 1_000 === seconds;
    const sample = this.#samples.findLast(isAt);
    this.#time.textContent = seconds === undefined ? '' : timeText(seconds);
    for (const [place, { field }] of this.kind.series.entries()) {
      const value = sample?.[field];
      const element = this.#values[place];
      if (element) element.textContent = value === undefined ? none : this.kind.format(value);
    }
  }
}

function legend({ series }: ChartKind, values: readonly HTMLElement[]): HTMLElement {
  const entries = series.map((one, index) => h('div', {}, h('dt', {}, swatch(one), one.name), values[index]));
  return h('dl', { class: 'legend' }, ...entries);
}

function swatch({ color, dashed }: ChartSeries): HTMLElement {
  const element = h('span', { class: dashed ? 'swatch dashed' : 'swatch' });
  element.style.borderTopColor = `var(${color})`;
  return element;
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
