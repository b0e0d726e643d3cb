import { compareNames } from '../../../base/format';
import type { Kind } from '../../../engine/mirror/kinds';
import type { Row } from '../../../engine/objects/resource';
import type { ForestShape } from './forest';
import { comparison, type Orders } from './orders';
import type { ViewChoices } from './viewState';

/** A forest without groups: filtered by text, ordered by choice and then by name. */
export function flatForest<R extends Row & { name: string }>(
  kind: Kind,
  { filter, sort }: ViewChoices,
  orders: Orders<R>,
  searched: (row: R) => readonly string[],
): ForestShape<R> {
  const order = comparison(orders, sort);
  const needle = filter.toLowerCase();
  return {
    places: row =>
      needle && !searched(row).join('\n').toLowerCase().includes(needle)
        ? []
        : [{ group: undefined, subject: { kind, id: row.id }, key: '' }],
    compare: (a, b) => order(a.row, b.row) || compareNames(a.row.name, b.row.name) || compareNames(a.row.id, b.row.id),
    compareGroups: () => 0,
  };
}
