import type { EventSource } from '../connection/events';
import { containerKind } from '../objects/containers/kind';
import { imageKind } from '../objects/images/kind';
import { networkKind } from '../objects/networks';
import type { ResourceKind, Row } from '../objects/resource';
import { volumeKind } from '../objects/volumes';
import type { ChangeSet } from './store';

const table = {
  container: containerKind,
  image: imageKind,
  network: networkKind,
  volume: volumeKind,
};

/** Any table of kinds. */
export type KindTable = Readonly<Record<string, ResourceKind<Row, string>>>;

type Kinds = typeof table;

/** The names of a table's kinds; like all types below, of the table {@link kinds} unless another is given. */
export type Kind<T extends KindTable = Kinds> = keyof T & string;

/** The rows of the mirror by kind. */
export type Rows<T extends KindTable = Kinds> = { [K in Kind<T>]: RowOf<T[K]> };

/** What changed in one kind at once. */
export type Change<T extends KindTable = Kinds> = { [K in Kind<T>]: { kind: K } & ChangeSet<RowOf<T[K]>> }[Kind<T>];

/** The kinds whose objects those of other kinds use. */
export type UsedKind<T extends KindTable = Kinds> = UsedBy<T[Kind<T>]>;

/** The kinds whose objects use those of other kinds. */
export type UsingKind<T extends KindTable = Kinds> = {
  [K in Kind<T>]: [UsedBy<T[K]>] extends [never] ? never : K;
}[Kind<T>];

type RowOf<R> = R extends ResourceKind<infer Of, string> ? Of : never;
type UsedBy<R> = R extends ResourceKind<Row, infer Used> ? Used : never;

/** Everything that the mirror holds, by kind. The rest of the code derives its lists of kinds from this table. */
export const kinds: { readonly [K in Kind]: ResourceKind<Rows[K], UsedBy<Kinds[K]>> } = table;

/** The events that touch rows of a table's kinds. */
export function eventsOf(table: KindTable): readonly EventSource[] {
  return Object.values(table).flatMap(({ events }) => events);
}

export const kindNames = Object.keys(kinds) as readonly Kind[];
