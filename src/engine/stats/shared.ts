import { type Disposable, DisposableStore } from '../../base/disposable';
import type { WatchedEngine } from '../mirror/containerWatch';
import type { ChangeSet } from '../mirror/store';
import type { Container } from '../objects/containers/row';
import { StatsFeed, type StatsTimes, type StatsUpdate } from './feed';

export type { StatsUpdate } from './feed';

const usualTimes: StatsTimes = { history: 600_000, linger: 1_000, firstRetry: 250, lastRetry: 15_000 };

/**
 * The figures of an engine's containers, shared by all listeners: one stream per container, and none without a listener. A
 * stream follows its container through stops and starts, and returns after a lost connection.
 */
export class SharedStats implements Disposable {
  readonly #feeds = new Map<string, StatsFeed>();
  readonly #subscriptions = new DisposableStore();
  readonly #times: StatsTimes;

  constructor(
    private readonly followed: WatchedEngine,
    times: Partial<StatsTimes> = {},
  ) {
    const { mirror } = followed;
    this.#times = { ...usualTimes, ...times };
    this.#subscriptions.add(mirror.onDidChangeRows('container')(changes => this.#onChange(changes)));
    this.#subscriptions.add(mirror.onDidChangeState(() => this.#feeds.forEach(feed => feed.retryNow())));
  }

  /**
   * Listens to a container's figures, whether it runs or not. Calls the listener at once with the samples of the last ten
   * minutes, then with each sample as it comes. Dispose the result to stop listening; a second after the last listener has
   * left, stream and history are dropped.
   */
  watch(containerId: string, listener: (update: StatsUpdate) => void): Disposable {
    return this.#feed(containerId).watch(listener);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const feed of this.#feeds.values()) feed.dispose();
    this.#feeds.clear();
  }

  #feed(id: string): StatsFeed {
    const known = this.#feeds.get(id);
    if (known) return known;
    const feed = new StatsFeed(id, this.followed, this.#times, () => {
      feed.dispose();
      this.#feeds.delete(id);
    });
    if (this.#subscriptions.disposed) feed.dispose();
    else this.#feeds.set(id, feed);
    return feed;
  }

  #onChange({ added, changed, removed }: ChangeSet<Container>): void {
    for (const { id } of [...added, ...changed.map(({ after }) => after), ...removed]) this.#feeds.get(id)?.adjust();
  }
}
