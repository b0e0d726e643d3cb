import { type InspectedKind, type TabName, tabsOf } from '../protocol';
import { container } from './container/kind';
import { image } from './image/kind';
import type { Inspectable } from './inspectable';
import { network } from './network/kind';
import type { ReadableTab, StreamedTab, Tab } from './tab';
import { volume } from './volume/kind';

export const kinds: { readonly [K in InspectedKind]: Inspectable<K> } = { container, image, network, volume };

export type NamedTab = NamedReadableTab | (StreamedTab & { readonly name: TabName });
export type NamedReadableTab = ReadableTab & { readonly name: TabName };

/** The tabs of a kind of object, in their order. */
export function namedTabs(kind: InspectedKind): readonly NamedTab[] {
  const tabs: Readonly<Partial<Record<TabName, Tab>>> = kinds[kind].tabs;
  return tabsOf(kind).flatMap(name => (tabs[name] ? { ...tabs[name], name } : []));
}
