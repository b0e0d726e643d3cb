import type uPlot from 'uplot';
import type { ChartKind, ChartSeries } from './chartKinds';
import { reach } from './statsHistory';

/** In pixels. */
export const height = 150;
const axisWidth = 74;
const timeAxisHeight = 26;
const lineWidth = 1.5;
/** A limit above this many times the use is not drawn, as the use would be a flat line; the legend has it. */
const drawnLimit = 3;

/** How uPlot draws a chart. `onPointer` gets the index of the sample at the pointer. */
export function chartOptions(
  kind: ChartKind,
  width: number,
  onPointer: (index: number | null | undefined) => void,
): uPlot.Options {
  return {
    width,
    height,
    padding: [8, 32, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: 'stats' }, drag: { setScale: false }, y: false, points: { size: 6 } },
    scales: { x: { time: true, range: (_plot, _min, max) => [max - reach / 1_000, max] }, y: { range: rangeOf(kind) } },
    axes: [timeAxis(), valueAxis(kind)],
    series: [{}, ...kind.series.map(seriesOptions)],
    hooks: { setCursor: [plot => onPointer(plot.cursor.idx)] },
  };
}

function timeAxis(): uPlot.Axis {
  return { ...axisStyle(), size: timeAxisHeight, space: 90, values: (_plot, splits) => splits.map(timeText) };
}

function valueAxis({ increments, axisFormat, format }: ChartKind): uPlot.Axis {
  return {
    ...axisStyle(),
    size: axisWidth,
    space: 32,
    ...(increments && { incrs: increments }),
    values: (_plot, splits) => splits.map(axisFormat ?? format),
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

function axisStyle(): uPlot.Axis {
  return {
    font: '11px sans-serif',
    stroke: () => themeColor('--vscode-descriptionForeground'),
    grid: { width: 1, stroke: () => `color-mix(in srgb, ${themeColor('--vscode-foreground')} 12%, transparent)` },
    ticks: { show: false },
  };
}

/** From zero to a little more than the highest value. */
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

function themeColor(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || 'gray';
}

export function timeText(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString();
}
