import * as vscode from 'vscode';
import * as operations from '../../../engine/objects/containers/operations';
import { isAlive } from '../../../engine/objects/containers/row';
import { containers } from '../../objects/containers';
import { pruneOf } from '../pruning';

export const prune = pruneOf({
  kind: containers,
  phrases: {
    nothing: () => vscode.l10n.t('There is no stopped container to remove'),
    question: what => vscode.l10n.t('Remove what does not run: {0}?', what),
    doing: () => vscode.l10n.t('Removing stopped containers'),
    failed: cause => vscode.l10n.t('Could not remove the stopped containers: {0}', cause),
  },
  candidates: session => containers.list(session).filter(({ row }) => !isAlive(row) && row.state !== 'removing'),
  warning: () => vscode.l10n.t('Files written inside and logs go with them. Volumes stay.'),
  prune: operations.prune,
});
