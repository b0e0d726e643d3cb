import type { Engine } from '../../engine/connection/engine';
import type { Log } from '../log';
import type { ObjectKind, Target } from '../objects/object';
import type { Session } from '../session/session';
import type { Call } from './call';

/** What a command says to a person. `what` is a quoted name, or a count such as “5 containers”. */
export interface Phrases {
  /** Above the pick of objects. */
  which(): string;
  /** The sentence when there is nothing to pick from. */
  nothing(): string;
  /** While it is under way. */
  doing(what: string): string;
  /** The sentence when it failed for one object, or does not fit it. */
  failed(what: string, cause: string): string;
}

/** What a command on many objects says in addition. */
export interface ManyPhrases extends Phrases {
  /** The sentence when it failed for some of many. `all` is a count such as “50 containers”. */
  failedSome(failed: number, all: string, causes: string): string;
}

/** What an action takes from the command that runs it. */
export interface ActionContext {
  readonly call: Call;
  readonly log: Log;
  /** The session that was current when the command began, so that it never goes on with another engine's objects. */
  readonly session: { readonly current: Session };
}

/** A command on objects of one kind. */
export interface Action<T extends Target, P extends Phrases = Phrases> {
  readonly kind: ObjectKind<T>;
  readonly phrases: P;
  /**
   * Whether the work is done, judging by the object as it is now (undefined: gone). Asked when the engine's answer was
   * lost. `begun` is when the work began, in milliseconds since the epoch.
   */
  isDone?(now: T | undefined, before: T, begun: number): boolean;
  /** How many milliseconds the engine may go on working after its answer was lost. */
  patience?(engine: Engine, before: T, signal: AbortSignal): Promise<number>;
  /** Why it cannot be done to an object, to end the sentence of `failed`; undefined where it can. */
  unfit?(target: T, call: Call): string | undefined;
}

export type ManyAction<T extends Target> = Action<T, ManyPhrases>;
