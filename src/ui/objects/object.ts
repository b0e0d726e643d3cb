import type { Engine } from '../../engine/connection/engine';
import type { Kind } from '../../engine/mirror/kinds';
import type { Session } from '../session/session';
import type { Named } from './findNamed';
import type { Subject } from './subject';

/** An object that a command works on. `name` is what people see, `called` holds all names that a call may use. */
export interface Target extends Named {
  readonly name: string;
}

/** What commands know of one kind of object. */
export interface ObjectKind<T extends Target> {
  /** The kind of the mirror's rows that the objects come from. */
  rows: Kind;
  /** “1 container”, “5 containers”. */
  count(count: number): string;
  /** “container “web””: one object, in a question. `name` is quoted. */
  one(name: string): string;
  /** The sentence that no object has this name. `name` is quoted. */
  missing(name: string): string;
  /** The objects as the mirror has them. */
  list(session: Session): readonly T[];
  /**
   * The objects as the engine has them now: for a program, the mirror lags some milliseconds behind. With ids, at least
   * those; all of them where the engine cannot be asked for some.
   */
  fetch(engine: Engine, signal: AbortSignal, ids?: readonly string[]): Promise<readonly T[]>;
  /** Resolves when the engine no longer works on the object, where the engine can tell. */
  settle?(engine: Engine, target: T, signal: AbortSignal): Promise<unknown>;
  /** The object that a row of a tree stands for, in a list that is empty when it is gone; undefined for other rows. */
  of(subject: Subject, targets: readonly T[]): readonly T[] | undefined;
  /** The objects that belong to a row of another kind, for commands on many. */
  members?(subject: Subject, targets: readonly T[]): readonly T[] | undefined;
  /**
   * How it is now, to end a sentence with: “it is running”. Without it, sentences say only that the object is there.
   */
  state?(target: T): string;
  /** What a pick shows beside the name. */
  describe(target: T): string;
  /** Whether a pick offers it; without this, a pick offers all. */
  offered?(target: T): boolean;
}
