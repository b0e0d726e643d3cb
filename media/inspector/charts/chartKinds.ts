import type { StatsSample } from '../../../src/ui/inspector/protocol';
import { byteText, memoryText } from '../../shared/format';
import type { Translate } from '../../shared/texts';

export type StatsField = Exclude<keyof StatsSample, 'time'>;

export interface ChartSeries {
  field: StatsField;
  name: string;
  /** A colour of the theme. */
  color: string;
  /** So that two lines can be told apart without their colours. */
  dashed: boolean;
}

export interface ChartKind {
  title: string;
  series: readonly ChartSeries[];
  readonly format: (value: number) => string;
  /** Beside the lines of the grid, where it is shorter than elsewhere. */
  readonly axisFormat?: (value: number) => string;
  /** The distances that the lines of the grid may have, where those of the decimal system do not do. */
  increments?: number[];
}

const binaryIncrements = Array.from({ length: 50 }, (_, power) => 2 ** power);
const wholeIncrements = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000];

export function chartKinds(t: Translate): readonly ChartKind[] {
  const rate = (bytes: number): string => t('{0}/s', byteText(Math.round(bytes)));
  return [
    {
      title: t('CPU'),
      series: [first('cpuPercent', t('Use'), 'blue')],
      format: percentText,
      axisFormat: shortPercentText,
    },
    {
      title: t('Memory'),
      series: [first('memoryBytes', t('Used'), 'purple'), second('memoryLimitBytes', t('Limit'), 'red')],
      format: memoryText,
      increments: binaryIncrements,
    },
    {
      title: t('Network'),
      series: [first('receivedRate', t('Received'), 'blue'), second('sentRate', t('Sent'), 'purple')],
      format: rate,
    },
    {
      title: t('Block devices'),
      series: [first('readRate', t('Read'), 'green'), second('writtenRate', t('Written'), 'purple')],
      format: rate,
    },
    {
      title: t('Processes'),
      series: [first('processes', t('Count'), 'green')],
      format: String,
      increments: wholeIncrements,
    },
  ];
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
