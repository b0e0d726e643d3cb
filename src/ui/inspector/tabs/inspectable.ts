import type { Json } from '../../../base/read';
import type { CallOptions, Engine } from '../../../engine/connection/engine';
import type { Rows } from '../../../engine/mirror/kinds';
import type { UsedKind } from '../../../engine/mirror/usage';
import type { ResourceSubject } from '../../objects/subject';
import type { Handles } from '../handles';
import type { Inspected, InspectedKind, TabOf, Value } from '../protocol';
import type { Tab } from './tab';

/** All that the inspector knows of a kind of object: nothing else here depends on the kind. */
export interface Inspectable<K extends InspectedKind> {
  /** The icon beside its name. */
  readonly icon: string;
  readonly inspect: (engine: Engine, id: string, options: CallOptions) => Promise<Json>;
  readonly tabs: { readonly [T in TabOf<K>]: Tab<T> };
  /** The names of a row. Another object that has such a name later takes its place. */
  readonly names: (row: Rows[K]) => readonly string[];
  /** The sentence that another object has its name now, for a kind whose names move while the object stays. */
  readonly movedNotice?: (name: string) => string;
  /** What it is and how it is, beside its name in the head; empty texts are left out. */
  readonly description: (row: Rows[K], given: DescriptionParts) => readonly Value[];
  /** The words of the row's context value, from which follows what is offered. */
  readonly words: (row: Rows[K], used: boolean) => string;
  /** The commands that the head offers, in this order. */
  readonly actions: readonly HeadAction[];
  /** The row as commands take it, if its kind and id do not say all. `name` is what it was opened by. */
  readonly subject?: (row: Rows[K], name: string) => ResourceSubject;
  /** What containers use it as, if they can use it. */
  readonly use?: (inspected: Pick<Inspected, 'id' | 'name'>) => { kind: UsedKind; name: string };
}

export interface DescriptionParts {
  /** Whether a container uses it. */
  readonly used: boolean;
  readonly handles: Handles;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A command that the head offers on a row with fitting words. A test holds it against the manifest's menu of rows. */
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
