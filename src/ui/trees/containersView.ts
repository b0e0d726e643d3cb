import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { config, type GroupBy, groupings, onConfigChange } from '../config';
import type { ShownTree } from './resource/shape';
import { registerViewCommands, type ViewCommands } from './resource/viewCommands';
import type { ViewState } from './resource/viewState';
import { StatsColumns } from './statsColumns';

/**
 * What only the Containers view has: commands that hide, group and show figures, and settings that its rows depend on.
 */
export function extendContainersView(tree: ShownTree<'container'>, state: ViewState): Disposable {
  const store = new DisposableStore();
  store.add(registerViewCommands(containersViewCommands(state)));
  store.add(onConfigChange('containers', () => tree.rebuild()));
  store.add(new StatsColumns(tree));
  return store;
}

const groupTitles: Readonly<Record<GroupBy, () => string>> = {
  project: () => vscode.l10n.t('Compose project'),
  status: () => vscode.l10n.t('State'),
  image: () => vscode.l10n.t('Image'),
  network: () => vscode.l10n.t('Network'),
  none: () => vscode.l10n.t('No groups'),
};

export function containersViewCommands(state: ViewState): ViewCommands {
  return {
    'quayside.containers.hideStopped': () => state.update({ hideStopped: true }),
    'quayside.containers.showStopped': () => state.update({ hideStopped: false }),
    'quayside.containers.groupBy': async answer => {
      const grouping = groupings.find(known => known === answer) ?? (await askGrouping());
      if (grouping !== undefined) await set('containers.groupBy', grouping);
    },
    'quayside.containers.showStats': () => set('containers.stats', true),
    'quayside.containers.hideStats': () => set('containers.stats', false),
  };
}

async function set(key: string, value: string | boolean): Promise<void> {
  await vscode.workspace.getConfiguration('quayside').update(key, value, vscode.ConfigurationTarget.Global);
}

async function askGrouping(): Promise<GroupBy | undefined> {
  const items = groupings.map(grouping => ({
    label: groupTitles[grouping](),
    ...(grouping === config.containersGroupBy && { description: vscode.l10n.t('current') }),
    grouping,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Group By') }))?.grouping;
}
