import * as vscode from 'vscode';
import { config, type GroupBy, groupings } from '../../config';
import type { ViewState } from './viewState';

/** The titles of all orders, whichever view offers them. */
const orderTitles: Readonly<Record<string, () => string>> = {
  name: () => vscode.l10n.t('Name'),
  created: () => vscode.l10n.t('Created, newest first'),
  state: () => vscode.l10n.t('State, running first'),
  image: () => vscode.l10n.t('Image'),
  size: () => vscode.l10n.t('Size, largest first'),
  driver: () => vscode.l10n.t('Driver'),
};

const groupTitles: Readonly<Record<GroupBy, () => string>> = {
  project: () => vscode.l10n.t('Compose project'),
  status: () => vscode.l10n.t('State'),
  image: () => vscode.l10n.t('Image'),
  network: () => vscode.l10n.t('Network'),
  none: () => vscode.l10n.t('No groups'),
};

/** Whether a view of objects registers a command itself: it is named after that view. */
export function isViewCommand(id: string): boolean {
  return /^quayside\.(containers|images|networks|volumes)\./.test(id);
}

/** `<view>.filter`, `.clearFilter` and `.sort`; they take their answer as an argument, or ask for it. */
export function viewCommands(
  view: string,
  state: ViewState,
  orders: readonly string[],
): Record<string, (answer?: unknown) => Promise<void>> {
  return {
    [`${view}.filter`]: async answer => {
      const filter = typeof answer === 'string' ? answer : await askFilter(state);
      if (filter !== undefined) await state.update({ filter: filter.trim() });
    },
    [`${view}.clearFilter`]: () => state.update({ filter: '' }),
    [`${view}.sort`]: async answer => {
      const sort = typeof answer === 'string' && orders.includes(answer) ? answer : await askOrder(state, orders);
      if (sort !== undefined) await state.update({ sort });
    },
  };
}

export function containersViewCommands(state: ViewState): Record<string, (answer?: unknown) => Promise<void>> {
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

/** Filters while the person types, and goes back to what was in force when they cancel. */
async function askFilter(state: ViewState): Promise<string | undefined> {
  const before = state.choices.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter');
  input.placeholder = vscode.l10n.t('Show only rows that contain this text');
  input.value = before;
  input.ignoreFocusOut = true; // A click on a row that was found must not take the filter back.
  const typing = input.onDidChangeValue(filter => void state.update({ filter: filter.trim() }));
  const answer = await new Promise<string | undefined>(resolve => {
    input.onDidAccept(() => resolve(input.value));
    input.onDidHide(() => resolve(undefined));
    input.show();
  });
  typing.dispose();
  input.dispose();
  if (answer === undefined) await state.update({ filter: before });
  return answer;
}

async function askOrder(state: ViewState, orders: readonly string[]): Promise<string | undefined> {
  const items = orders.map(order => ({
    label: orderTitles[order]?.() ?? order,
    ...(order === state.choices.sort && { description: vscode.l10n.t('current') }),
    order,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Sort By') }))?.order;
}

async function askGrouping(): Promise<GroupBy | undefined> {
  const items = groupings.map(grouping => ({
    label: groupTitles[grouping](),
    ...(grouping === config.containersGroupBy && { description: vscode.l10n.t('current') }),
    grouping,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Group By') }))?.grouping;
}
