import * as vscode from 'vscode';
import { inspect } from '../../engine/objects/containers/operations';
import type { Container } from '../../engine/objects/containers/row';
import type { Session } from '../session/session';
import { quoted } from '../text';
import type { Target } from './object';
import { resourceKind } from './resourceKind';

export interface ContainerTarget extends Target {
  readonly row: Container;
}

export const containers = resourceKind<'container', ContainerTarget>('container', row => [containerTarget(row)], {
  count: count => (count === 1 ? vscode.l10n.t('1 container') : vscode.l10n.t('{0} containers', count)),
  one: name => vscode.l10n.t('container {0}', name),
  missing: name => vscode.l10n.t('There is no container {0}', name),
  /** The engine answers an inspection only when it has finished starting, pausing or renaming the container. */
  settle: (engine, { id }, signal) => inspect(engine, id, { signal }),
  /** A selection may mix projects and containers. */
  members: (subject, targets) =>
    subject.kind === 'project' ? targets.filter(({ row }) => row.compose?.project === subject.name) : undefined,
  state: ({ row }) => (row.state === 'running' ? vscode.l10n.t('it is running') : (notRunning(row) ?? '')),
  describe: ({ row }) => `${row.image} · ${stateText(row)}`,
});

function containerTarget(row: Container): ContainerTarget {
  return { id: row.id, name: row.name, called: [row.name, `/${row.name}`], row };
}

/** A container as it is now, else its successor of the same name, else as it was. */
export function presently(session: Session, target: ContainerTarget): ContainerTarget {
  const all = containers.list(session);
  return all.find(({ id }) => id === target.id) ?? all.find(({ name }) => name === target.name) ?? target;
}

/** Why a container is not running, to end a sentence with; undefined when it runs. */
export function notRunning({ state }: Container): string | undefined {
  switch (state) {
    case 'running':
      return undefined;
    case 'paused':
      return vscode.l10n.t('it is paused');
    case 'restarting':
      return vscode.l10n.t('it is restarting');
    case 'removing':
      return vscode.l10n.t('it is being removed');
    case 'created':
    case 'exited':
    case 'dead':
      return vscode.l10n.t('it is not running');
  }
}

function stateText({ state }: Container): string {
  const texts = {
    created: vscode.l10n.t('created'),
    running: vscode.l10n.t('running'),
    paused: vscode.l10n.t('paused'),
    restarting: vscode.l10n.t('restarting'),
    removing: vscode.l10n.t('removing'),
    exited: vscode.l10n.t('exited'),
    dead: vscode.l10n.t('dead'),
  };
  return texts[state];
}

/** Which containers use something, to end “Could not remove …: ” with. */
export function usedBy(users: readonly Container[]): string {
  const names = users.slice(0, 5).map(({ name }) => quoted(name));
  if (users.length === 1) return vscode.l10n.t('container {0} uses it', names.join(''));
  const more = users.length - names.length;
  const list = more > 0 ? vscode.l10n.t('{0} and {1} more', names.join(', '), more) : names.join(', ');
  return vscode.l10n.t('containers {0} use it', list);
}
