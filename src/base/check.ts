/*
 * Strict checks, for messages and kept states: a value passes whole or not at all, and its type follows from its check. An
 * engine's answers, of which each part counts for itself, are read with `read.ts` instead.
 */

/** Tells whether a value that may be anything has a shape. */
export type Check<T> = (value: unknown) => value is T;

/** The type of what passes a check. */
export type Checked<C> = C extends Check<infer T> ? T : never;

/** The checks of an object's fields by their names. A field whose check accepts undefined may be absent. */
export type Fields = Readonly<Record<string, Check<unknown>>>;

/** The type of an object with these fields. */
export type Shape<F> = Flat<{ [K in RequiredField<F>]: Checked<F[K]> } & { [K in OptionalField<F>]?: Checked<F[K]> }>;

type RequiredField<F> = Exclude<keyof F, OptionalField<F>>;
type OptionalField<F> = { [K in keyof F]: Optional<Checked<F[K]>> extends true ? K : never }[keyof F];
/** `unknown` includes undefined too, but is the type of a field that must be there. */
type Optional<T> = unknown extends T ? false : undefined extends T ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };

export const isString: Check<string> = value => typeof value === 'string';
export const isBoolean: Check<boolean> = value => typeof value === 'boolean';
export const isNumber: Check<number> = (value): value is number => Number.isFinite(value);
/** A count, or a place in a list. */
export const isIndex: Check<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const isPresent: Check<unknown> = (value): value is unknown => value !== undefined;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function literal<const T extends string>(...options: readonly T[]): Check<T> {
  return (value): value is T => options.some(option => option === value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

export function pairOf<A, B>(first: Check<A>, second: Check<B>): Check<readonly [A, B]> {
  return (value): value is readonly [A, B] =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]);
}

export function mapOf<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isRecord(value) && Object.values(value).every(check);
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

/** An object with these fields. Other fields do not matter. */
export function object<F extends Fields>(fields: F): Check<Shape<F>> {
  const checks = Object.entries(fields);
  return (value): value is Shape<F> => isRecord(value) && checks.every(([name, check]) => check(value[name]));
}

/** An object whose field `key` names which of several shapes it has. */
export function variants<K extends string, V extends Readonly<Record<string, Fields>>>(
  key: K,
  shapes: V,
): Check<{ [T in keyof V]: Flat<Record<K, T> & Shape<V[T]>> }[keyof V]> {
  const checks = new Map<unknown, Check<unknown>>(
    Object.entries(shapes).map(([name, fields]) => [name, object(fields)]),
  );
  return (value): value is never => isRecord(value) && checks.get(value[key])?.(value) === true;
}

/** The value, if it passes. */
export function checked<T>(check: Check<T>, value: unknown): T | undefined {
  return check(value) ? value : undefined;
}
