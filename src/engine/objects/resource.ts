import type { Engine } from '../connection/engine';
import type { EngineEvent, EventSource } from '../connection/events';
import type { EngineIdentity } from '../connection/identity';

/** What every row of the mirror has: an id that is unique within its kind and never changes. */
export interface Row {
  readonly id: string;
}

/** The ids of rows that may have changed, so that the mirror reads them again: some, or those of the whole kind. */
export type Touched = readonly string[] | 'all';

export const none: readonly string[] = [];

/** What a kind may know of the mirror when it says which of its rows are touched. */
export interface MirrorView<R extends Row> {
  readonly flavour: EngineIdentity['flavour'];
  /** Whether the kind has been listed since its events are followed: before that, its rows may be old or missing. */
  readonly listed: boolean;
  rows(): readonly R[];
  has(id: string): boolean;
}

/** A change in the rows of another kind. */
export interface ForeignChange {
  kind: string;
  /** The rows that came, changed or went. */
  ids: readonly string[];
  /** What the rows that came use of the kind that is asked, by the names of {@link ResourceKind.uses}. */
  newlyUsed: readonly string[];
}

/**
 * All that is special about one kind of object: how it is listed, what touches its rows, and what they use of other kinds
 * (whose names are `Used`). The mirror knows kinds only by this contract.
 */
export interface ResourceKind<R extends Row, Used extends string = never> {
  /** The events that touch rows of this kind. The engine is asked for these and no others. */
  readonly events: readonly EventSource[];
  /** Whether an engine that does not allow this list is of no use. Any other kind simply has no rows then. */
  readonly required?: boolean;
  /** Lists the rows with these ids in one request, or all. Ids that are gone are left out. */
  list(engine: Engine, ids: readonly string[] | undefined, signal: AbortSignal): Promise<R[]>;
  /** The rows that an event may have changed. */
  touchedBy(event: EngineEvent, view: MirrorView<R>): Touched;
  /** The rows that a change in another kind may have changed. Asked once all kinds are listed. */
  touchedByChange?(change: ForeignChange, view: MirrorView<R>): Touched;
  /** What a row uses of each other kind: ids, or names where rows refer to that kind by name. */
  uses?(row: R): Readonly<Record<Used, readonly string[]>>;
  /** Whether the engine may send this event before its list shows what the event says. */
  isEarly?(event: EngineEvent): boolean;
  /** Whether a row shows what such an early event says. While it does not, it is read again. */
  shows?(event: EngineEvent, row: R): boolean;
  /** The row to keep when one is listed again: what only the passing of time changed may stay as it was. */
  merge?(before: R, after: R): R;
}
