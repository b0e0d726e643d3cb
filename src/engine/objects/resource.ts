import type { Engine } from '../connection/engine';
import type { EngineEvent } from '../connection/events';

/** What every row of the mirror has: an id that is unique within its kind and never changes. */
export interface Row {
  readonly id: string;
}

/** How the mirror keeps one kind of object: how it is listed, and which events touch which of its rows. */
export interface ResourceKind<R extends Row> {
  /** Lists the rows with these ids in one request, or all. Ids that are gone are left out. */
  list(engine: Engine, ids: readonly string[] | undefined, signal: AbortSignal): Promise<R[]>;
  /** The rows that an event may have changed. */
  touchedBy(event: EngineEvent): readonly string[] | 'all';
  /** Whether an event may be told before the list has what it tells. */
  tells?(event: EngineEvent): boolean;
  /** Whether a row shows what such an event told of it. */
  shows?(event: EngineEvent, row: R): boolean;
  /** The row to keep when one is listed again: lets what only the passing of time changed stay as it was. */
  merge?(before: R, after: R): R;
}

export const none: readonly string[] = [];
