import * as vscode from 'vscode';
import { compareNames } from '../../../base/format';
import type { Container } from '../../../engine/objects/containers/row';
import type { Section, Value } from '../protocol';
import type { Source } from './source';
import { objectLink } from './values';

export function useBadge(used: boolean): Value {
  return used ? { text: vscode.l10n.t('in use'), tone: 'good' } : { text: vscode.l10n.t('not in use'), tone: 'quiet' };
}

/** A table of the containers that use an object, with further columns. */
export function usersSection(
  { users, handles }: Source,
  empty: string,
  columns: readonly string[] = [],
  cells: (user: Container) => readonly Value[] = () => [],
): Section {
  const sorted = [...users].sort((a, b) => compareNames(a.name, b.name));
  return {
    title: vscode.l10n.t('Containers'),
    columns: [vscode.l10n.t('Container'), vscode.l10n.t('State'), ...columns],
    rows: sorted.map(user => [
      objectLink(handles, 'container', user.id, user.name),
      { text: user.state, tone: user.state === 'running' ? 'good' : 'quiet' },
      ...cells(user),
    ]),
    empty,
  };
}
