import { containerKind } from '../objects/containers/kind';
import type { Container } from '../objects/containers/row';
import { type Image, imageKind } from '../objects/images/kind';
import { type Network, networkKind } from '../objects/networks';
import type { ResourceKind } from '../objects/resource';
import { type Volume, volumeKind } from '../objects/volumes';
import type { ChangeSet } from './store';

/** The rows of the mirror by kind. */
export interface Rows {
  container: Container;
  image: Image;
  network: Network;
  volume: Volume;
}

export type Kind = keyof Rows;

/** What changed in one kind at once. */
export type Change = { [K in Kind]: { kind: K } & ChangeSet<Rows[K]> }[Kind];

export const kinds: { readonly [K in Kind]: ResourceKind<Rows[K]> } = {
  container: containerKind,
  image: imageKind,
  network: networkKind,
  volume: volumeKind,
};

export const kindNames = Object.keys(kinds) as readonly Kind[];
