import { isDeepStrictEqual } from 'node:util';
import type { ResourceKind, Row } from '../objects/resource';

/** What changed in one kind, at once. `changed` pairs each row with what it was. */
export interface ChangeSet<R extends Row> {
  added: readonly R[];
  changed: readonly { before: R; after: R }[];
  removed: readonly R[];
}

export function isEmpty(changes: ChangeSet<Row>): boolean {
  return changes.added.length + changes.changed.length + changes.removed.length === 0;
}

/** The rows of one kind. Taking rows that are listed again, it says what differs. */
export class Store<R extends Row> {
  #rows = new Map<string, R>();

  constructor(private readonly kind: Pick<ResourceKind<R>, 'merge'>) {}

  get(id: string): R | undefined {
    return this.#rows.get(id);
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  all(): R[] {
    return [...this.#rows.values()];
  }

  /** Takes a whole list: rows that it lacks are gone. */
  replace(rows: readonly R[]): ChangeSet<R> {
    const listed = new Set(rows.map(row => row.id));
    return this.#apply(
      rows,
      [...this.#rows.keys()].filter(id => !listed.has(id)),
    );
  }

  /** Takes a list of some ids only: those that it lacks are gone, and rows of other ids are ignored. */
  update(ids: readonly string[], rows: readonly R[]): ChangeSet<R> {
    const listed = new Map(rows.map(row => [row.id, row]));
    return this.#apply(
      ids.flatMap(id => listed.get(id) ?? []),
      ids.filter(id => !listed.has(id)),
    );
  }

  #apply(rows: readonly R[], gone: readonly string[]): ChangeSet<R> {
    const changes = { added: [] as R[], changed: [] as { before: R; after: R }[], removed: [] as R[] };
    for (const id of gone) {
      const before = this.#rows.get(id);
      if (before) changes.removed.push(before);
      this.#rows.delete(id);
    }
    for (const row of rows) {
      const before = this.#rows.get(row.id);
      const after = before && this.kind.merge ? this.kind.merge(before, row) : row;
      if (before && isDeepStrictEqual(before, after)) continue;
      this.#rows.set(row.id, after);
      if (before) changes.changed.push({ before, after });
      else changes.added.push(after);
    }
    return changes;
  }
}
