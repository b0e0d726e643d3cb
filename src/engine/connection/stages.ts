import type { EngineError } from '../errors';
import type { Attempt } from './attempts';
import type { Engine } from './engine';
import type { HeldEngine } from './heldEngine';

/** An engine that may be used, and what breaks of it. */
export interface Holding {
  engine: Engine;
  held: HeldEngine;
}

/** What a connection is doing. Its method `#next` says what ends each stage, and which one follows. */
export type Stage =
  /** Tries the candidates. It is patient after an engine hung: then it gives each candidate much time. */
  | { name: 'searching'; patient: boolean }
  /** Waits before the next search. */
  | { name: 'pausing'; patient: boolean; attempts: readonly Attempt[] }
  /** Waits for a configuration that can be read. */
  | { name: 'misconfigured'; patient: boolean }
  /** Everybody may use the engine. */
  | ({ name: 'connected' } & Holding)
  /** Asks an engine that is doubted. It is `stable` when it was connected for long. */
  | ({ name: 'asking'; doubt: EngineError; stable: boolean } & Holding)
  /** The engine answers. Waits before it is used again, unless it was stable. */
  | ({ name: 'resting'; doubt: EngineError; stable: boolean } & Holding)
  /** The engine is lost: its requests end. */
  | { name: 'lost'; held: HeldEngine; loss: EngineError; stable: boolean; patient: boolean }
  /** The connection was disposed. */
  | { name: 'ended' };

/** What a doubted engine is lost with. */
export interface Failed {
  loss: EngineError;
  patient: boolean;
}

export function attemptsOn({ endpoint }: HeldEngine, error: EngineError): Attempt[] {
  return [{ endpoint, error }];
}
