import type { StatsSample } from '../../../src/ui/inspector/protocol';

/** How far back the charts reach, in milliseconds. */
export const reach = 600_000;
/** Samples come about every second, from Podman every five. After a longer pause a line has a gap. */
export const longestPause = 12_000;

/** The samples of the last ten minutes, the oldest first. */
export function withSamples(
  before: readonly StatsSample[],
  samples: readonly StatsSample[],
  reset: boolean,
): readonly StatsSample[] {
  const last = (reset ? undefined : before.at(-1)?.time) ?? -Infinity;
  const later = samples.filter(({ time }) => time > last);
  const all = reset ? later : [...before, ...later];
  const end = all.at(-1)?.time ?? 0;
  return all.filter(({ time }) => time >= end - reach);
}

/** The data of a chart: times in seconds, then the values of each field; null for no value or a gap. */
export function chartData(
  samples: readonly StatsSample[],
  fields: readonly (keyof StatsSample)[],
): [number[], ...(number | null)[][]] {
  const times: number[] = [];
  const values: (number | null)[][] = fields.map(() => []);
  for (const [index, sample] of samples.entries()) {
    const before = samples[index - 1];
    if (before && sample.time - before.time > longestPause) {
      times.push((before.time + 1) / 1_000);
      for (const column of values) column.push(null);
    }
    times.push(sample.time / 1_000);
    for (const [place, field] of fields.entries()) values[place]?.push(sample[field] ?? null);
  }
  return [times, ...values];
}
