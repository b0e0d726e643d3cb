/** Makes a value when it is first asked for, and keeps it: for what takes too long for an activation. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
