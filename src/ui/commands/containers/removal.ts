import * as vscode from 'vscode';
import type { Engine } from '../../../engine/connection/engine';
import * as operations from '../../../engine/objects/containers/operations';
import { isAlive } from '../../../engine/objects/containers/row';
import { hasAnonymousName } from '../../../engine/objects/volumes';
import type { ManyAction } from '../../actions/action';
import { confirm, mayAsk } from '../../actions/confirm';
import { forEachTarget, removalQuestion } from '../../actions/forEach';
import { targetsOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { containers, type ContainerTarget } from '../../objects/containers';
import type { Handler } from '../../run';
import { nameLines, quoted } from '../../text';
import * as phrases from './phrases';

export const removing: ManyAction<ContainerTarget> = {
  kind: containers,
  phrases: phrases.remove,
  isDone: now => now === undefined || now.row.state === 'removing',
  unfit: ({ row }) => (row.state === 'removing' ? vscode.l10n.t('it is being removed already') : undefined),
};

/** Asks, then removes. Options: `ask: false`, `force` (kills what runs), `volumes` (anonymous volumes go too). */
export const remove: Handler = async context => {
  await removeAll(context, removing, await targetsOf(context, removing));
};

/** Removes containers, for a command on them or on their project. */
export async function removeAll(
  context: Parameters<Handler>[0],
  action: ManyAction<ContainerTarget>,
  targets: readonly ContainerTarget[],
): Promise<void> {
  const { call } = context;
  const options = { force: call.options['force'] === true, volumes: call.options['volumes'] === true };
  const alive = targets.find(({ row }) => isAlive(row));
  if (mayAsk(call)) options.volumes ||= (await ask(targets)) === 'removeVolumes';
  else if (alive && !options.force) {
    const cause = vscode.l10n.t('it is running; stop it first, or give force');
    throw new Failure(phrases.remove.failed(quoted(alive.name), cause));
  }
  const { engine } = context.session.current;
  await forEachTarget(context, action, targets, (target, signal) => end(engine, target, { ...options, signal }));
}

/** Stops a running container with its own signal and timeout, unless force is given, and then removes it. */
async function end(
  engine: Engine,
  { id, row }: ContainerTarget,
  options: operations.RemoveContainerOptions,
): Promise<void> {
  if (isAlive(row) && options.force !== true) await operations.stop(engine, id, { signal: options.signal });
  await operations.remove(engine, id, options);
}

function ask(targets: readonly ContainerTarget[]): Promise<'remove' | 'removeVolumes'> {
  const runs = targets.some(({ row }) => isAlive(row));
  const volumes = targets.reduce((sum, target) => sum + anonymousVolumes(target), 0);
  const plainly = runs ? vscode.l10n.t('Stop and Remove') : vscode.l10n.t('Remove');
  const withVolumes = runs
    ? vscode.l10n.t('Stop and Remove with Anonymous Volumes')
    : vscode.l10n.t('Remove with Anonymous Volumes');
  return confirm({
    message: removalQuestion(containers, targets),
    detail: detail(targets, volumes),
    actions: { remove: plainly, ...(volumes > 0 && { removeVolumes: withVolumes }) },
  });
}

function detail(targets: readonly ContainerTarget[], volumes: number): string {
  const runs = targets.some(({ row }) => isAlive(row));
  const one = targets.length === 1;
  const lines = [...(one ? whatOneLoses(runs) : whatManyLose(runs)), ...volumesLine(volumes)].join('\n');
  return one ? lines : `${titleLines(targets)}\n\n${lines}`;
}

function whatOneLoses(runs: boolean): string[] {
  return [
    ...(runs ? [vscode.l10n.t('It is running, and is stopped first.')] : []),
    vscode.l10n.t('Files written inside and logs go with it. Named volumes stay.'),
  ];
}

function whatManyLose(runs: boolean): string[] {
  return [
    ...(runs ? [vscode.l10n.t('What runs is stopped first.')] : []),
    vscode.l10n.t('Files written inside and logs go with them. Named volumes stay.'),
  ];
}

function volumesLine(volumes: number): string[] {
  return volumes > 0 ? [vscode.l10n.t('Anonymous volumes: {0}.', volumes)] : [];
}

function titleLines(targets: readonly ContainerTarget[]): string {
  return nameLines(targets.map(({ name, row }) => (isAlive(row) ? vscode.l10n.t('{0} (running)', name) : name)));
}

function anonymousVolumes({ row }: ContainerTarget): number {
  return row.mounts.filter(({ volume }) => hasAnonymousName(volume)).length;
}
