/** Something that a name can mean. */
export interface Named {
  readonly id: string;
  /** The names that people call it by; the id need not be among them. */
  readonly called: readonly string[];
}

/**
 * The objects that `text` names, as docker resolves it: a full id, else a name, else the beginning of ids. If there are
 * several, the text is ambiguous.
 */
export function findNamed<T extends Named>(objects: readonly T[], text: string): T[] {
  const byId = objects.filter(({ id }) => id === text || bareId(id) === text);
  if (byId.length > 0) return byId;
  const byName = objects.filter(({ called }) => called.includes(text));
  if (byName.length > 0) return byName;
  const beginning = bareId(text);
  return /^[0-9a-f]+$/.test(beginning) ? objects.filter(({ id }) => bareId(id).startsWith(beginning)) : [];
}

/** An id without the algorithm that ids of images begin with. */
function bareId(id: string): string {
  return id.replace(/^sha256:/, '');
}
