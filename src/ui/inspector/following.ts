import type { Disposable, DisposableStore } from '../../base/disposable';
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
  store.add(followRows(object, kind, mirror, touch));
  store.add(mirror.onDidSeeEvent(event => isOwn(event.type, event.id) && touch()));
  store.add(
    usage.onDidChange(({ kind: used, names }) => {
      if (object.use?.kind === used && names.has(object.use.name)) touch();
    }),
  );
}

function followRows<K extends InspectedKind>(
  object: InspectedObject,
  kind: K,
  mirror: Session['mirror'],
  touch: () => void,
): Disposable {
  const concerns = ({ added, removed, changed }: ChangeSet<Rows[K]>): boolean =>
    [...added, ...removed, ...changed.map(({ after }) => after)].some(row => object.isConcernedBy(kind, row));
  return mirror.onDidChangeRows(kind)(changes => concerns(changes) && touch());
}
