import { type Disposable, DisposableStore } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { Row } from '../objects/resource';
import type { Kind, kinds, KindTable, Rows, UsedKind, UsingKind } from './kinds';
import type { Mirror } from './mirror';
import type { ChangeSet } from './store';

/** Objects whose users changed, by the names that their users have for them. */
export interface UsageChange<T extends KindTable = typeof kinds> {
  kind: UsedKind<T>;
  names: ReadonlySet<string>;
}

/**
 * Who uses what, as the kinds say of their rows (see `ResourceKind.uses`): the engine is not asked, and a change costs its
 * own rows. An object has the name that its users have for it: an image's id, a network's or a volume's name.
 */
export class Usage<T extends KindTable = typeof kinds> implements Disposable {
  readonly #using: readonly UsingKind<T>[];
  /** By the kind of the users. Counted when somebody asks for the first time. */
  #users: ReadonlyMap<string, Users> | undefined;
  readonly #changed = new Emitter<UsageChange<T>>();
  readonly #subscriptions = new DisposableStore();
  /** Fires for the objects whose users, or whose users' rows, changed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly mirror: Mirror<T>) {
    const names = Object.keys(mirror.kinds) as Kind<T>[];
    this.#using = names.filter((name): name is UsingKind<T> => mirror.kinds[name]?.uses !== undefined);
    for (const kind of this.#using)
      this.#subscriptions.add(mirror.onDidChangeRows(kind)(changes => this.#onChange(kind, changes)));
  }

  /** The rows that use an object. */
  of(kind: UsedKind<T>, name: string): Rows<T>[UsingKind<T>][] {
    const users = this.#counted();
    return this.#using.flatMap(user =>
      [...(users.get(user)?.of(kind, name) ?? [])].flatMap(id => this.mirror.get(user, id) ?? []),
    );
  }

  isUsed(kind: UsedKind<T>, name: string): boolean {
    return [...this.#counted().values()].some(users => users.of(kind, name).size > 0);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #counted(): ReadonlyMap<string, Users> {
    this.#users ??= new Map(this.#using.map(kind => [kind, this.#count(kind)]));
    return this.#users;
  }

  #count(kind: UsingKind<T>): Users {
    const users = new Users();
    for (const row of this.mirror.list(kind))
      for (const [used, names] of this.#used(kind, row)) users.add(used, names, row.id);
    return users;
  }

  #used(kind: string, row: Row): [kind: string, names: readonly string[]][] {
    return Object.entries(this.mirror.kinds[kind]?.uses?.(row) ?? {});
  }

  /** Nobody shows users before they were asked for. */
  #onChange(kind: string, { added, changed, removed }: ChangeSet<Row>): void {
    const users = this.#users?.get(kind);
    if (!users) return;
    const touched = new Map<string, Set<string>>();
    const take = (row: Row, change: 'add' | 'delete'): void => {
      for (const [used, names] of this.#used(kind, row)) {
        users[change](used, names, row.id);
        const all = touched.get(used) ?? new Set();
        for (const name of names) all.add(name);
        touched.set(used, all);
      }
    };
    for (const row of [...removed, ...changed.map(({ before }) => before)]) take(row, 'delete');
    for (const row of [...changed.map(({ after }) => after), ...added]) take(row, 'add');
    for (const [used, names] of touched) {
      if (names.size > 0) this.#changed.fire({ kind: used as UsedKind<T>, names });
    }
  }
}

/** Ids of users by the kind and name of what they use. */
class Users {
  readonly #ids = new Map<string, Set<string>>();

  of(kind: string, name: string): ReadonlySet<string> {
    return this.#ids.get(keyOf(kind, name)) ?? new Set();
  }

  add(kind: string, names: readonly string[], id: string): void {
    for (const name of names) {
      const key = keyOf(kind, name);
      const ids = this.#ids.get(key);
      if (ids) ids.add(id);
      else this.#ids.set(key, new Set([id]));
    }
  }

  delete(kind: string, names: readonly string[], id: string): void {
    for (const name of names) {
      const key = keyOf(kind, name);
      const ids = this.#ids.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.#ids.delete(key);
    }
  }
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}
