/** Tells whether a value that nobody vouches for has the wanted shape. */
export type Check<T> = (value: unknown) => value is T;

type OptionalKey<T> = { [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? K : never }[keyof T];
type RequiredChecks<T> = { [K in Exclude<keyof T, OptionalKey<T>>]: Check<T[K]> };
type OptionalChecks<T> = { [K in OptionalKey<T>]-?: Check<Exclude<T[K], undefined>> };

export const isString: Check<string> = value => typeof value === 'string';
export const isBoolean: Check<boolean> = value => typeof value === 'boolean';
export const isNumber: Check<number> = (value): value is number => Number.isFinite(value);
export const isPresent: Check<unknown> = (value): value is unknown => value !== undefined;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function literal<const T extends string | boolean>(...options: readonly T[]): Check<T> {
  return (value): value is T => options.some(option => option === value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

export function mapOf<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isRecord(value) && Object.values(value).every(check);
}

/** Every field of T has its check. Fields that T does not know are of no matter. */
export function shape<T>(required: RequiredChecks<T>, optional: OptionalChecks<T>): Check<T> {
  const must = Object.entries<Check<unknown>>(required);
  const may = Object.entries<Check<unknown>>(optional);
  return (value): value is T =>
    isRecord(value) &&
    must.every(([name, check]) => check(value[name])) &&
    may.every(([name, check]) => value[name] === undefined || check(value[name]));
}

export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}
