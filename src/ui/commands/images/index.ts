import * as vscode from 'vscode';
import { prune } from '../../../engine/objects/images/operations';
import { images, type ImageTarget, referenceOf } from '../../objects/images';
import type { Handler } from '../../run';
import type { Session } from '../../session/session';
import { copyOf } from '../copying';
import { inspectionOf, inspectorOf } from '../inspecting';
import { pruneOf, type Pruning } from '../pruning';
import { pull, pullAgain } from './pull';
import { remove } from './removal';
import { tag } from './tag';

function unused(session: Session): ImageTarget[] {
  return images
    .list(session)
    .filter(({ reference, row }) => reference === undefined && !session.usage.isUsed('image', row.id));
}

function isDangling({ row }: ImageTarget): boolean {
  return row.tags.length === 0 && row.digests.length === 0;
}

/** The engine's report lists layers too. */
const countRemoved: Pruning<ImageTarget>['countRemoved'] = ({ removed }, candidates) => {
  const ids = new Set(removed);
  return candidates.filter(({ row }) => ids.has(row.id)).length;
};

export const imageCommands = {
  'quayside.image.pull': pull,
  'quayside.image.pullAgain': pullAgain,
  'quayside.image.tag': tag,
  'quayside.image.remove': remove,
  'quayside.image.openInspector': inspectorOf(images, 'image', ({ row }) => row.id),
  'quayside.image.inspect': inspectionOf(images, 'image', referenceOf),
  'quayside.image.history': inspectionOf(images, 'history', referenceOf, 'txt'),
  'quayside.image.copyName': copyOf(images, ({ reference, row }) => reference ?? row.tags[0] ?? row.id),
  'quayside.image.copyId': copyOf(images, ({ row }) => row.id),
  'quayside.image.prune': pruneOf({
    kind: images,
    phrases: {
      nothing: () => vscode.l10n.t('There is no unused image without a tag to remove'),
      question: what => vscode.l10n.t('Remove {0} without a tag that no container uses?', what),
      doing: () => vscode.l10n.t('Removing dangling images'),
      failed: cause => vscode.l10n.t('Could not remove the dangling images: {0}', cause),
    },
    candidates: session => unused(session).filter(isDangling),
    prune,
    countRemoved,
  }),
  'quayside.image.pruneAll': pruneOf({
    kind: images,
    phrases: {
      nothing: () => vscode.l10n.t('There is no unused image to remove'),
      question: what => vscode.l10n.t('Remove {0} that no container uses?', what),
      doing: () => vscode.l10n.t('Removing unused images'),
      failed: cause => vscode.l10n.t('Could not remove the unused images: {0}', cause),
    },
    candidates: unused,
    prune: (engine, options) => prune(engine, { ...options, all: true }),
    countRemoved,
  }),
} satisfies Record<string, Handler>;
