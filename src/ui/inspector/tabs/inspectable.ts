import type { Json } from '../../../base/read';
import type { CallOptions, Engine } from '../../../engine/connection/engine';
import type { Rows, UsedKind } from '../../../engine/mirror/kinds';
import type { ResourceSubject } from '../../objects/subject';
import type { Handles } from '../handles';
import type { Inspected, InspectedKind, TabOf, Value } from '../protocol';
import type { Tab } from './tab';

/** All that the inspector knows about a kind of object. The code outside `tabs/<object>/` is the same for all kinds. */
export interface Inspectable<K extends InspectedKind> {
  /** The icon beside its name. */
  readonly icon: string;
  readonly inspect: (engine: Engine, id: string, options: CallOptions) => Promise<Json>;
  readonly tabs: { readonly [T in TabOf<K>]: Tab<T> };
  /** The names of a row. If another object gets such a name later, it has taken the row's place. */
  readonly names: (row: Rows[K]) => readonly string[];
  /** Says that another object has its name now. Only for a kind whose names can move while the object stays. */
  readonly movedNotice?: (name: string) => string;
  /** What the head says beside the name. Empty texts are left out. */
  readonly description: (row: Rows[K], given: DescriptionParts) => readonly Value[];
  /** The row's context value, whose words decide which actions are offered. */
  readonly contextValue: (row: Rows[K], used: boolean) => string;
  /** The commands that the head offers, in this order. */
  readonly actions: readonly HeadAction[];
  /** The row as commands take it, if kind and id are not enough. `name` is the name that it was opened by. */
  readonly subject?: (row: Rows[K], name: string) => ResourceSubject;
  /** How containers refer to it, if they can use it. */
  readonly use?: (inspected: Pick<Inspected, 'id' | 'name'>) => { kind: UsedKind; name: string };
}

export interface DescriptionParts {
  /** Whether a container uses it. */
  readonly used: boolean;
  readonly handles: Handles;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A command that the head offers if the row's words fit. A test compares it with the manifest's menu of rows. */
export interface HeadAction {
  /** The command is `quayside.<kind>.<verb>`. */
  readonly verb: string;
  readonly title: () => string;
  readonly icon: string;
  /** The row has one of these words. */
  readonly any?: readonly string[];
  /** The row has none of these words. */
  readonly none?: readonly string[];
}

export function fits({ any, none = [] }: Pick<HeadAction, 'any' | 'none'>, words: readonly string[]): boolean {
  return (any?.some(word => words.includes(word)) ?? true) && !none.some(word => words.includes(word));
}
