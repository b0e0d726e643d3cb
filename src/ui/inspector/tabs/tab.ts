import type { CallOptions, Engine } from '../../../engine/connection/engine';
import type { Rows } from '../../../engine/mirror/kinds';
import type { Session } from '../../session/session';
import type { ContentOf, HostMessage, InspectedKind, TabName } from '../protocol';
import type { Showing } from './showing';
import type { Source } from './source';

/** A tab, and where its content comes from. */
export type Tab<T extends TabName = TabName> = ReadableTab<T> | StreamedTab;
export type ReadableTab<T extends TabName = TabName> = Readable & (Derived<T> | Asked<T>);

interface Titled {
  readonly title: () => string;
}

/** What comes by itself as long as it is shown. */
export interface StreamedTab extends Titled {
  readonly stream: (parts: StreamParts) => Showing;
}

export interface StreamParts {
  readonly id: string;
  /** Where the object is now, and its row as far as that is known; or the sentence that says why it is not there. */
  readonly source: () => { session: Session; row: InspectedRow | undefined } | { sentence: string };
  readonly post: (message: HostMessage) => void;
}

interface Readable extends Titled {
  readonly stream?: undefined;
  /** Milliseconds until it is read anew while it is shown, without an event. */
  readonly every?: (source: Source) => number | undefined;
  /** What the engine is slow to tell of it, as text: put into the source under its name. */
  readonly slow?: { name: string; ask: (engine: Engine, source: Source, options: CallOptions) => Promise<string> };
}

/** Its content follows from what was read of the object. */
interface Derived<T extends TabName> {
  readonly asks?: false;
  readonly content: (source: Source) => ContentOf<T>;
}

/** The engine is asked for its content. A Failure says why there is none. */
interface Asked<T extends TabName> {
  readonly asks: true;
  readonly content: (source: Source, engine: Engine, options: CallOptions) => Promise<ContentOf<T>>;
}

/** A row of the mirror with its kind. */
export type InspectedRow<K extends InspectedKind = InspectedKind> = { [P in K]: { kind: P; row: Rows[P] } }[K];
