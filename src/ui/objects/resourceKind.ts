import { type Kind, kinds, type Rows } from '../../engine/mirror/kinds';
import type { ObjectKind, Target } from './object';

type OwnTexts<T extends Target> = Pick<ObjectKind<T>, 'count' | 'one' | 'missing' | 'describe'>;

/** What commands know of a kind whose objects are rows of the mirror. `own` says what differs from kind to kind. */
export function resourceKind<K extends Kind, T extends Target>(
  kind: K,
  targetsOf: (row: Rows[K]) => readonly T[],
  own: OwnTexts<T> & Partial<ObjectKind<T>>,
): ObjectKind<T> {
  return {
    rows: kind,
    list: ({ mirror }) => mirror.list(kind).flatMap(targetsOf),
    fetch: async (engine, signal, ids) => (await kinds[kind].list(engine, ids, signal)).flatMap(targetsOf),
    of: (subject, targets) =>
      subject.kind === kind && 'id' in subject ? targets.filter(({ id }) => id === subject.id) : undefined,
    ...own,
  };
}
