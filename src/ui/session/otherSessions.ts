import { isDeepStrictEqual } from 'node:util';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Endpoint } from '../../engine/endpoints/endpoint';
import { coalesced } from './coalesced';
import { Session, type SessionParts } from './session';

/** The sessions of the engines besides the current one, each open while somebody looks at it. */
export class OtherSessions implements Disposable {
  readonly #open = new Map<string, { session: Session; endpoint: Endpoint; store: DisposableStore }>();

  constructor(
    private readonly parts: SessionParts,
    private readonly onChange: () => void,
  ) {}

  get(id: string): Session | undefined {
    return this.#open.get(id)?.session;
  }

  /**
   * Opens the wanted engines that are not open yet, and ends those that are no longer wanted or have another address
   * now.
   */
  keepOnly(wanted: ReadonlyMap<string, Endpoint>): void {
    for (const [id, { endpoint }] of this.#open) {
      if (!isDeepStrictEqual(wanted.get(id), endpoint)) this.#end(id);
    }
    for (const [id, endpoint] of wanted) if (!this.#open.has(id)) this.#begin(id, endpoint);
  }

  dispose(): void {
    this.keepOnly(new Map());
  }

  #begin(id: string, endpoint: Endpoint): void {
    const store = new DisposableStore();
    const session = store.add(new Session(id, () => [endpoint], this.parts));
    store.add(session.connection.watch());
    store.add(onEngineChange(session, this.onChange));
    this.#open.set(id, { session, endpoint, store });
  }

  #end(id: string): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.store.dispose();
  }
}

/** Calls back when an engine's state, or how much it holds, may have changed. */
export function onEngineChange({ connection, mirror }: Session, onChange: () => void): Disposable {
  const store = new DisposableStore();
  const change = store.add(coalesced(onChange));
  const onAny = (): void => change.trigger();
  store.add(connection.onDidChangeState(onAny));
  store.add(mirror.onDidChangeState(onAny));
  store.add(mirror.onDidChangeRows('container')(onAny));
  store.add(mirror.onDidChangeRows('image')(onAny));
  return store;
}
