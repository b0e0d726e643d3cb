import * as vscode from 'vscode';
import * as operations from '../../../engine/objects/images/operations';
import type { PruneReport } from '../../../engine/objects/prune';
import { images, type ImageTarget } from '../../objects/images';
import type { Session } from '../../session/session';
import { pruneOf } from '../pruning';

/** Removes unused images without a tag. */
export const prune = pruneOf({
  kind: images,
  phrases: {
    nothing: () => vscode.l10n.t('There is no unused image without a tag to remove'),
    question: what => vscode.l10n.t('Remove {0} without a tag that no container uses?', what),
    doing: () => vscode.l10n.t('Removing dangling images'),
    failed: cause => vscode.l10n.t('Could not remove the dangling images: {0}', cause),
  },
  candidates: session => unused(session).filter(isDangling),
  prune: operations.prune,
  countRemoved,
});

export const pruneAll = pruneOf({
  kind: images,
  phrases: {
    nothing: () => vscode.l10n.t('There is no unused image to remove'),
    question: what => vscode.l10n.t('Remove {0} that no container uses?', what),
    doing: () => vscode.l10n.t('Removing unused images'),
    failed: cause => vscode.l10n.t('Could not remove the unused images: {0}', cause),
  },
  candidates: unused,
  prune: (engine, options) => operations.prune(engine, { ...options, all: true }),
  countRemoved,
});

function unused(session: Session): ImageTarget[] {
  return images
    .list(session)
    .filter(({ reference, row }) => reference === undefined && !session.usage.isUsed('image', row.id));
}

function isDangling({ row }: ImageTarget): boolean {
  return row.tags.length === 0 && row.digests.length === 0;
}

/** The engine's report lists layers too. */
function countRemoved({ removed }: PruneReport, candidates: readonly ImageTarget[]): number {
  const ids = new Set(removed);
  return candidates.filter(({ row }) => ids.has(row.id)).length;
}
