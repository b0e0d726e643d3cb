/** Readers for untrusted values: each returns the wanted shape, or an empty one. */

export type Json = Readonly<Record<string, unknown>>;

export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function records(value: unknown): Json[] {
  return list(value).map(record);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The latest moment that a Date can hold, in milliseconds since the epoch. */
const furthest = 8.64e15;

/** Seconds since the epoch as milliseconds; undefined for more than a Date can hold. */
export function fromSeconds(value: unknown): number | undefined {
  const ms = (number(value) ?? NaN) * 1000;
  return Math.abs(ms) <= furthest ? ms : undefined;
}

export function texts(value: unknown): string[] {
  return list(value).filter(item => typeof item === 'string');
}

/** An object's text values by key, e.g. labels. It has no prototype, so that `__proto__` is a key like any other. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null) as Record<string, string>;
  const given = record(value);
  // By keys: Object.entries makes an array for each label, which took a tenth of a cold start.
  for (const key of Object.keys(given)) {
    const item = given[key];
    if (typeof item === 'string') map[key] = item;
  }
  return map;
}

/** The own property with an untrusted name: every object inherits one named `constructor`. */
export function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function oneOf<T extends string>(value: unknown, options: readonly T[], otherwise: T): T {
  return options.find(option => option === value) ?? otherwise;
}
