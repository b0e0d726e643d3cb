import * as vscode from 'vscode';
import { compareNames } from '../../../base/format';
import { own } from '../../../base/read';

/** One of the orders that a view offers. */
interface Order<R> {
  readonly title: () => string;
  readonly compare: (a: R, b: R) => number;
}

/** The orders that a view offers, by the name that its state keeps. */
export type Orders<R> = Readonly<Record<string, Order<R>>>;

/** The comparison of this name; one that changes nothing when the view does not offer it. */
export function comparison<R>(orders: Orders<R>, name: string): Order<R>['compare'] {
  return own(orders, name)?.compare ?? (() => 0);
}

/** Compares nothing: every view orders by name what is otherwise equal. */
export const byName: Order<unknown> = { title: () => vscode.l10n.t('Name'), compare: () => 0 };

export const byCreation: Order<{ created: number }> = {
  title: () => vscode.l10n.t('Created, newest first'),
  compare: (a, b) => b.created - a.created,
};

export const byDriver: Order<{ driver: string }> = {
  title: () => vscode.l10n.t('Driver'),
  compare: (a, b) => compareNames(a.driver, b.driver),
};
