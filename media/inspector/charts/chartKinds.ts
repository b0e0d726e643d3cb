import type { StatsSample } from '../../../src/ui/inspector/protocol';
import { byteText, memoryText } from '../../shared/format';
import type { Translate } from '../../shared/texts';

export type StatsField = Exclude<keyof StatsSample, 'time'>;

export interface ChartSeries {
  field: StatsField;
  name: string;
  /** A colour of the theme. */
  color: string;
  /** Makes two lines distinguishable without their colours. */
  dashed: boolean;
}

export interface ChartKind {
  title: string;
  series: readonly ChartSeries[];
  readonly format: (value: number) => string;
  /** A shorter format for the axis. */
  readonly axisFormat?: (value: number) => string;
  /** The distances between grid lines, if not decimal ones. */
  increments?: number[];
}

const binaryIncrements = Array.from({ length: 50 }, (_, power) => 2 ** power);
const wholeIncrements = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000];

export function chartKinds(t: Translate): readonly ChartKind[] {
  return [cpu(t), memory(t), network(t), blockDevices(t), processes(t)];
}

function cpu(t: Translate): ChartKind {
  const series = [first('cpuPercent', t('Use'), 'blue')];
  return { title: t('CPU'), series, format: percentText, axisFormat: shortPercentText };
}

function memory(t: Translate): ChartKind {
  const series = [first('memoryBytes', t('Used'), 'purple'), second('memoryLimitBytes', t('Limit'), 'red')];
  return { title: t('Memory'), series, format: memoryText, increments: binaryIncrements };
}

function network(t: Translate): ChartKind {
  const series = [first('receivedRate', t('Received'), 'blue'), second('sentRate', t('Sent'), 'purple')];
  return { title: t('Network'), series, format: rateText(t) };
}

function blockDevices(t: Translate): ChartKind {
  const series = [first('readRate', t('Read'), 'green'), second('writtenRate', t('Written'), 'purple')];
  return { title: t('Block devices'), series, format: rateText(t) };
}

function processes(t: Translate): ChartKind {
  const series = [first('processes', t('Count'), 'green')];
  return { title: t('Processes'), series, format: String, increments: wholeIncrements };
}

function rateText(t: Translate): ChartKind['format'] {
  return bytes => t('{0}/s', byteText(Math.round(bytes)));
}

function first(field: StatsField, name: string, color: string): ChartSeries {
  return { field, name, color: `--vscode-charts-${color}`, dashed: false };
}

function second(field: StatsField, name: string, color: string): ChartSeries {
  return { ...first(field, name, color), dashed: true };
}

/** As docker prints it. */
function percentText(value: number): string {
  return `${value.toFixed(2)}%`;
}

function shortPercentText(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
