import type { Container } from '../../engine/objects/containers/row';
import type { CurrentSession, Session } from '../session/session';
import { type Presence, presenceOf, successorOf } from './presence';
import type { Inspected } from './protocol';

/** The inspected object, as the session of the moment knows it. */
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

  /** What it is, by its latest name; an image by the tag that it was opened by, also when another one has that now. */
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
    if (name === this.#inspected.name || this.#keepsItsTag(name)) return;
    this.#inspected = { ...this.#inspected, name };
  }

  /** By a tag that moved on, or may come back with the next build, what takes an image's place is found. */
  #keepsItsTag(next: string): boolean {
    const { kind, id } = this.#inspected;
    if (kind !== 'image') return false;
    const isTag = this.session.mirror.get(kind, id)?.tags.includes(next);
    return !isTag || successorOf(this.session, this.#inspected) !== undefined;
  }

  /** The engine has said that it holds no such object. */
  confirmMissing(): void {
    this.#missing = true;
  }

  /** What containers call it by. */
  get usedName(): string {
    const { kind, id, name } = this.#inspected;
    return kind === 'network' ? name : id;
  }

  /** The containers that use it. */
  get users(): readonly Container[] {
    const { kind } = this.#inspected;
    return kind === 'container' ? [] : this.session.usage.of(kind, this.usedName);
  }
}
