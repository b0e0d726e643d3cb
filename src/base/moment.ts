const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const part = /(\d{1,9}(?:\.\d{1,9})?)\s*(sec|min|s|m|h|d|w)/g;
const durationShape = /^(?:\d{1,9}(?:\.\d{1,9})?\s*(?:sec|min|s|m|h|d|w)\s*)+(?:ago)?$/;
const dateShape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[ T]|\s*,\s*)(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
const clockShape = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/**
 * Reads a moment as people write it, and gives it in milliseconds since the epoch. It may be how long ago (`10m`,
 * `2h30m`, `1d`), a date and time (`2026-01-31 14:00`, local time unless it has a zone), a time of day (its last
 * occurrence), `today`, `yesterday`, `now`, or Unix seconds. Undefined for anything else.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const words = text.trim().toLowerCase();
  if (words === 'now') return now;
  if (words === 'today') return startOfDay(now, 0);
  if (words === 'yesterday') return startOfDay(now, 1);
  if (durationShape.test(words)) return now - durationMs(words);
  if (/^\d{9,10}(?:\.\d{1,9})?$/.test(words)) return Number(words) * 1000;
  return parseDate(words) ?? parseClock(words, now);
}

function durationMs(words: string): number {
  return [...words.matchAll(part)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
}

function startOfDay(now: number, daysBefore: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}

function parseDate(words: string): number | undefined {
  const parts = dateShape.exec(words);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number).map(orZero);
  const milliseconds = Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1000);
  if (!isTime(hour, minute, second) || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return undefined;
  const zone = parts[8];
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second, milliseconds).getTime();
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - zoneMs(zone);
}

function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function daysIn(year: number, month: number): number {
  return new Date(year, month, 0).getDate();
}

function zoneMs(zone: string): number {
  if (/z/i.test(zone)) return 0;
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function parseClock(words: string, now: number): number | undefined {
  const [, hours, minutes, seconds = '0'] = clockShape.exec(words) ?? [];
  if (hours === undefined || !isTime(Number(hours), Number(minutes), Number(seconds))) return undefined;
  const at = (daysBefore: number): number => {
    const day = new Date(startOfDay(now, daysBefore));
    return day.setHours(Number(hours), Number(minutes), Number(seconds));
  };
  return at(0) <= now ? at(0) : at(1);
}

function isTime(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}
