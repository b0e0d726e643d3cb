import type { Engine } from '../../engine/connection/engine';
import type { Kind } from '../../engine/mirror/kinds';
import type { Session } from '../session/session';
import type { Named } from './named';
import type { Subject } from './subject';

/** An object that a command works on. `name` is what people see, `called` all that a call may name it by. */
export interface Target extends Named {
  readonly name: string;
}

/** What commands know of one kind of object. */
export interface ObjectKind<T extends Target> {
  /** The mirror's rows that they are listed from. */
  rows: Kind;
  /** “1 container”, “5 containers”. */
  count(count: number): string;
  /** “container “web””: one of the kind, in a question. `name` is quoted. */
  one(name: string): string;
  /** The sentence for a name that names none. `name` is quoted. */
  missing(name: string): string;
  /** The objects as the mirror has them. */
  list(session: Session): readonly T[];
  /**
   * The objects as the engine has them now: the mirror lags behind a program by some milliseconds. With ids, those at
   * least; all where the kind cannot be asked for some.
   */
  fetch(engine: Engine, signal: AbortSignal, ids?: readonly string[]): Promise<readonly T[]>;
  /** Resolves when the engine is not at work on it, where it tells that. */
  settle?(engine: Engine, target: T, signal: AbortSignal): Promise<unknown>;
  /** The object that a row of a tree stands for, in a list, empty when it is gone; undefined for other rows. */
  of(subject: Subject, targets: readonly T[]): readonly T[] | undefined;
  /** The objects that belong to a row of another kind, for commands on many. */
  members?(subject: Subject, targets: readonly T[]): readonly T[] | undefined;
  /** How it is now, to end a sentence with: “it is running”; when not given, only that it is there. */
  state?(target: T): string;
  /** What a pick shows beside the name. */
  describe(target: T): string;
  /** Whether a pick offers it; all when not given. */
  offered?(target: T): boolean;
}
