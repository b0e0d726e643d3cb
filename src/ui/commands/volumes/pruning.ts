import * as vscode from 'vscode';
import { compareNames } from '../../../base/format';
import * as operations from '../../../engine/objects/volumes';
import { volumes, type VolumeTarget } from '../../objects/volumes';
import type { Session } from '../../session/session';
import { pruneOf } from '../pruning';

/** Removes unused anonymous volumes; all unused ones on engines that cannot tell them apart. */
export const prune = pruneOf({
  kind: volumes,
  phrases: {
    nothing: () => vscode.l10n.t('There is no unused anonymous volume to remove'),
    question: count => vscode.l10n.t('Remove {0} that no container uses?', count),
    doing: () => vscode.l10n.t('Removing unused volumes'),
    failed: cause => vscode.l10n.t('Could not remove the unused volumes: {0}', cause),
  },
  candidates: prunable,
  warning: namedToo,
  prune: operations.prune,
});

export const pruneAll = pruneOf({
  kind: volumes,
  phrases: {
    nothing: () => vscode.l10n.t('There is no unused volume to remove'),
    question: count => vscode.l10n.t('Remove {0}, named ones too, that no container uses?', count),
    doing: () => vscode.l10n.t('Removing all unused volumes'),
    failed: cause => vscode.l10n.t('Could not remove the unused volumes: {0}', cause),
  },
  candidates: unused,
  warning: () => vscode.l10n.t('All files in them are lost.'),
  prune: (engine, options) => operations.prune(engine, { ...options, all: true }),
});

/**
 * Volumes of the engine's own driver that no container uses: what a prune takes. Those with names from people come
 * first.
 */
function unused(session: Session): VolumeTarget[] {
  return volumes
    .list(session)
    .filter(({ row }) => row.driver === 'local' && !session.usage.isUsed('volume', row.name))
    .sort((a, b) => Number(a.row.anonymous) - Number(b.row.anonymous) || compareNames(a.name, b.name));
}

/** Engines that tell anonymous volumes apart know them by a label. */
function prunable(session: Session): VolumeTarget[] {
  if (operations.prunesNamedVolumes(session.engine)) return unused(session);
  return unused(session).filter(({ row }) => 'com.docker.volume.anonymous' in row.labels);
}

function namedToo(session: Session): string | undefined {
  return operations.prunesNamedVolumes(session.engine)
    ? vscode.l10n.t(
        'This engine makes no difference between named and anonymous volumes: named ones go too, with all files in them.',
      )
    : undefined;
}
