import * as vscode from 'vscode';
import type { Disposable } from '../../../base/disposable';
import { own } from '../../../base/read';
import { kindNames } from '../../../engine/mirror/kinds';
import { viewOf } from '../../objects/views';
import type { Orders } from './orders';
import type { ViewState } from './viewState';

export type ViewCommands = Readonly<Record<string, (answer?: unknown) => Promise<void>>>;

/** Whether a view of objects registers a command itself: the command is named after that view. */
export function isViewCommand(id: string): boolean {
  return kindNames.some(kind => id.startsWith(`${viewOf(kind)}.`));
}

export function registerViewCommands(commands: ViewCommands): Disposable {
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}

/** `<view>.filter`, `.clearFilter` and `.sort`. Each takes its answer as an argument, or asks for it. */
export function viewCommands(view: string, state: ViewState, orders: Orders<never>): ViewCommands {
  return {
    [`${view}.filter`]: async answer => {
      const filter = typeof answer === 'string' ? answer : await askFilter(state);
      if (filter !== undefined) await state.update({ filter: filter.trim() });
    },
    [`${view}.clearFilter`]: () => state.update({ filter: '' }),
    [`${view}.sort`]: async answer => {
      const isOrder = typeof answer === 'string' && own(orders, answer) !== undefined;
      const sort = isOrder ? answer : await askOrder(state, orders);
      if (sort !== undefined) await state.update({ sort });
    },
  };
}

/** Filters as the person types, and restores the former filter when they cancel. */
async function askFilter(state: ViewState): Promise<string | undefined> {
  const before = state.choices.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter');
  input.placeholder = vscode.l10n.t('Show only rows that contain this text');
  input.value = before;
  input.ignoreFocusOut = true; // A click on a row must not undo the filter.
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

async function askOrder(state: ViewState, orders: Orders<never>): Promise<string | undefined> {
  const items = Object.entries(orders).map(([order, { title }]) => ({
    label: title(),
    ...(order === state.choices.sort && { description: vscode.l10n.t('current') }),
    order,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Sort By') }))?.order;
}
