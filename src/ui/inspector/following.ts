import type { DisposableStore } from '../../base/disposable';
import type { Rows } from '../../engine/mirror/kinds';
import type { ChangeSet } from '../../engine/mirror/store';
import { imageId } from '../../engine/objects/images/reference';
import type { Session } from '../session/session';
import type { InspectedObject } from './object';
import type { InspectedKind } from './protocol';

/** Calls back whenever something happens in a session that may change what is shown of an object. */
export function followObject(
  object: InspectedObject,
  { connection, mirror, usage }: Session,
  { store, touch }: { store: DisposableStore; touch: () => void },
): void {
  const { kind, id } = object.inspected;
  const isOwn = (type: string, of: string): boolean => type === kind && (of === id || imageId(of) === id);
  store.add(connection.onDidChangeState(touch));
  store.add(mirror.onDidChangeState(touch));
  store.add(mirror.onDidChangeRows(kind)(changes => concerns(object, kind, changes) && touch()));
  store.add(mirror.onDidSeeEvent(event => isOwn(event.type, event.id) && touch()));
  store.add(
    usage.onDidChange(({ kind: used, names }) => {
      if (object.use?.kind === used && names.has(object.use.name)) touch();
    }),
  );
}

function concerns<K extends InspectedKind>(object: InspectedObject, kind: K, changes: ChangeSet<Rows[K]>): boolean {
  const { added, removed, changed } = changes;
  const rows = [...added, ...removed, ...changed.map(({ after }) => after)];
  return rows.some(row => object.isConcernedBy(kind, row));
}
