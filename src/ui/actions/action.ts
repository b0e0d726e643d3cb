import type { Engine } from '../../engine/connection/engine';
import type { Log } from '../log';
import type { ObjectKind, Target } from '../objects/object';
import type { Session } from '../session/session';
import type { Call } from './call';

/** What a command says on its way; `what` is a quoted name, or a count such as “5 containers”. */
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

/** What a command on many objects says besides. */
export interface ManyPhrases extends Phrases {
  /** The sentence when it failed for some of many. `all` is a count such as “50 containers”. */
  failedSome(failed: number, all: string, causes: string): string;
}

/** What an action takes from the command that runs it. */
export interface ActionContext {
  readonly call: Call;
  readonly log: Log;
  /** The session that was the current one when the command began: it must not go on with another engine's objects. */
  readonly session: { readonly current: Session };
}

/** A command on objects of one kind. */
export interface Action<T extends Target, P extends Phrases = Phrases> {
  readonly kind: ObjectKind<T>;
  readonly phrases: P;
  /**
   * Whether an object, as it is now (undefined: gone), shows that the work is done: asked when the engine's answer was
   * lost. `begun` is when the work began, in milliseconds since the epoch.
   */
  isDone?(now: T | undefined, before: T, begun: number): boolean;
  /** How many milliseconds the engine may still be at it when its answer was lost. */
  patience?(engine: Engine, before: T, signal: AbortSignal): Promise<number>;
  /** Why it does not fit an object, to end the sentence of `failed`; undefined where it fits. */
  unfit?(target: T, call: Call): string | undefined;
}

export type ManyAction<T extends Target> = Action<T, ManyPhrases>;
