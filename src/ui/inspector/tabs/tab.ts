import type { CallOptions, Engine } from '../../../engine/connection/engine';
import type { Rows } from '../../../engine/mirror/kinds';
import type { Session } from '../../session/session';
import type { ContentOf, HostMessage, InspectedKind, TabName } from '../protocol';
import type { Showing } from './showing';
import type { Source } from './source';

/** A tab: its title, and where its content comes from. */
export type Tab<T extends TabName = TabName> = ReadableTab<T> | StreamedTab;
export type ReadableTab<T extends TabName = TabName> = Readable & (Derived<T> | Asked<T>);

interface Titled {
  readonly title: () => string;
}

/** Its content comes by itself as long as it is shown. */
export interface StreamedTab extends Titled {
  readonly stream: (parts: StreamParts) => Showing;
}

export interface StreamParts {
  readonly id: string;
  /** The session with the object's row, if it has one; or the sentence that says why the object is not there. */
  readonly source: () => { session: Session; row: InspectedRow | undefined } | { sentence: string };
  readonly post: (message: HostMessage) => void;
}

interface Readable extends Titled {
  readonly stream?: undefined;
  /** After how many milliseconds it is read again while it is shown, if no event comes. */
  readonly every?: (source: Source) => number | undefined;
  /** What the engine takes long to find out, as text. It is put into the source under its name. */
  readonly slow?: { name: string; ask: (engine: Engine, source: Source, options: CallOptions) => Promise<string> };
}

/** Its content is made of the object's inspection alone. */
interface Derived<T extends TabName> {
  readonly asks?: false;
  readonly content: (source: Source) => ContentOf<T>;
}

/** Its content takes a further request. A Failure says why there is none. */
interface Asked<T extends TabName> {
  readonly asks: true;
  readonly content: (source: Source, engine: Engine, options: CallOptions) => Promise<ContentOf<T>>;
}

/** A row of the mirror with its kind. */
export type InspectedRow<K extends InspectedKind = InspectedKind> = { [P in K]: { kind: P; row: Rows[P] } }[K];
