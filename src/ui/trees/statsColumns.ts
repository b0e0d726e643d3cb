import { type Disposable, DisposableStore } from '../../base/disposable';
import { Throttle } from '../../base/schedule';
import type { Container } from '../../engine/objects/containers/row';
import type { StatsSample } from '../../engine/stats/stats';
import { config, onConfigChange } from '../config';
import type { Session } from '../session/session';
import type { ShownTree } from './resource/shape';

/** Each container costs a stream, and the engine a measurement each second. */
const mostStreams = 50;
/** By default sshd allows ten sessions for a login, and commands need some of them. */
const mostStreamsOverSsh = 6;
/** How often figures are drawn. More often would delay other changes: VS Code waits after each drawing. */
const drawMs = 2_000;
/** How soon the streams follow what is shown. */
const adjustMs = 500;

/**
 * Follows and draws the figures of the containers that the view shows, while it is visible and set to show them. If
 * more containers run than there may be streams, the first ones get figures: VS Code does not tell how far a view is
 * scrolled.
 */
export class StatsColumns implements Disposable {
  readonly #store = new DisposableStore();
  readonly #watches = new Map<string, Disposable>();
  readonly #changed = new Set<string>();
  readonly #adjusting = new Throttle(adjustMs, () => this.#adjust());
  readonly #drawing = new Throttle(drawMs, () => this.#draw());
  #session: Session | undefined;

  constructor(private readonly tree: ShownTree<'container'>) {
    this.#store.add(tree.onDidChangeShown(() => this.#adjusting.trigger()));
    this.#store.add(onConfigChange('containers.stats', () => this.#adjusting.trigger()));
    this.#store.add(this.#adjusting);
    this.#store.add(this.#drawing);
    this.#adjusting.trigger();
  }

  dispose(): void {
    this.#store.dispose();
    this.#leaveAll();
  }

  /** While the rows are being placed anew, the streams stay as they are. */
  #adjust(): void {
    const { session } = this.tree;
    if (session !== this.#session) this.#leaveAll();
    this.#session = session;
    const rows = config.containersStats && this.tree.view.visible ? this.tree.shownRows() : [];
    if (!rows) return;
    const wanted = wantedOf(rows, session);
    for (const id of this.#watches.keys()) if (!wanted.has(id)) this.#leave(id);
    for (const id of wanted) if (!this.#watches.has(id)) this.#watch(session, id);
  }

  #watch({ stats }: Session, id: string): void {
    const watch = stats.watch(id, ({ samples, ended }) => {
      const latest = samples.at(-1);
      if (ended) this.#drop(id);
      else if (latest) this.#take(id, latest);
    });
    this.#watches.set(id, watch);
  }

  #take(id: string, sample: StatsSample): void {
    this.tree.figures.set(id, sample);
    this.#drawLater(id);
  }

  #drop(id: string): void {
    if (this.tree.figures.delete(id)) this.#drawLater(id);
  }

  #leaveAll(): void {
    for (const id of this.#watches.keys()) this.#leave(id);
  }

  #leave(id: string): void {
    this.#watches.get(id)?.dispose();
    this.#watches.delete(id);
    this.#drop(id);
  }

  #drawLater(id: string): void {
    this.#changed.add(id);
    this.#drawing.trigger();
  }

  #draw(): void {
    this.tree.redraw([...this.#changed]);
    this.#changed.clear();
  }
}

/** The first containers that run. One may stand in several groups. */
function wantedOf(rows: readonly Container[], { endpoint }: Session): ReadonlySet<string> {
  const most = endpoint?.address.kind === 'ssh' ? mostStreamsOverSsh : mostStreams;
  const running = rows.filter(({ state }) => state === 'running' || state === 'paused');
  return new Set([...new Set(running.map(({ id }) => id))].slice(0, most));
}
