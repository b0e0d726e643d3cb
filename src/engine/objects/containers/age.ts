const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units: Readonly<Record<string, number>> = {
  second,
  minute,
  hour,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
};

/** No real age has more; a longer number may be more than a date can hold. */
const mostDigits = 4;

/**
 * The age in a container's Status (“Up 5 minutes (healthy)”, “Exited (0) 2 hours ago”), in milliseconds; undefined when it
 * has none. The engine rounds ages down (hours: to the nearest), so this is the least age that the words can mean.
 */
export function estimateAge(status: string): number | undefined {
  if (/less than a second/i.test(status)) return 0;
  const [, words, name] = /\b(\d+|an?) (second|minute|hour|day|week|month|year)s?\b/i.exec(status) ?? [];
  const unit = units[name?.toLowerCase() ?? ''];
  if (unit === undefined || words === undefined || words.length > mostDigits) return undefined;
  return (/^an?$/i.test(words) ? 1 : Number(words)) * unit;
}

/** By how many milliseconds the words for an age of `ms` may be off. */
export function roundingOf(ms: number): number {
  const steps = [
    [minute, second],
    [hour, minute],
    [48 * hour, hour],
    [14 * day, day],
    [60 * day, 7 * day],
    [730 * day, 30 * day],
  ] as const;
  return steps.find(([below]) => ms < below)?.[1] ?? 365 * day;
}
