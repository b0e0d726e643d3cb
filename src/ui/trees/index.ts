import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Kind, Rows } from '../../engine/mirror/kinds';
import type { StatsSample } from '../../engine/stats/stats';
import { onConfigChange } from '../config';
import type { HasSubject } from '../objects/subject';
import type { Services } from '../services';
import { followSession } from '../session/followSession';
import type { Session } from '../session/session';
import { watchWhileVisible } from '../session/watchWhileVisible';
import { containerOrders, containersTree } from './containers';
import { EnginesTree } from './engines/enginesTree';
import { imageOrders, imagesTree } from './images';
import { networkOrders, networksTree } from './networks';
import type { Orders } from './resource/orders';
import { ResourceTree } from './resource/resourceTree';
import type { TreeShape } from './resource/shape';
import { containersViewCommands, viewCommands } from './resource/viewCommands';
import { showFilter, showFilterAndAddress } from './resource/viewDescription';
import { ViewState } from './resource/viewState';
import { StatsColumns } from './statsColumns';
import { volumeOrders, volumesTree } from './volumes';

/** The tree views, and what others need of them. */
export interface Trees extends Disposable {
  /** By the view's id, e.g. `quayside.containers`. */
  readonly views: ReadonlyMap<string, vscode.TreeView<HasSubject>>;
  /** The session that a row was drawn for; undefined for what is no row of these views. */
  sessionOf(row: object): Session | undefined;
}

export function registerTrees({ context, session, engines }: Pick<Services, 'context' | 'session' | 'engines'>): Trees {
  const store = new DisposableStore();
  const views = new Map<string, vscode.TreeView<HasSubject>>();
  const sessions: ((row: object) => Session | undefined)[] = [];
  const figures = new Map<string, StatsSample>();

  const add = <K extends Kind>(shape: TreeShape<K>, orders: Orders<Rows[K]>): [ResourceTree<K>, ViewState] => {
    const state = new ViewState(shape.view, context.workspaceState);
    const tree = store.add(new ResourceTree(shape, state, session.current, figures));
    views.set(shape.view, tree.view);
    sessions.push(row => tree.sessionOf(row));
    store.add(session.onDidChange(current => tree.follow(current)));
    store.add(registerAll(viewCommands(shape.view, state, Object.keys(orders))));
    return [tree, state];
  };

  const [containers, containersState] = add(containersTree, containerOrders);
  const others = [add(imagesTree, imageOrders), add(networksTree, networkOrders), add(volumesTree, volumeOrders)];
  store.add(showFilterAndAddress(containers.view, containersState, session));
  for (const [{ view }, state] of others) store.add(showFilter(view, state));
  store.add(registerAll(containersViewCommands(containersState)));
  store.add(onConfigChange('containers', () => containers.rebuild()));
  store.add(new StatsColumns(containers, figures));
  const sessionOf = (row: object): Session | undefined => {
    for (const of of sessions) {
      const session = of(row);
      if (session) return session;
    }
    return undefined;
  };
  const { view } = store.add(new EnginesTree(engines));
  store.add(followSession(session, (current, following) => following.add(watchWhileVisible(current, view))));
  return { views, sessionOf, dispose: () => store.dispose() };
}

function registerAll(commands: Record<string, (answer?: unknown) => Promise<void>>): Disposable {
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}
