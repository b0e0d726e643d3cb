import * as vscode from 'vscode';
import { type Container, isAlive } from '../../../engine/objects/containers/row';
import * as operations from '../../../engine/objects/networks';
import type { ManyAction } from '../../actions/action';
import { isGone } from '../../actions/lostAnswer';
import { usedBy } from '../../objects/containers';
import { networks, type NetworkTarget } from '../../objects/networks';
import type { Session } from '../../session/session';
import { nameLines, quotedList } from '../../text';
import { pruneOf } from '../pruning';
import { removalOf } from '../removing';
import * as phrases from './phrases';

export const remove = removalOf<NetworkTarget>({ action, detail, remove: operations.remove });

export const prune = pruneOf({
  kind: networks,
  phrases: {
    nothing: () => vscode.l10n.t('There is no unused network to remove'),
    question: count => vscode.l10n.t('Remove {0} that no running container uses?', count),
    doing: () => vscode.l10n.t('Removing unused networks'),
    failed: cause => vscode.l10n.t('Could not remove the unused networks: {0}', cause),
  },
  candidates: session =>
    networks.list(session).filter(target => !target.row.predefined && !usersOf(target, session).some(isAlive)),
  prune: operations.prune,
});

function action(session: Session): ManyAction<NetworkTarget> {
  return {
    kind: networks,
    phrases: phrases.remove,
    isDone: isGone,
    /** Docker refuses both; Podman would take the network from under its containers. */
    unfit: target => {
      if (target.row.predefined)
        return vscode.l10n.t('it is one of the engine’s own networks, which cannot be removed');
      const running = usersOf(target, session).filter(isAlive);
      return running.length > 0 ? vscode.l10n.t('{0}; stop or disconnect first', usedBy(running)) : undefined;
    },
  };
}

function usersOf({ row }: NetworkTarget, { usage }: Session): Container[] {
  return usage.of('network', row.name);
}

function detail(targets: readonly NetworkTarget[], session: Session): string {
  const several = targets.length > 1;
  const stopped = [...new Set(targets.flatMap(target => usersOf(target, session)))].map(({ name }) => name);
  const left =
    stopped.length > 0
      ? [vscode.l10n.t('Stopped containers that belong to it will not start without it: {0}.', quotedList(stopped))]
      : [several ? vscode.l10n.t('No container uses them.') : vscode.l10n.t('No container uses it.')];
  return several ? [nameLines(targets.map(({ name }) => name)), ...left].join('\n\n') : left.join('\n');
}
