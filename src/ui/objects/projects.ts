import * as vscode from 'vscode';
import { compareNames } from '../../base/format';
import { containers, type ContainerTarget } from './containers';
import { countRunning } from './containerText';
import type { ObjectKind, Target } from './object';

/** A Compose project: the containers that carry its name in their labels. */
export interface ProjectTarget extends Target {
  readonly members: readonly ContainerTarget[];
}

export const projects: ObjectKind<ProjectTarget> = {
  rows: 'container',
  count: count => (count === 1 ? vscode.l10n.t('1 project') : vscode.l10n.t('{0} projects', count)),
  one: name => vscode.l10n.t('project {0}', name),
  missing: name => vscode.l10n.t('There is no Compose project {0}', name),
  list: session => group(containers.list(session)),
  fetch: async (engine, signal) => group(await containers.fetch(engine, signal)),
  of: (subject, targets) =>
    subject.kind === 'project' ? targets.filter(target => target.name === subject.name) : undefined,
  describe: ({ members }) =>
    vscode.l10n.t('{0} of {1} running', countRunning(members.map(({ row }) => row)), containers.count(members.length)),
};

function group(all: readonly ContainerTarget[]): ProjectTarget[] {
  const byName = new Map<string, ContainerTarget[]>();
  for (const target of all) {
    const name = target.row.compose?.project;
    if (name) byName.set(name, [...(byName.get(name) ?? []), target]);
  }
  return [...byName]
    .map(([name, members]) => ({ id: name, name, called: [name], members }))
    .sort((a, b) => compareNames(a.name, b.name));
}
