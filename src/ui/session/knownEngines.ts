import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { watchContexts } from '../../engine/endpoints/contextWatch';
import {
  type Endpoint,
  endpointCandidates,
  isSameEngine,
  knownAs,
  type KnownEndpoint,
  knownEndpoints,
} from '../../engine/endpoints/endpoint';
import { toEngineError } from '../../engine/errors';
import { config, onConfigChange } from '../config';
import { endpointContext } from './endpointContext';
import { followSession } from './followSession';
import { onEngineChange, OtherSessions } from './otherSessions';
import type { CurrentSession, Session, SessionParts } from './session';
import type { SshPrompter } from './sshPrompter';

/** An engine to choose from: what is known of it, and its session while it is open. */
export type EngineEntry = KnownEndpoint & {
  /** Whether it is the engine in use, which all views but Engines show. */
  readonly current: boolean;
  readonly session: Session | undefined;
};

/** All known engines, the current one first, and the sessions of those others that somebody looks at. */
export class KnownEngines implements Disposable {
  readonly #changed = new Emitter<void>();
  readonly #store = new DisposableStore();
  readonly #others: OtherSessions;
  /** The ids of the engines whose rows are open. */
  readonly #opened = new Set<string>();
  readonly onDidChange = this.#changed.event;
  #known: readonly KnownEndpoint[] = [];
  /** The endpoints that the choice leads to, connected or not, in the order in which they are tried. */
  #chosen: readonly KnownEndpoint[] = [];
  #shown = false;
  #reading = Promise.resolve();

  constructor(
    private readonly current: CurrentSession,
    private readonly sshPrompter: Pick<SshPrompter, 'askAgain'>,
  ) {
    this.#others = this.#store.add(new OtherSessions(current.parts, () => this.#tell()));
    this.#store.add(followSession(current, (session, store) => store.add(onEngineChange(session, () => this.#tell()))));
    this.#store.add(current.onDidChange(() => this.#onSwitch()));
    this.#store.add(watchContexts(endpointContext(), () => this.choiceMayDiffer()));
    this.#store.add(onConfigChange('endpoints', () => this.choiceMayDiffer()));
    this.#store.add(this.#changed);
  }

  /** What a session is made with. */
  get parts(): SessionParts {
    return this.current.parts;
  }

  get entries(): readonly EngineEntry[] {
    const chosen = this.#inUse();
    const all = new Map(chosen ? [[chosen.id, chosen]] : []);
    for (const known of this.#known) all.set(known.id, known);
    return [...all.values()].map(known => this.#entry(known, known.id === chosen?.id));
  }

  /** Reads settings, docker's contexts and sockets again. */
  refresh(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  /** To be called when something that the choice depends on has changed: settings, docker's contexts. */
  choiceMayDiffer(): void {
    void this.current.checkChoice();
    void this.refresh();
  }

  /** Connects to an engine while its row is open and the view is shown; the current one is connected anyway. */
  open(id: string): void {
    this.sshPrompter.askAgain();
    this.#opened.add(id);
    this.#reconcile();
  }

  close(id: string): void {
    this.#opened.delete(id);
    this.#reconcile();
  }

  /** Sets whether the rows are shown. While they are not, only the current engine is connected. */
  setShown(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#reconcile();
    if (shown) void this.refresh();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(): Promise<void> {
    const context = endpointContext();
    const known = await knownEndpoints(context);
    const chosen = await endpointCandidates(context).then(
      candidates => candidates.map(candidate => knownAs(candidate)),
      (error: unknown) => [unusableChoice(known, error)],
    );
    if (this.#store.disposed) return;
    this.#known = known;
    this.#chosen = chosen;
    this.#tell();
  }

  /** The endpoint in use, by its present name: a context for it may have been made or removed meanwhile. */
  #inUse(): KnownEndpoint | undefined {
    const { endpoint: used } = this.current.current;
    if (!used) return this.#chosen[0];
    return this.#chosen.find(({ endpoint }) => endpoint && isSameEngine(endpoint, used)) ?? knownAs(used);
  }

  #onSwitch(): void {
    this.#tell();
    void this.refresh();
  }

  #tell(): void {
    this.#reconcile();
    this.#changed.fire();
  }

  #entry(known: KnownEndpoint, current: boolean): EngineEntry {
    return { ...known, current, session: current ? this.current.current : this.#others.get(known.id) };
  }

  #reconcile(): void {
    const wanted = new Map<string, Endpoint>();
    for (const { id, endpoint, current } of this.#shown ? this.entries : []) {
      if (endpoint && !current && this.#opened.has(id)) wanted.set(id, endpoint);
    }
    this.#others.keepOnly(wanted);
  }
}

/** The chosen engine when it cannot be used, e.g. a broken context. It counts as the one in use all the same. */
function unusableChoice(known: readonly KnownEndpoint[], cause: unknown): KnownEndpoint {
  const choice = config.endpoint.trim();
  const error = toEngineError(cause);
  const alike = known.filter(entry => entry.error?.message === error.message);
  const name = choice || vscode.l10n.t('Automatic choice');
  return (
    alike.find(entry => entry.choice === choice) ??
    alike[0] ?? { id: `chosen:${choice}`, name, source: 'setting', description: '', choice, error }
  );
}
