import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { Container } from '../objects/containers/row';
import type { Mirror } from './mirror';
import type { ChangeSet } from './store';

/** What containers use, by kind: image ids, network names, volume names. */
export type UsedKind = 'image' | 'network' | 'volume';

const usedKinds: readonly UsedKind[] = ['image', 'network', 'volume'];

/** Who uses what, read off the containers' rows: nothing is asked of the engine, and a change costs its own rows. */
export class Usage implements Disposable {
  /** Counted when somebody asks for the first time. */
  #users: Readonly<Record<UsedKind, Users>> | undefined;
  readonly #changed = new Emitter<{ kind: UsedKind; names: ReadonlySet<string> }>();
  readonly #subscription: Disposable;
  /** Tells the images, networks and volumes whose users, or whose users' rows, changed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly mirror: Mirror) {
    this.#subscription = mirror.onDidChangeRows('container')(changes => this.#onChange(changes));
  }

  /** The containers that use an image (by id), a network or a volume (by name). */
  of(kind: UsedKind, name: string): Container[] {
    return [...this.#of(kind, name)].flatMap(id => this.mirror.get('container', id) ?? []);
  }

  isUsed(kind: UsedKind, name: string): boolean {
    return this.#of(kind, name).size > 0;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #of(kind: UsedKind, name: string): ReadonlySet<string> {
    return (this.#users ??= this.#counted())[kind].of(name);
  }

  #counted(): Readonly<Record<UsedKind, Users>> {
    const users = { image: new Users(), network: new Users(), volume: new Users() };
    for (const container of this.mirror.list('container')) count(users, container, 1);
    return users;
  }

  /** Nobody shows users before they were asked for. */
  #onChange(change: ChangeSet<Container>): void {
    const users = this.#users;
    if (!users) return;
    const touched = { image: new Set<string>(), network: new Set<string>(), volume: new Set<string>() };
    const see = (container: Container, by: 1 | -1): void => {
      count(users, container, by);
      for (const kind of usedKinds) for (const name of usedBy[kind](container)) touched[kind].add(name);
    };
    for (const row of change.removed) see(row, -1);
    for (const { before, after } of change.changed) {
      see(before, -1);
      see(after, 1);
    }
    for (const row of change.added) see(row, 1);
    for (const kind of usedKinds) if (touched[kind].size > 0) this.#changed.fire({ kind, names: touched[kind] });
  }
}

function count(users: Readonly<Record<UsedKind, Users>>, container: Container, by: 1 | -1): void {
  for (const kind of usedKinds) {
    for (const name of usedBy[kind](container)) {
      if (by === 1) users[kind].add(name, container.id);
      else users[kind].delete(name, container.id);
    }
  }
}

const usedBy: Readonly<Record<UsedKind, (container: Container) => readonly string[]>> = {
  image: container => [container.imageId],
  network: container => container.networks.map(({ network }) => network),
  volume: container => container.mounts.flatMap(({ volume }) => volume || []),
};

class Users {
  readonly #ids = new Map<string, Set<string>>();

  of(name: string): ReadonlySet<string> {
    return this.#ids.get(name) ?? new Set();
  }

  add(name: string, id: string): void {
    const ids = this.#ids.get(name);
    if (ids) ids.add(id);
    else this.#ids.set(name, new Set([id]));
  }

  delete(name: string, id: string): void {
    const ids = this.#ids.get(name);
    ids?.delete(id);
    if (ids?.size === 0) this.#ids.delete(name);
  }
}
