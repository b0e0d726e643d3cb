import type * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { type Kind, kindNames } from '../../engine/mirror/kinds';
import type { HasSubject } from '../objects/subject';
import { viewOf } from '../objects/views';
import { followSession } from '../session/followSession';
import type { KnownEngines } from '../session/knownEngines';
import type { CurrentSession, Session } from '../session/session';
import { watchWhileVisible } from '../session/watchWhileVisible';
import { containersTree } from './containers';
import { EnginesTree } from './engines/enginesTree';
import { imagesTree } from './images';
import { networksTree } from './networks';
import { ResourceTree } from './resource/resourceTree';
import type { TreeShape } from './resource/shape';
import { registerViewCommands, viewCommands } from './resource/viewCommands';
import { showFilter, showFilterAndAddress } from './resource/viewDescription';
import { ViewState } from './resource/viewState';
import { volumesTree } from './volumes';

const shapes: { readonly [K in Kind]: TreeShape<K> } = {
  container: containersTree,
  image: imagesTree,
  network: networksTree,
  volume: volumesTree,
};

/** What the views are made with. */
interface Parts {
  readonly context: Pick<vscode.ExtensionContext, 'workspaceState'>;
  readonly session: CurrentSession;
  readonly engines: KnownEngines;
}

/** The views of objects, and what others need of them. */
interface Trees extends Disposable {
  /** By the view's id, e.g. `quayside.containers`. */
  readonly views: ReadonlyMap<string, vscode.TreeView<HasSubject>>;
  /** The session that a row was drawn for; undefined for what is no row of these views. */
  sessionOf(row: object): Session | undefined;
}

/** Registers the views of objects and the Engines view. */
export function registerTrees(parts: Parts): Trees {
  const store = new DisposableStore();
  const trees = kindNames.map(kind => registerTree(kind, parts, store));
  const { view } = store.add(new EnginesTree(parts.engines));
  store.add(followSession(parts.session, (current, following) => following.add(watchWhileVisible(current, view))));
  return {
    views: new Map(trees.map(tree => [tree.id, tree.view])),
    sessionOf: row => trees.map(tree => tree.sessionOf(row)).find(Boolean),
    dispose: () => store.dispose(),
  };
}

function registerTree<K extends Kind>(kind: K, { context, session }: Parts, store: DisposableStore): ResourceTree<K> {
  const id = viewOf(kind);
  const shape = shapes[kind];
  const state = new ViewState(id, context.workspaceState);
  const tree = store.add(new ResourceTree(shape, state, session.current));
  const { view } = tree;
  store.add(session.onDidChange(current => tree.follow(current)));
  store.add(registerViewCommands(viewCommands(id, state, shape.orders)));
  store.add(shape.tellsAddress ? showFilterAndAddress(view, state, session) : showFilter(view, state));
  if (shape.extend) store.add(shape.extend(tree, state));
  return tree;
}
