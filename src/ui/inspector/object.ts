import type { Rows, UsedKind } from '../../engine/mirror/kinds';
import type { Container } from '../../engine/objects/containers/row';
import type { CurrentSession, Session } from '../session/session';
import { type Presence, presenceOf } from './presence';
import type { Inspected, InspectedKind } from './protocol';
import { kinds } from './tabs/kinds';

/** The inspected object, as the current session knows it. */
export class InspectedObject {
  #inspected: Inspected;
  /** Whether the engine was seen to hold it. */
  #known = false;
  /** Whether the engine has said that it holds no such object. */
  #missing = false;

  constructor(
    inspected: Inspected,
    private readonly sessions: Pick<CurrentSession, 'current'>,
  ) {
    this.#inspected = inspected;
  }

  /**
   * What it is, with its latest name. An image keeps the tag that it was opened by, even if another image has it now.
   */
  get inspected(): Inspected {
    return this.#inspected;
  }

  get session(): Session {
    return this.sessions.current;
  }

  /** Where it is now. */
  locate(): Presence {
    const presence = presenceOf(this.session, this.#inspected, { known: this.#known, missing: this.#missing });
    if (presence.kind === 'here' && presence.row) {
      this.#known = true;
      this.#missing = false;
    }
    return presence;
  }

  rename(name: string): void {
    if (name === this.#inspected.name || this.#keepsItsName(name)) return;
    this.#inspected = { ...this.#inspected, name };
  }

  /** A tag that moved to another image leads there, so the image keeps it as its name. */
  #keepsItsName(next: string): boolean {
    const { kind, id } = this.#inspected;
    if (!kinds[kind].movedNotice) return false;
    return !namesOf(kind, this.session.mirror.get(kind, id)).includes(next) || this.successor !== undefined;
  }

  /** The engine has said that it holds no such object. */
  confirmMissing(): void {
    this.#missing = true;
  }

  /** What took its place: another object with its name. */
  get successor(): Pick<Inspected, 'kind' | 'id' | 'name'> | undefined {
    return successorAmong(this.#inspected, this.session.mirror.list(this.#inspected.kind));
  }

  /** How containers refer to it, if they can use it. */
  get use(): { kind: UsedKind; name: string } | undefined {
    const { kind } = this.#inspected;
    return kinds[kind].use?.(this.#inspected);
  }

  /** The containers that use it. */
  get users(): readonly Container[] {
    return this.use ? this.session.usage.of(this.use.kind, this.use.name) : [];
  }

  /** Whether a row is the object, or has its name. */
  isConcernedBy<K extends InspectedKind>(kind: K, row: Rows[K]): boolean {
    const { id, name, kind: own } = this.#inspected;
    return kind === own && (row.id === id || kinds[kind].names(row).includes(name));
  }
}

function namesOf<K extends InspectedKind>(kind: K, row: Rows[K] | undefined): readonly string[] {
  return row ? kinds[kind].names(row) : [];
}

function successorAmong<K extends InspectedKind>(
  { kind, id, name }: { kind: K; id: string; name: string },
  rows: readonly Rows[K][],
): Pick<Inspected, 'kind' | 'id' | 'name'> | undefined {
  const next = rows.find(row => kinds[kind].names(row).includes(name));
  return next && next.id !== id ? { kind, id: next.id, name } : undefined;
}
