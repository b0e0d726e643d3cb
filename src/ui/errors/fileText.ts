import * as vscode from 'vscode';
import type { FileProblem, Reason } from '../../engine/errorCodes';

/** Says why a file cannot be used. `file` names it in the sentence. */
export function fileText(file: string, problem: FileProblem, textOf: (reason: Reason) => string): string {
  switch (problem.kind) {
    case 'absent':
      return vscode.l10n.t('{0} cannot be read: it does not exist', file);
    case 'notAFile':
      return vscode.l10n.t('{0} is not a file', file);
    case 'tooLarge':
      return vscode.l10n.t('{0} is too large', file);
    case 'notJson':
      return vscode.l10n.t('{0} is not JSON', file);
    case 'misplaced':
      return vscode.l10n.t('{0} lies in a folder that is not its own', file);
    case 'withoutDockerEndpoint':
      return vscode.l10n.t('{0} has no docker endpoint', file);
    case 'unreadable':
      return vscode.l10n.t('{0} cannot be read: {1}', file, problem.said || vscode.l10n.t('unknown error'));
    case 'unusable':
      return vscode.l10n.t('{0} cannot be used: {1}', file, textOf(problem.reason));
  }
}
